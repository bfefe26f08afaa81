"""A server under load for as long as you like: `python -m eval.bench.soak --data FOLDER`.

It works on a copy of the folder. For a part of the time clients only ask; then articles are added,
revised and removed beside them, and at the end a thousand clients come at once. What counts: no
answer but 200 and 503, no acknowledged article lost, and times beside those of the idle part.
"""

import argparse
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.bench.load import percentile
from eval.bench.processes import ROOT
from eval.bench.speed import questions_about
from eval.bench.variants import Variants
from index.documents import Article
from index.stores.archive.archive import Archive

CLIENTS = 2
IDLE_SHARE = 0.25
"""Of the time, in which nothing is written."""
BATCH = 50
CROWD = 1_000
PROBE_SECONDS = 0.1
"""Between two looks at /healthz."""
PATIENCE = 300.0


@dataclass
class SoakPhase:
    """What one part of the time was like. Lists are appended to by threads."""

    ask_ms: list[float] = field(default_factory=list)
    health_ms: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    def facts(self) -> dict[str, Any]:
        return {
            "asks": len(self.ask_ms),
            "ask_p50_ms": percentile(self.ask_ms, 50),
            "ask_p95_ms": percentile(self.ask_ms, 95),
            "health_p99_ms": percentile(self.health_ms, 99),
            "statuses": dict(sorted(self.statuses.items())),
        }


@dataclass(frozen=True, slots=True)
class Soak:
    minutes: float
    idle: Mapping[str, Any]
    writing: Mapping[str, Any]
    crowd: Mapping[str, int]
    """How often each status was answered to a thousand clients at once."""
    added: int
    lost: tuple[str, ...]
    """Articles whose addition was acknowledged and that are not served at the end."""
    shown: tuple[str, ...]
    """Articles whose removal was acknowledged and that are served at the end."""
    resident_mb: tuple[float, float]
    """Of the server, after the idle part and at the end."""
    dead_maps: int
    """Files of deleted generations that the server still maps at the end."""
    exit_code: int

    @property
    def held(self) -> bool:
        """Whether nothing was lost, shown, or answered but by 200 and 503."""
        answered = {*self.idle["statuses"], *self.writing["statuses"], *self.crowd}
        return not (self.lost or self.shown or self.exit_code or answered - {"200", "503"})


class Client:
    """Asks a server, one connection for each request, as strangers do."""

    def __init__(self, port: int) -> None:
        self._port = port

    def send(self, method: str, path: str, body: object = None) -> tuple[str, float]:
        """The status, or the name of what went wrong, and milliseconds."""
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        payload = None if body is None else json.dumps(body)
        try:
            connection.request(method, path, payload, {"Content-Type": "application/json"})
            response = connection.getresponse()
            response.read()
            status = str(response.status)
        except (OSError, HTTPException) as error:
            status = type(error).__name__
        finally:
            connection.close()
        return status, (time.perf_counter() - began) * 1000


def soak(folder: Path, minutes: float, *, crowd: int = CROWD, batch: int = BATCH) -> Soak:
    with TemporaryDirectory(prefix="onrecord-soak-") as aside:
        data = Path(aside) / "data"
        shutil.copytree(folder, data)
        with closing(Archive.open(data / "archive.sqlite", read_only=True)) as archive:
            stock = archive.page(limit=archive.count())
        with _server(data) as (process, client):
            idle, writing = SoakPhase(), SoakPhase()
            questions = questions_about(stock[:100])
            with _asked(client, questions, idle):
                time.sleep(60 * minutes * IDLE_SHARE)
            resident = _resident_mb(process.pid)
            with _asked(client, questions, writing):
                there, gone = _written(client, stock, 60 * minutes * (1 - IDLE_SHARE), batch)
            crowded = _crowd(client, questions, crowd)
            lost = [each for each in there if client.send("GET", _path(each))[0] != "200"]
            shown = [each for each in gone if client.send("GET", _path(each))[0] == "200"]
            resident_after, dead = _resident_mb(process.pid), _dead_maps(process.pid)
        return Soak(
            minutes=minutes,
            idle=idle.facts(),
            writing=writing.facts(),
            crowd=crowded,
            added=len(there) + len(gone),
            lost=tuple(lost),
            shown=tuple(shown),
            resident_mb=(resident, resident_after),
            dead_maps=dead,
            exit_code=process.returncode,
        )


@contextmanager
def _server(data: Path) -> Iterator[tuple["subprocess.Popen[str]", Client]]:
    """Ready; ended by SIGTERM."""
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0", "--json"]
    process = subprocess.Popen(  # noqa: S603  our own program
        [*command, "--no-access-log", "--data", str(data)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout  # noqa: S101  it was asked for
    with process.stdout:
        address = ""
        while not address.rstrip().endswith("}"):
            address += process.stdout.readline()
        client = Client(int(json.loads(address)["address"].rpartition(":")[2]))
        while client.send("GET", "/readyz")[0] != "200":
            time.sleep(PROBE_SECONDS)
        yield process, client
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


@contextmanager
def _asked(client: Client, questions: Sequence[str], phase: SoakPhase) -> Iterator[None]:
    """Clients ask and one looks at the server's health until the block ends."""
    over = threading.Event()

    def ask(first: int) -> None:
        for question in cycle([*questions[first:], *questions[:first]]):
            if over.is_set():
                return
            status, ms = client.send("POST", "/v1/ask", {"question": question})
            phase.statuses[status] += 1
            phase.ask_ms.append(ms)

    def probe() -> None:
        while not over.wait(PROBE_SECONDS):
            status, ms = client.send("GET", "/healthz")
            phase.statuses[status] += 1
            phase.health_ms.append(ms)

    size = max(1, len(questions) // CLIENTS)
    threads = [threading.Thread(target=ask, args=(at * size,)) for at in range(CLIENTS)]
    threads.append(threading.Thread(target=probe))
    for each in threads:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in threads:
            each.join()


def _written(
    client: Client, stock: Sequence[Article], seconds: float, size: int
) -> tuple[set[str], set[str]]:
    """The ids that were acknowledged as added, and as removed, until the time is over.

    Of each batch the first article is revised and the last one removed.
    """
    end, there, gone = time.monotonic() + seconds, set[str](), set[str]()
    made, number = Variants(stock), len(stock)
    while time.monotonic() < end:
        batch = [_record(each, number) for each in made.between(number, number + size)]
        if client.send("POST", "/v1/articles", batch)[0] == "200":
            there |= {each["id"] for each in batch}
        revised = batch[0] | {"text": batch[0]["text"] + " A line was added."}
        client.send("POST", "/v1/articles", revised)
        last = batch[-1]["id"]
        if client.send("DELETE", _path(last))[0] == "200":
            there.discard(last)
            gone.add(last)
        number += size
    return there, gone


def _record(article: Article, number: int) -> dict[str, str]:
    return {"id": f"{number}-{article.id}", "title": article.title, "text": article.text}


def _path(article_id: str) -> str:
    return f"/v1/articles/{article_id}"


def _crowd(client: Client, questions: Sequence[str], size: int) -> dict[str, int]:
    """So many clients at once, each with one question."""

    def one(at: int) -> str:
        return client.send("POST", "/v1/ask", {"question": questions[at % len(questions)]})[0]

    with ThreadPoolExecutor(size) as clients:
        return dict(sorted(Counter(clients.map(one, range(size))).items()))


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return round(int(next(each for each in lines if "VmRSS" in each).split()[1]) / 1024, 1)


def _dead_maps(pid: int) -> int:
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return len({each.split()[-2] for each in lines if "generations" in each and "deleted" in each})


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.soak", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a data folder with an index")
    parser.add_argument("--minutes", type=float, default=30.0)
    arguments = parser.parse_args()
    found = soak(arguments.data, arguments.minutes)
    sys.stdout.write(json.dumps(asdict(found), indent=2) + "\n")
    return 0 if found.held else 1


if __name__ == "__main__":
    sys.exit(main())
