"""Articles over HTTP: in by every content type, listed, read by revision, taken down."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from index import errors
from tests.support.fakes_api import FERRIES, NEWSLETTER, ORCHARD, TOLLS, FakeService

TEXT = "The lighthouse keeper retired on Sunday after forty years."
RECORD = {"id": "lighthouse", "title": "Keeper retires", "text": TEXT, "outlet": "Island Tidings"}
OTHER = {"id": "bakery", "title": "Bakery opens", "text": "A bakery opened beside the old pier."}


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def post(
    client: TestClient, content: bytes, media_type: str = "application/json"
) -> tuple[int, dict[str, Any]]:
    response = client.post("/v1/articles", content=content, headers={"Content-Type": media_type})
    return response.status_code, response.json()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(json.dumps(RECORD), "application/json", id="one object"),
        pytest.param(json.dumps([RECORD]), "application/json; charset=utf-8", id="array"),
        pytest.param(json.dumps({"articles": [RECORD]}), "application/json", id="wrapped"),
        pytest.param("\ufeff" + json.dumps(RECORD), "application/json", id="byte-order mark"),
        pytest.param(json.dumps(RECORD) + "\n\n", "application/x-ndjson", id="ndjson"),
        pytest.param(json.dumps(RECORD), "application/jsonl", id="jsonl without a last newline"),
    ],
)
def test_an_article_is_added_in_every_format(
    client: TestClient, content: str, media_type: str
) -> None:
    status, report = post(client, content.encode(), media_type)

    assert status == 200
    assert report == {
        "added": 1,
        "revised": 0,
        "updated": 0,
        "unchanged": 0,
        "rejected": [],
        "given_up": [],
        "embedded": 2,
        "articles": 4,
        "passages": 8,
        "pending": {"statements": 0, "vectors": 0},
        "generation": "g-0001",
    }
    read = client.get("/v1/articles/lighthouse").json()
    assert (read["text"], read["outlet"]) == (TEXT, "Island Tidings")


def test_a_report_counts_each_kind_of_change(client: TestClient) -> None:
    post(client, json.dumps([RECORD, OTHER]).encode())
    revised = RECORD | {"text": TEXT + " She was ninety."}
    updated = OTHER | {"title": "A bakery opens"}

    _, report = post(client, json.dumps([revised, updated]).encode())
    status, again = post(client, json.dumps([revised, updated]).encode())

    assert (report["added"], report["revised"], report["updated"]) == (0, 1, 1)
    assert (status, again["unchanged"]) == (200, 2)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(
            json.dumps([RECORD, {"id": "x"}, 7, RECORD, RECORD | {"text": TEXT * 2}]),
            "application/json",
            id="json",
        ),
        pytest.param(
            "\n".join(
                json.dumps(each)
                for each in (RECORD, {"id": "x"}, 7, RECORD, RECORD | {"text": TEXT * 2})
            ),
            "application/x-ndjson",
            id="ndjson",
        ),
    ],
)
def test_faulty_items_are_reported_and_the_others_added(
    client: TestClient, content: str, media_type: str
) -> None:
    status, report = post(client, content.encode(), media_type)

    assert (status, report["added"]) == (200, 1)
    assert [(each["line"], each["reason"]) for each in report["rejected"]] == [
        (2, "malformed"),
        (3, "malformed"),
        (5, "duplicate_id"),
    ]
    assert all(each["detail"] for each in report["rejected"])


def test_a_line_that_is_not_utf8_is_rejected_alone(client: TestClient) -> None:
    bad = '{"id": "caf\u00e9", "text": "A café opened beside the pier."}'.encode("latin-1")

    status, report = post(client, bad + b"\n" + json.dumps(OTHER).encode(), "application/x-ndjson")

    assert (status, report["added"]) == (200, 1)
    assert [(each["line"], each["reason"]) for each in report["rejected"]] == [(1, "not_utf8")]


@pytest.mark.parametrize(
    ("encoding", "media_type"),
    [
        ("utf-16", "application/json"),
        ("utf-32", "application/x-ndjson"),
        ("utf-8-sig", "application/json"),
        ("windows-1252", "application/json; charset=windows-1252"),
        ("windows-1252", 'application/x-ndjson; charset="windows-1252"'),
    ],
)
def test_a_body_that_says_its_encoding_is_read(
    client: TestClient, encoding: str, media_type: str
) -> None:
    record = {"id": "café", "text": "A café “Étoile” opened beside the pier on Monday."}

    status, report = post(
        client, json.dumps(record, ensure_ascii=False).encode(encoding), media_type
    )

    assert (status, report["added"]) == (200, 1)
    assert client.get("/v1/articles/café").json()["text"] == record["text"]


def test_an_unknown_charset_is_named(client: TestClient) -> None:
    status, problem = post(client, b"[]", "application/json; charset=nonesuch")

    assert (status, "'nonesuch'" in problem["detail"]) == (415, True)


def test_character_references_and_tags_of_a_record_are_resolved(client: TestClient) -> None:
    record = {
        "id": "ends",
        "text": "<p>&#8220;We end it,&#8221; said Tilda Marsh of Marks &amp; Lowe.</p>",
    }

    post(client, json.dumps(record).encode())
    found = client.get("/v1/articles/ends").json()

    assert found["text"] == "“We end it,” said Tilda Marsh of Marks & Lowe."
    assert found["metadata"] == {"resolved": "character references and tags"}


def test_a_batch_without_an_accepted_item_is_a_problem(client: TestClient) -> None:
    status, problem = post(
        client, json.dumps([{"id": "x"}, RECORD | {"text": "Too short"}]).encode()
    )

    assert status == 422
    assert problem["type"] == "/problems/no-article-accepted"
    assert [each["reason"] for each in problem["rejected"]] == ["malformed", "too_short"]
    assert "None of the 2 items was accepted" in problem["detail"]


@pytest.mark.parametrize("content", [b"[]", b'{"articles": []}'])
def test_an_empty_batch_is_a_problem(client: TestClient, content: bytes) -> None:
    status, problem = post(client, content)

    assert status == 422
    assert problem["rejected"] == []
    assert problem["detail"] == "The body contains no article; send at least one."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b'{"id": "a",', "line 1, column 12", id="cut short"),
        pytest.param('{"id": "caf\u00e9"}'.encode("latin-1"), "byte 12 is not UTF-8", id="latin-1"),
        pytest.param(b'{"id": NaN}', "NaN is not a JSON value", id="not a number"),
        pytest.param(b"[" * 200_000, "not JSON", id="nested too deeply"),
        pytest.param(b'"article"', "not an article", id="a string"),
        pytest.param(b'{"id": ' + b"9" * 5000 + b"}", "5,000 digits.", id="a number too long"),
        pytest.param(b"", "line 1, column 1", id="nothing"),
    ],
)
def test_a_body_that_is_not_json_is_a_bad_request(
    client: TestClient, content: bytes, says: str
) -> None:
    status, problem = post(client, content)

    assert status == 400
    assert says in problem["detail"]


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_another_content_type_is_refused(client: TestClient, media_type: str) -> None:
    status, problem = post(client, json.dumps(RECORD).encode(), media_type)

    assert status == 415
    assert "application/x-ndjson" in problem["detail"]


def test_a_full_disk_is_told_to_who_waits(client: TestClient, service: FakeService) -> None:
    service.failure = errors.StorageError("The disk is full; free some space.")

    response = client.post("/v1/articles", json=RECORD)

    assert response.status_code == 507
    assert response.json()["detail"] == str(service.failure)


def test_the_list_pages_through_every_article_once(client: TestClient) -> None:
    first = client.get("/v1/articles", params={"limit": 2}).json()
    second = client.get("/v1/articles", params={"limit": 2, "after": first["next"]}).json()

    assert [each["id"] for each in first["articles"]] == [FERRIES.id, TOLLS.id]
    assert first["next"] == TOLLS.id
    assert [each["id"] for each in second["articles"]] == [ORCHARD.id]
    assert second["next"] is None
    assert "text" not in first["articles"][0]
    assert first["articles"][1]["revision"] == TOLLS.revision


def test_the_last_full_page_has_no_next(client: TestClient) -> None:
    assert client.get("/v1/articles", params={"limit": 3}).json()["next"] is None


def test_the_list_is_filtered_by_outlet_and_date(client: TestClient) -> None:
    tidings = client.get("/v1/articles", params={"outlet": "island tidings"}).json()
    march = client.get(
        "/v1/articles", params={"published_from": "2025-03-01", "published_to": "2025-03-04"}
    ).json()

    assert [each["id"] for each in tidings["articles"]] == [FERRIES.id, ORCHARD.id]
    assert [each["id"] for each in march["articles"]] == [TOLLS.id]


def test_an_article_is_returned_with_its_boilerplate_marked(client: TestClient) -> None:
    body = client.get(f"/v1/articles/{TOLLS.id}").json()

    [mark] = body["furniture"]
    assert body["text"] == TOLLS.text
    assert body["text"][mark["start"] : mark["end"]] == NEWSLETTER
    assert mark["kind"] == "newsletter"
    assert body["metadata"] == {"section": "Harbour"}
    assert [each["revision"] for each in body["revisions"]] == [TOLLS.revision]


@pytest.mark.parametrize(
    "name",
    [FERRIES.id, "https://a.example/b?c=d#e", "100%", "ŝipo 船", "../up", "a//b", "trailing/"],
)
def test_any_id_works_in_an_address(client: TestClient, name: str) -> None:
    post(client, json.dumps(RECORD | {"id": name}).encode())
    address = f"/v1/articles/{quote(name, safe='')}"

    read = client.get(address)
    removed = client.delete(address)

    assert read.json()["id"] == name
    assert removed.json()["removed"] == 1
    assert client.get(address).status_code == 404


def test_an_earlier_revision_stays_readable(client: TestClient) -> None:
    first = client.post("/v1/articles", json=RECORD) and client.get("/v1/articles/lighthouse")
    post(client, json.dumps(RECORD | {"text": TEXT + " She was ninety."}).encode())

    past = client.get(
        "/v1/articles/lighthouse", params={"revision": first.json()["revision"]}
    ).json()

    assert past["text"] == TEXT
    assert len(past["revisions"]) == 2
    assert client.get("/v1/articles/lighthouse").json()["text"].endswith("ninety.")


def test_a_removed_article_is_gone_and_can_be_added_again(client: TestClient) -> None:
    post(client, json.dumps(RECORD).encode())

    removed = client.delete("/v1/articles/lighthouse")
    again = client.delete("/v1/articles/lighthouse")

    counts = {"removed": 1, "articles": 3, "passages": 6}
    assert removed.json() == {**counts, "generation": "g-0001", "erased": None}
    assert again.status_code == 404
    assert again.json()["type"] == "/problems/unknown-article"
    assert post(client, json.dumps(RECORD).encode())[1]["added"] == 1


def test_an_unknown_article_is_a_problem_that_names_it(client: TestClient) -> None:
    response = client.get("/v1/articles/nowhere")

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "/problems/unknown-article",
        "title": "Unknown article",
        "status": 404,
        "detail": "No article has the id 'nowhere' (revision: None).",
        "instance": "/v1/articles/nowhere",
    }


def test_purging_erases_and_says_so_in_numbers(client: TestClient, service: FakeService) -> None:
    hidden = client.delete("/v1/articles/orchard-frost").json()
    erased = client.delete("/v1/articles/harbour-tolls?purge=true").json()

    assert hidden["erased"] is None
    assert erased["removed"] == 1
    assert erased["erased"]["rows"]["revisions"] == 1
    assert service.purged == ["harbour-tolls"]


def test_two_texts_of_an_article_are_compared(client: TestClient) -> None:
    post(client, json.dumps(RECORD).encode())
    post(client, json.dumps(RECORD | {"text": TEXT.replace("Sunday", "Monday")}).encode())

    latest = client.get("/v1/articles/lighthouse/diff").json()
    earlier, later = latest["from"]["revision"], latest["to"]["revision"]
    back = client.get(f"/v1/articles/lighthouse/diff?from={later}&to={earlier}").json()
    same = client.get(f"/v1/articles/lighthouse/diff?from={later}").json()

    [change] = latest["changes"]
    assert (change["before"]["text"], change["after"]["text"]) == ("Sunday", "Monday")
    assert TEXT[change["before"]["start"] : change["before"]["end"]] == "Sunday"
    assert f"-{TEXT}\n" in latest["unified"]
    assert back["changes"][0]["after"]["text"] == "Sunday"
    assert same["changes"] == []
    assert client.get("/v1/articles/lighthouse/diff?to=0").status_code == 404
    assert client.get("/v1/articles/nobody/diff").status_code == 404


def test_an_article_is_read_as_it_was_on_a_day(client: TestClient) -> None:
    record = RECORD | {"published_at": "2025-02-20"}
    post(client, json.dumps(record).encode())
    post(client, json.dumps(record | {"text": TEXT.replace("Sunday", "Monday")}).encode())

    before = client.get("/v1/articles/lighthouse?as_of=2025-03-01").json()
    after = client.get("/v1/articles/lighthouse?as_of=2026-03-01").json()

    assert before["text"] == TEXT
    assert "Monday" in after["text"]
    assert client.get("/v1/articles/lighthouse?as_of=soon").status_code == 422
