"""Behind a proxy with a path of its own, every guard sees the path that the routes see."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.guards.chain import Guards
from api.http.guards.route_paths import is_below, route_path
from api.http.limits import HttpLimits
from tests.support.fakes_api import FakeService


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = create_app(
        FakeService(),
        limits=HttpLimits(question_bytes=100, article_bytes=1000),
        guards=Guards(read_only=True),
        root_path="/archive",
    )
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("prefix", ["", "/archive"], ids=["taken off by the proxy", "left on"])
def test_routes_answer_with_and_without_the_path_of_the_proxy(
    client: TestClient, prefix: str
) -> None:
    large = {"question": "x" * 200}

    assert client.get(f"{prefix}/v1/index").status_code == 200
    assert client.get(f"{prefix}/page/page.js").status_code == 200
    assert client.delete(f"{prefix}/v1/articles/harbour-tolls").status_code == 403
    assert client.post(f"{prefix}/v1/ask", json=large).status_code == 413
    assert client.get(f"{prefix}/v1/index").headers["cache-control"] == "no-store"


def test_the_path_of_the_proxy_alone_leads_to_the_page(client: TestClient) -> None:
    sent = client.get("/archive?q=the+bridge", follow_redirects=False)

    assert (sent.status_code, sent.headers["location"]) == (308, "/archive/?q=the+bridge")
    assert client.get("/archive").text == client.get("/archive/").text == client.get("/").text


def test_the_documentation_asks_for_its_files_below_the_path_of_the_proxy(
    client: TestClient,
) -> None:
    assert "'/archive/openapi.json'" in client.get("/docs").text
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/archive"}]


@pytest.mark.parametrize(
    ("path", "root", "found"),
    [
        ("/v1/ask", "", "/v1/ask"),
        ("/archive/v1/ask", "/archive", "/v1/ask"),
        ("/archives", "/archive", "/archives"),
        ("/v1/ask", "/archive", "/v1/ask"),
        ("/archive", "/archive", ""),
    ],
)
def test_the_path_is_the_one_that_the_routes_match(path: str, root: str, found: str) -> None:
    assert route_path({"path": path, "root_path": root}) == found


def test_below_a_folder_is_the_folder_or_what_is_in_it() -> None:
    assert is_below("/v1", "/v1")
    assert is_below("/v1/ask", "/docs", "/v1")
    assert not is_below("/v10", "/v1")
