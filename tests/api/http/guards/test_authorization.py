"""With keys in the data folder, each route asks for the scope that it needs."""

import json
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.callers import AllowedCallers
from api.http.guards.authorization import needed_scope
from api.http.guards.chain import Guards
from api.keys.key import KeyScope
from api.keys.ring import KeyRing
from api.keys.store import KeyStore
from api.schemas.articles import RejectBody, ReportBody
from api.schemas.examples import examples
from api.schemas.jobs import FailureBody, JobsBody
from index.build_report import BuildReport
from index.documents import RejectReason
from index.progress import Progress
from tests.support.fakes_api import TOLLS, FakeService
from tests.support.fakes_jobs import SOON, eventually

NOW = datetime(2026, 11, 30, tzinfo=UTC)
QUESTION = {"question": "Who opposed the vote as treasurer?"}
RECORD = {"id": "pier", "title": "Pier", "text": "The pier was rebuilt after the great storm."}
SITE = "https://desk.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    store = KeyStore(tmp_path)
    yield store
    store.close()


@pytest.fixture
def tokens(store: KeyStore) -> dict[str, str]:
    return {scope.value: store.create(scope, name="", now=NOW)[1] for scope in KeyScope}


@pytest.fixture
def ticks() -> list[float]:
    return [0.0]


@pytest.fixture
def client(tmp_path: Path, ticks: list[float]) -> Iterator[TestClient]:
    keys = KeyRing(KeyStore(tmp_path), seconds=lambda: ticks[0])
    callers = AllowedCallers(origins={SITE})
    with TestClient(create_app(FakeService(), guards=Guards(callers, keys))) as client:
        yield client


def with_key(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_while_there_is_no_key_everybody_is_served(client: TestClient) -> None:
    assert client.post("/v1/ask", json=QUESTION).status_code == 200
    assert client.post("/v1/articles", json=RECORD).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/v1/ask", "ask"),
        ("POST", "/v1/ask", "ask"),
        ("POST", "/v1/search", "ask"),
        ("POST", "/v1/verify", "ask"),
        ("GET", "/v1/statements", "ask"),
        ("GET", "/v1/articles", "ask"),
        ("HEAD", "/v1/articles/a/b", "ask"),
        ("GET", "/v1/index", "ask"),
        ("GET", "/metrics", "ask"),
        ("POST", "/v1/articles", "write"),
        ("DELETE", "/v1/articles/a/b", "write"),
        ("GET", "/v1/jobs", "write"),
        ("POST", "/v1/jobs/1/cancel", "write"),
        ("POST", "/v1/index/rebuild", "admin"),
        ("PUT", "/v1/anything", "admin"),
        ("GET", "/v1x", "admin"),
        ("GET", "//v1/ask", "admin"),
        ("GET", "", "admin"),
    ],
)
def test_each_route_needs_its_scope_and_an_unknown_one_the_highest(
    method: str, path: str, scope: str
) -> None:
    assert needed_scope(method, path) == scope


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/readyz", "/docs", "/openapi.json", "/page/page.js", "/problems/key-needed"],
)
def test_page_documentation_and_health_stay_open(
    client: TestClient, tokens: dict[str, str], path: str
) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, with_key("onr_guess"), {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}],
    ids=["none", "a guess", "another scheme", "empty"],
)
def test_without_a_key_a_request_is_told_how_to_send_one(
    client: TestClient, tokens: dict[str, str], headers: dict[str, str]
) -> None:
    response = client.post("/v1/ask", json=QUESTION, headers=headers)

    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="onrecord"')
    assert response.json()["type"] == "/problems/key-needed"
    assert response.json()["scope"] == "ask"


@pytest.mark.parametrize(
    ("scope", "statuses"), [("ask", (200, 403)), ("write", (200, 200)), ("admin", (200, 200))]
)
def test_a_key_opens_what_its_scope_covers(
    client: TestClient, tokens: dict[str, str], scope: str, statuses: tuple[int, int]
) -> None:
    headers = with_key(tokens[scope])
    asked = client.post("/v1/ask", json=QUESTION, headers=headers)
    added = client.post("/v1/articles", json=RECORD, headers=headers)

    assert (asked.status_code, added.status_code) == statuses


def test_a_key_of_a_lesser_scope_is_told_which_it_would_need(
    client: TestClient, tokens: dict[str, str]
) -> None:
    response = client.delete("/v1/articles/harbour-tolls", headers=with_key(tokens["ask"]))

    assert response.json()["type"] == "/problems/scope-needed"
    assert 'error="insufficient_scope", scope="write"' in response.headers["WWW-Authenticate"]


def test_a_key_that_is_revoked_stops_within_a_second(
    client: TestClient, store: KeyStore, ticks: list[float]
) -> None:
    key, token = store.create(KeyScope.ASK, name="", now=NOW)
    before = client.get("/v1/index", headers=with_key(token))
    store.revoke(key.id, now=NOW)
    ticks[0] += 1

    assert before.status_code == 200
    assert client.get("/v1/index", headers=with_key(token)).status_code == 401


def test_the_use_of_a_key_is_noted(client: TestClient, store: KeyStore) -> None:
    _, token = store.create(KeyScope.ASK, name="", now=NOW)
    client.get("/v1/index", headers=with_key(token))

    (key,) = store.by_hash().values()
    assert key.used_at is not None


def test_keys_that_cannot_be_read_let_nobody_in(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "keys.sqlite").write_bytes(b"no database" * 100)

    response = client.get("/v1/index")

    assert response.status_code == 503
    assert "keys.sqlite is damaged" in response.json()["detail"]
    assert "create keys again" in response.json()["detail"]
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["type"]) == (503, "/problems/not-ready")
    assert "keys.sqlite is damaged" in ready.json()["detail"]
    assert client.get("/healthz").status_code == 200


def test_a_page_of_an_allowed_site_may_send_a_key_and_read_why_it_is_refused(
    client: TestClient, tokens: dict[str, str]
) -> None:
    preflight = client.options(
        "/v1/ask",
        headers={
            "Origin": SITE,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type",
        },
    )
    refused = client.post("/v1/ask", json=QUESTION, headers={"Origin": SITE})

    assert preflight.status_code == 200
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == SITE
    assert "WWW-Authenticate" in refused.headers["access-control-expose-headers"]


def test_the_api_description_says_the_scope_of_each_route(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    posted = described["paths"]["/v1/articles"]["post"]

    assert "`write`" in posted["description"]
    assert posted["security"] == [{}, {"key": []}]
    assert {"401", "403"} <= set(posted["responses"])
    assert "security" not in described["paths"]["/healthz"]["get"]


class SlowRemoval(FakeService):
    """A take-down runs until it may end."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = threading.Event()

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        assert self.may_end.wait(SOON)
        return super().remove(ids, progress=progress)


def test_only_who_may_read_jobs_is_told_which_article_the_running_one_takes_down(
    tmp_path: Path, tokens: dict[str, str]
) -> None:
    service = SlowRemoval()
    guards = Guards(AllowedCallers(), KeyRing(KeyStore(tmp_path)))
    with TestClient(create_app(service, guards=guards)) as client:

        def running(scope: str) -> Any:
            index = client.get("/v1/index", headers=with_key(tokens[scope])).json()
            return index["jobs"]["running"]

        place = f"/v1/articles/{TOLLS.id}?wait=none"
        client.delete(place, headers=with_key(tokens["write"]))
        assert eventually(lambda: running("admin") is not None)
        told = {scope: running(scope) for scope in tokens}
        service.may_end.set()

    assert told["write"]["article"] == told["admin"]["article"] == TOLLS.id
    assert told["ask"].keys() == told["write"].keys()
    assert (told["ask"]["kind"], told["ask"]["state"]) == ("remove", "running")
    assert TOLLS.id not in json.dumps(told["ask"])
    assert told["ask"]["id"] is None


def test_what_is_withheld_of_a_job_is_all_that_tells_of_its_articles() -> None:
    reject = RejectBody(line=1, reason=RejectReason.MALFORMED, detail="harbour-tolls has no text")
    report = {"added": 1, "revised": 0, "updated": 0, "unchanged": 0, "rejects": [reject]} | {
        "embedded": 3, "articles": 1, "passages": 3, "generation": "g-0002",
        "pending": {"statements": 0, "vectors": 0},
    }  # fmt: skip
    failure = FailureBody(type="/problems/storage", detail="harbour-tolls cannot be stored.")
    [job] = JobsBody.model_validate(examples()["listJobs"]).jobs
    job = job.model_copy(
        update={
            "article": "harbour-tolls",
            "report": ReportBody.model_validate(report),
            "failure": failure,
        }
    )

    shown = job.without_contents()

    assert "harbour-tolls" in job.model_dump_json()
    assert "harbour-tolls" not in shown.model_dump_json()
    assert (shown.id, shown.rejected, shown.report, shown.failure) == (None, None, None, None)
    assert (shown.kind, shown.stage, shown.done) == (job.kind, job.stage, job.done)
