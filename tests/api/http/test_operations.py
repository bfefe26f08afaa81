"""Is it up, is it ready, what does it hold; and the routes that are not there."""

import asyncio
import threading
import time

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from api.http.app import create_app
from api.http.readiness import Readiness
from index.errors import NoIndexError
from tests.support.fakes_api import FakeService


def client_of(service: FakeService) -> TestClient:
    return TestClient(create_app(service), raise_server_exceptions=False)


def readiness(client: TestClient, *, wanted: int) -> int:
    """The status of /readyz, once it is the wanted one or has stayed otherwise for seconds."""
    for _ in range(200):
        status = client.get("/readyz").status_code
        if status == wanted:
            break
        time.sleep(0.02)
    return status


def test_the_service_is_alive_at_once_and_ready_when_the_models_are_loaded() -> None:
    service = FakeService()
    service.gate.clear()
    with client_of(service) as client:
        early = client.get("/readyz")
        alive = client.get("/healthz")
        service.gate.set()

        assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
        assert early.status_code == 503
        assert early.headers["Retry-After"] == "2"
        assert early.json()["type"] == "/problems/not-ready"
        assert early.json()["detail"] == "The models are loading."
        assert readiness(client, wanted=200) == 200


def test_models_that_began_to_load_before_the_application_are_loaded_once() -> None:
    service, loads = FakeService(), []
    begun = Readiness(lambda: loads.append(1))
    begun.warm()
    begun.wait(5)

    with TestClient(create_app(service, readiness=begun)) as client:
        status = client.get("/readyz").status_code

    assert (status, loads) == (200, [1])


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (NoIndexError("Nothing has been built here yet."), "Nothing has been built here yet."),
        (RuntimeError("secret"), "The service could not start; see its log."),
    ],
)
def test_a_service_that_cannot_answer_says_why_and_recovers(failure: Exception, says: str) -> None:
    service = FakeService()
    service.failure = failure
    with client_of(service) as client:
        while (detail := client.get("/readyz").json()["detail"]) == "The models are loading.":
            time.sleep(0.02)
        service.failure = None

        assert detail == says
        assert readiness(client, wanted=200) == 200


def test_the_service_is_closed_when_the_server_ends_and_not_before() -> None:
    service = FakeService()

    with client_of(service):
        open_while_serving = not service.closed

    assert open_while_serving
    assert service.closed


def test_nothing_is_closed_while_a_check_still_runs() -> None:
    service = FakeService()
    service.gate.clear()
    checked_while_open: list[bool] = []
    plain_check = service.check

    def check() -> None:
        plain_check()
        checked_while_open.append(not service.closed)

    service.check = check  # type: ignore[method-assign]  # a fake of ours, watched
    with client_of(service):
        threading.Timer(0.2, service.gate.set).start()

    assert checked_while_open == [True]


def test_the_state_of_the_index() -> None:
    with client_of(FakeService()) as client:
        assert client.get("/v1/index").json() == {
            "generation": "g-0001",
            "built_at": "2025-04-02T06:30:00Z",
            "newest_article": "2025-03-28T08:00:00Z",
            "articles": 3,
            "passages": 6,
            "pending": {"statements": 0, "vectors": 0},
            "jobs": {"running": None, "queued": 0},
        }


@pytest.mark.parametrize("path", ["/nowhere", "/v1/ask/", "/v1", "/problems/none", "/page/none.js"])
def test_an_unknown_route_is_a_problem(path: str) -> None:
    with client_of(FakeService()) as client:
        response = client.get(path)

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["instance"] == path


def test_a_long_path_is_cut_in_the_problem() -> None:
    with client_of(FakeService()) as client:
        assert len(client.get("/" + "x" * 5000).text) < 1000


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/ask", {"GET", "POST"}),
        ("DELETE", "/v1/articles", {"GET", "POST"}),
        ("GET", "/v1/verify", {"POST"}),
        ("POST", "/v1/articles/some/id", {"DELETE", "GET"}),
        ("POST", "/page/page.js", {"GET"}),
    ],
)
def test_a_wrong_method_is_a_problem_that_names_the_right_ones(
    method: str, path: str, allowed: set[str]
) -> None:
    with client_of(FakeService()) as client:
        response = client.request(method, path)

    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"
    assert set(response.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/articles"])
def test_a_caller_who_disconnects_is_not_logged_as_an_error(path: str) -> None:
    app = create_app(FakeService())
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": [(b"content-type", b"application/json")],
    }  # fmt: skip

    async def hang_up() -> Message:
        return {"type": "http.disconnect"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, hang_up, send))

    assert all(message.get("status", 200) < 500 for message in sent)


def test_the_page_may_load_from_this_server_only() -> None:
    with client_of(FakeService()) as client:
        page, script = client.get("/"), client.get("/page/page.js")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert script.status_code == 200
    for response in (page, script):
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "http" not in policy
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in response.headers


def test_the_page_offers_the_examples_it_is_given() -> None:
    with TestClient(create_app(FakeService(), examples=("Who said so?",))) as client:
        found = client.get("/page-settings").json()

    assert found == {"examples": ["Who said so?"], "read_only": False}


def test_a_generation_is_named_listed_and_put_back() -> None:
    with client_of(FakeService()) as client:
        named = client.get("/v1/ask?q=harbour+tolls&generation=g-0001")
        gone = client.post("/v1/ask", json={"question": "tolls?", "generation": "g-0000"})
        unknown = client.post("/v1/search", json={"question": "tolls?", "generation": "g-9"})
        listed = client.get("/v1/index/generations").json()
        back = client.post("/v1/index/rollback")
        not_back = client.post("/v1/index/rollback", json={"generation": "g-9"})

    assert named.json()["index"]["generation"] == "g-0001"
    assert (gone.status_code, gone.json()["type"]) == (410, "/problems/generation-gone")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/unknown-generation")
    assert listed["generations"][0] | {"built_at": ""} == {
        "name": "g-0001", "current": True, "built_at": "", "articles": 3, "passages": 6,
        "statements": 0,
    }  # fmt: skip
    assert back.json() == {"generation": "g-0000", "before": "g-0001"}
    assert not_back.status_code == 404
