"""What is purged over HTTP is in no file of the data folder, while the server runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader

RARE, EARLIER = "Quixelbury", "Zyxtonville"
TEXT = f'{RARE} Lee said: "The {RARE} pier was mine." The mayor of {RARE} left on Monday.'
SECRET = {"id": "pier", "title": f"The {RARE} affair", "text": TEXT, "outlet": f"{RARE} Post"}
OTHER = {"id": "quay", "title": "Quay", "text": "The quay was closed for a month on Monday."}


def client_of(folder: Path) -> TestClient:
    service = Service(
        ServiceSettings(data=folder),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )
    return TestClient(create_app(service, folder=folder))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with client_of(tmp_path) as client:
        yield client


def files_with_it(folder: Path) -> list[str]:
    forms = [each.lower().encode(code) for each in (RARE, EARLIER) for code in ("utf-8", "utf-16")]
    forms = [form.removeprefix(b"\xff\xfe") for form in forms]
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(form in path.read_bytes().lower() for form in forms)]


def test_nothing_is_left_of_a_purged_article(client: TestClient, tmp_path: Path) -> None:
    earlier = SECRET | {"text": f"The pier of {EARLIER} was sold to Ann Lee on Monday."}
    for body in (earlier, [SECRET, OTHER]):
        assert client.post("/v1/articles", json=body).status_code == 200
    assert client.get("/v1/ask", params={"q": f"Who left {RARE}?"}).status_code == 200
    assert files_with_it(tmp_path)

    erased = client.delete("/v1/articles/pier?purge=true").json()["erased"]

    assert files_with_it(tmp_path) == []
    assert (erased["rows"]["revisions"], erased["others"]) == (2, [])
    hits = client.post("/v1/search", json={"question": f"{RARE} Monday"}).json()["hits"]
    assert [hit["article"]["id"] for hit in hits] == ["quay"]
    assert client.get("/v1/articles/pier").status_code == 404


@pytest.mark.parametrize("query", ["", "?purge=true", "?wait=none"])
def test_a_removal_that_fails_says_that_the_article_is_hidden_all_the_same(
    tmp_path: Path, query: str
) -> None:
    with client_of(tmp_path) as before:
        before.post("/v1/articles", json=[SECRET, OTHER])
    (tmp_path / "jobs.sqlite").write_bytes(b"no database" * 1000)

    with client_of(tmp_path) as client:
        response = client.delete(f"/v1/articles/pier{query}")
        shown = client.get("/v1/articles/pier").status_code
        unknown = client.delete("/v1/articles/never").json()["detail"]

    assert (response.status_code, shown) == (503, 404)
    said = response.json()["detail"]
    assert "Article 'pier' is hidden from now on, but its removal failed: " in said
    assert "the writes that waited in it have to be sent again" in said
    assert "hidden" not in unknown


def test_an_article_that_was_only_hidden_can_be_purged_later(
    client: TestClient, tmp_path: Path
) -> None:
    client.post("/v1/articles", json=[SECRET, OTHER])
    client.delete("/v1/articles/pier")
    assert files_with_it(tmp_path)

    assert client.delete("/v1/articles/pier?purge=true").status_code == 200
    assert files_with_it(tmp_path) == []
    assert client.delete("/v1/articles/pier?purge=true").status_code == 404
