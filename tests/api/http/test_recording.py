"""Every request has an id, a log line and its figures; none of them holds a question."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.callers import AllowedCallers
from api.http.guards.chain import Guards
from api.telemetry.logs import logging_to
from api.telemetry.questions import QuestionDiary
from api.telemetry.telemetry import Telemetry
from index.errors import CitationError
from tests.support.fakes_api import FakeService

QUESTION = "Who leaked the harbour tolls?"
ASK = {"question": QUESTION}
ID = "X-Request-ID"


@contextmanager
def recorded(
    service: FakeService | None = None, *, level: str = "info", **more: Any
) -> Iterator[tuple[TestClient, list[dict[str, Any]]]]:
    """A client, and after the block the lines that were logged."""
    stream, lines = io.StringIO(), list[dict[str, Any]]()
    with (
        logging_to(stream, level=level, as_json=True),
        TestClient(
            create_app(service or FakeService(), **more), raise_server_exceptions=False
        ) as client,
    ):
        yield client, lines
    assert QUESTION not in stream.getvalue()
    assert "leaked" not in stream.getvalue()
    lines += map(json.loads, stream.getvalue().splitlines())


def test_one_line_tells_a_request_with_route_status_time_and_generation() -> None:
    with recorded() as (client, lines):
        response = client.post("/v1/ask", json=ASK)

    (line,) = lines
    assert line["event"] == "request"
    assert (line["method"], line["route"], line["status"]) == ("POST", "/v1/ask", 200)
    assert line["generation"] == "g-0001"
    assert line["ms"] > 0
    assert line["request_id"] == response.headers[ID]


@pytest.mark.parametrize(
    ("method", "address", "route"),
    [
        ("GET", f"/v1/ask?q={QUESTION}", "/v1/ask"),
        ("GET", f"/v1/ask?q={QUESTION}&limit=no", "/v1/ask"),
        ("GET", "/v1/speakers?q=Who leaked", "/v1/speakers"),
        ("GET", "/v1/statements?about=who leaked", "/v1/statements"),
        ("GET", "/v1/articles/who-leaked", "/v1/articles/{id:path}"),
        ("GET", "/v1/ask/who-leaked", "unmatched"),
        ("GET", "/page/who-leaked.js", "/page"),
        ("PUT", f"/v1/ask?q={QUESTION}", "/v1/ask"),
        ("LEAKED", "/", "/"),
    ],
)
def test_the_line_has_the_template_of_the_route_and_nothing_of_the_address(
    method: str, address: str, route: str
) -> None:
    with recorded() as (client, lines):
        client.request(method, address)

    assert [line["route"] for line in lines] == [route]
    assert lines[0]["method"] in {"GET", "PUT", "other"}


@pytest.mark.parametrize("failure", [RuntimeError(QUESTION), CitationError(QUESTION)])
def test_an_unexpected_error_is_logged_without_the_question_under_the_same_id(
    failure: Exception,
) -> None:
    service = FakeService()
    with recorded(service) as (client, lines):
        service.failure = failure
        response = client.post("/v1/ask", json=ASK, headers={ID: "desk-7"})
        service.failure = None

    assert response.status_code == 500
    assert response.headers[ID] == "desk-7"
    assert {line.get("request_id") for line in lines} == {"desk-7"}
    assert [line["status"] for line in lines if line["event"] == "request"] == [500]
    assert any("/v1/ask" in line["event"] for line in lines)


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "a\tb", "ünicode", "<script>"])
def test_an_id_that_cannot_be_logged_as_it_is_gives_way_to_another(given: str) -> None:
    with recorded() as (client, _):
        found = client.get("/healthz", headers={ID.encode(): given.encode("latin-1")}).headers[ID]

    assert found != given
    assert len(found) == 32


def test_a_sane_id_of_the_caller_is_kept_and_one_is_made_for_others() -> None:
    with recorded() as (client, _):
        kept = client.get("/healthz", headers={ID: "3f2a.B_9-c"}).headers[ID]
        first, second = (client.get("/healthz").headers[ID] for _ in range(2))

    assert kept == "3f2a.B_9-c"
    assert first != second


def test_a_refused_stranger_has_an_id_and_a_line_too() -> None:
    guards = Guards(AllowedCallers(hosts=("news.example",)))
    with recorded(guards=guards) as (client, lines):
        response = client.get(f"/v1/ask?q={QUESTION}")

    assert response.status_code == 421
    assert response.headers[ID] == lines[0]["request_id"]
    assert lines[0]["route"] == "/v1/ask"


def test_a_path_that_a_proxy_adds_is_no_part_of_the_route() -> None:
    with recorded(root_path="/archive") as (client, lines):
        client.get("/archive/v1/articles/harbour-tolls")
        client.get("/archive/page/page.js")

    assert [line["route"] for line in lines] == ["/v1/articles/{id:path}", "/page"]


def test_probes_are_logged_for_debugging_only() -> None:
    with recorded() as (client, lines):
        client.get("/healthz")
        client.get("/metrics")
    with recorded(level="debug") as (client, more):
        client.get("/healthz")

    assert lines == []
    assert "/healthz" in [line.get("route") for line in more]


def test_figures_are_served_and_have_no_question_either() -> None:
    with recorded() as (client, _):
        client.get(f"/v1/ask?q={QUESTION}")
        client.get("/v1/ask/who-leaked")
        client.request("LEAKED", "/v1/ask")
        response = client.get("/metrics")

    assert response.headers["content-type"].startswith("text/plain; version=")
    assert 'onrecord_requests_total{method="GET",route="/v1/ask",status="200"} 1.0' in response.text
    assert 'route="unmatched",status="404"' in response.text
    assert 'method="other"' in response.text
    assert "eaked" not in response.text
    assert "LEAKED" not in response.text
    assert "onrecord_asks_waiting 0.0" in response.text


def test_the_index_is_among_the_figures_once_the_service_is_ready() -> None:
    service = FakeService()
    service.gate.clear()
    with recorded(service) as (client, _):
        early = client.get("/metrics").text
        service.gate.set()
        while client.get("/readyz").status_code != 200:
            pass
        late = client.get("/metrics").text

    assert ("onrecord_ready 0.0" in early, "onrecord_articles" in early) == (True, False)
    assert ("onrecord_ready 1.0" in late, "onrecord_articles 3.0" in late) == (True, True)


def test_questions_are_kept_where_that_is_asked_for(tmp_path: Path) -> None:
    telemetry = Telemetry(diary=QuestionDiary(tmp_path, days=1))
    with recorded(telemetry=telemetry) as (client, _):
        client.post("/v1/ask", json=ASK)

    (path,) = tmp_path.iterdir()
    assert json.loads(path.read_text("utf-8"))["question"] == QUESTION
