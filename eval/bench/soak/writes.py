"""What is written to a server under load: articles that come, change and go, and a rebuild."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from eval.bench.soak.clients import PROBE_SECONDS, Client
from eval.bench.variants import Variants
from index.documents import Article

ENDED = frozenset({"done", "failed", "cancelled"})


@dataclass
class Written:
    """Ids that were acknowledged."""

    there: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


def written(client: Client, stock: Sequence[Article], seconds: float, size: int) -> Written:
    """Until the time is over.

    Of each batch the first article is revised and the last one removed; the one before is purged
    in every second batch.
    """
    end, found = time.monotonic() + seconds, Written()
    made, number, purges = Variants(stock), len(stock), True
    while time.monotonic() < end:
        batch = [_record(each, number) for each in made.between(number, number + size)]
        if client.send("POST", "/v1/articles", batch)[0] == "200":
            found.there |= {each["id"] for each in batch}
        client.send("POST", "/v1/articles", batch[0] | {"text": f"{batch[0]['text']} A line more."})
        _take_down(client, found, batch[-1]["id"], "")
        if purges:
            _take_down(client, found, batch[-2]["id"], "?purge=true")
        number, purges = number + size, not purges
    return found


def rebuilt(client: Client) -> str:
    """How the job of a rebuild ended: `done`, if all is well."""
    status, _, job = client.answer("POST", "/v1/index/rebuild?wait=none")
    if status != "202":
        return status
    while job.get("state") not in ENDED:
        time.sleep(PROBE_SECONDS)
        status, _, job = client.answer("GET", f"/v1/jobs/{job['id']}")
        if status != "200":
            return status
    return str(job["state"])


def path_of(article_id: str) -> str:
    return f"/v1/articles/{article_id}"


def _take_down(client: Client, found: Written, article_id: str, how: str) -> None:
    if client.send("DELETE", path_of(article_id) + how)[0] == "200":
        found.there.discard(article_id)
        found.gone.add(article_id)


def _record(article: Article, number: int) -> dict[str, str]:
    return {"id": f"{number}-{article.id}", "title": article.title, "text": article.text}
