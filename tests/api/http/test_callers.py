"""A request under a foreign name, or from a page of another site, changes and learns nothing."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.callers import AllowedCallers
from api.http.guards.chain import Guards
from tests.support.fakes_api import FakeService

RECORD = {"id": "pier", "title": "Pier", "text": "The pier was rebuilt after the great storm."}
OURS = AllowedCallers({"localhost", "desk.example"}, {"https://other.example"})


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(
        create_app(service, guards=Guards(OURS)), base_url="http://desk.example"
    ) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:8000", "localhost.rebound.example", "", "[", "*"]
)
def test_a_foreign_name_is_refused_with_what_to_set(client: TestClient, host: str) -> None:
    response = client.get("/v1/index", headers={"Host": host})

    assert response.status_code == 421
    assert response.headers["content-type"] == "application/problem+json"
    assert "ONRECORD_ALLOWED_HOSTS" in response.json()["detail"]


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost:8000", "desk.example", "127.0.0.1:8000", "[::1]:8000", "192.0.2.7"],
)
def test_names_of_this_service_and_any_address_are_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://[x",
        "",
        "//",
        "null",
        "http://desk.example:81",
        "https://other.example.evil.example",
    ],
)
def test_a_page_of_another_site_cannot_write(
    client: TestClient, service: FakeService, origin: str
) -> None:
    added = client.post("/v1/articles", json=RECORD, headers={"Origin": origin})
    removed = client.delete("/v1/articles/harbour-tolls", headers={"Origin": origin})

    assert (added.status_code, removed.status_code) == (403, 403)
    assert "ONRECORD_ALLOWED_ORIGINS" in added.json()["detail"]
    assert {each.id for each in service.archive.page()} >= {"harbour-tolls"}
    assert "pier" not in {each.id for each in service.archive.page()}


@pytest.mark.parametrize(
    "origin", [None, "http://desk.example", "https://other.example", "HTTPS://Other.Example"]
)
def test_a_program_the_page_itself_and_an_allowed_site_can_write(
    client: TestClient, origin: str | None
) -> None:
    headers = {} if origin is None else {"Origin": origin}

    assert client.post("/v1/articles", json=RECORD, headers=headers).status_code == 200


def test_only_an_allowed_site_may_read_the_response(client: TestClient) -> None:
    asking = {
        origin: client.options(
            "/v1/articles",
            headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
        )
        for origin in ("https://other.example", "https://evil.example")
    }

    assert asking["https://other.example"].headers["access-control-allow-origin"] == (
        "https://other.example"
    )
    assert "access-control-allow-origin" not in asking["https://evil.example"].headers


def test_without_a_list_every_name_is_served_as_behind_a_test(service: FakeService) -> None:
    with TestClient(create_app(service)) as client:
        assert client.get("/healthz", headers={"Host": "any.example"}).status_code == 200
