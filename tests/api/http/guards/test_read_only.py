"""A service that answers and changes nothing."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.guards.chain import Guards
from api.http.guards.read_only import writes
from index.progress import Until
from tests.support.fakes_api import FakeService

RECORD = {"id": "pier", "title": "Pier", "text": "The pier was rebuilt after the great storm."}


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(create_app(service, guards=Guards(read_only=True))) as client:
        yield client


def test_adding_and_removing_are_refused_and_nothing_is_changed(
    client: TestClient, service: FakeService
) -> None:
    before = dict(service.shelf.kept)
    refused = [
        client.post("/v1/articles", json=RECORD),
        client.delete("/v1/articles/orchard-frost"),
    ]

    assert [each.status_code for each in refused] == [403, 403]
    assert {each.json()["type"] for each in refused} == {"/problems/read-only"}
    assert service.shelf.kept == before


def test_questions_searches_and_readings_are_answered(client: TestClient) -> None:
    question = {"question": "Who opposed the vote as treasurer?"}

    assert client.post("/v1/ask", json=question).status_code == 200
    assert client.post("/v1/search", json=question).status_code == 200
    assert client.get("/v1/articles/harbour-tolls").status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/index/rebuild"), ("DELETE", "/v1/jobs/1"), ("PUT", "/v1/anything/new")],
)
def test_a_writing_route_that_nobody_thought_of_is_refused(method: str, path: str) -> None:
    assert writes(method, path)


def test_what_an_earlier_addition_left_is_not_finished(service: FakeService) -> None:
    service.added_until.append(Until.NONE)
    with TestClient(create_app(service, guards=Guards(read_only=True))):
        pass

    assert service.unfinished()
    assert service.finished == 0
