"""Questions over HTTP: the shape of an answer, search, verification, every fault a problem."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from index import errors
from index.documents import Filter
from tests.support.fakes_api import BUILT, FERRIES, TOLLS, FakeService

QUESTION = "Who publicly opposed the vote as treasurer?"
QUOTE = "Tobias Renn, the treasurer, opposed the vote."
START = TOLLS.text.index(QUOTE)
CROSSINGS = (
    "The operator said that free crossings, which began when the harbour tolls ended, "
    "had filled its evening ferries."
)


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_an_answer_has_exactly_the_promised_shape(client: TestClient) -> None:
    body = ask(client, QUESTION)

    paragraph_start = TOLLS.text.index("Tobias Renn")
    assert body == {
        "question": QUESTION,
        "period": None,
        "reading": None,
        "guarantee": None,
        "explained": None,
        "explained_statements": None,
        "namesakes": [],
        "respelling": None,
        "explained_sentences": None,
        "answered": True,
        "answer": {
            "text": QUOTE,
            "kind": "sentence",
            "confidence": 0.75,
            "short": None,
            "agreement": "alone",
            "agreeing": [],
            "differing": [],
        },
        "citations": [
            {
                "article": {
                    "id": "harbour-tolls",
                    "revision": TOLLS.revision,
                    "title": "Harbour tolls to end in spring",
                    "url": "https://courier.example/2025/03/harbour-tolls",
                    "outlet": "The Quay Courier",
                    "authors": ["Maud Ferrier"],
                    "published_at": "2025-03-04T17:05:00Z",
                },
                "quote": QUOTE,
                "start": START,
                "end": START + len(QUOTE),
                "prefix": TOLLS.text[START - 32 : START],
                "suffix": TOLLS.text[START + len(QUOTE) : START + len(QUOTE) + 32],
                "paragraph": {
                    "text": TOLLS.text[paragraph_start:].split("\n")[0],
                    "start": paragraph_start,
                },
                "selectors": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": QUOTE,
                        "prefix": TOLLS.text[START - 32 : START],
                        "suffix": TOLLS.text[START + len(QUOTE) : START + len(QUOTE) + 32],
                    },
                    {
                        "type": "TextPositionSelector",
                        "start": START,
                        "end": START + len(QUOTE),
                    },
                ],
                "link": "https://courier.example/2025/03/harbour-tolls#:~:text="
                "Tobias%20Renn%2C%20the%20treasurer%2C%20opposed%20the%20vote.",
                "notes": [],
                "short": None,
                "statement": None,
                "copies": [],
                "versions": [],
            }
        ],
        "alternatives": [],
        "speakers": [],
        "total": None,
        "total_articles": None,
        "more": [],
        "refusal": None,
        "index": {
            "generation": "g-0001",
            "built_at": "2025-04-02T06:30:00Z",
            "newest_article": "2025-03-28T08:00:00Z",
            "articles": 3,
            "passages": 6,
            "pending": {"statements": 0, "vectors": 0},
        },
        "timings_ms": {"total": 1.5},
    }


def test_a_refusal_gives_its_reason_and_the_nearest_passages(client: TestClient) -> None:
    body = ask(client, "Did whales sing beneath moonlit ferries in the harbour?")

    assert body["answered"] is False
    assert body["answer"] is None
    assert body["citations"] == body["alternatives"] == []
    assert body["refusal"]["reason"] == "no_evidence"
    assert body["refusal"]["message"] == "No passage shares enough words with it."
    assert [near["article"]["id"] for near in body["refusal"]["nearest"]] == [
        FERRIES.id,
        TOLLS.id,
    ]


def test_a_query_string_asks_the_same_as_a_body(client: TestClient, service: FakeService) -> None:
    by_body = ask(
        client,
        QUESTION,
        filters={"published_from": "2025-03-01", "outlets": ["The Quay Courier", "X"]},
        alternatives=1,
    )
    by_address = client.get(
        "/v1/ask",
        params=[
            ("q", QUESTION),
            ("published_from", "2025-03-01"),
            ("outlet", "The Quay Courier"),
            ("outlet", "X"),
            ("alternatives", "1"),
        ],
    )

    assert by_address.json() == by_body
    assert service.asked[0] == service.asked[1]
    assert service.asked[0][1:] == (
        Filter(datetime(2025, 3, 1, tzinfo=UTC), None, ("The Quay Courier", "X")),
        1,
    )


def test_alternatives_come_from_other_articles(client: TestClient) -> None:
    question = "When were the harbour tolls ended?"

    three, none = ask(client, question), ask(client, question, alternatives=0)

    assert {each["article"]["id"] for each in three["alternatives"]} == {TOLLS.id}
    assert three["citations"][0]["article"]["id"] == FERRIES.id
    assert none["alternatives"] == []


def test_huge_input_is_never_echoed(client: TestClient) -> None:
    huge = "z" * 900

    wrong_type = client.post("/v1/ask", json={"question": [huge]})
    wrong_name = client.post("/v1/ask", json={"question": "x", huge: huge})
    wrong_date = client.get("/v1/ask", params={"q": "x", "published_to": huge})

    for response in (wrong_type, wrong_name, wrong_date):
        assert response.status_code == 422
        assert "z" * 300 not in response.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b'{"question": ', "not JSON", id="cut short"),
        pytest.param('{"question": "caf\u00e9"}'.encode("latin-1"), "UTF-8", id="latin-1"),
        pytest.param(b"[" * 1900, "JSON", id="nested too deeply or cut short"),
        pytest.param(b'{"alternatives": ' + b"9" * 5000 + b"}", "JSON", id="a number too long"),
    ],
)
def test_a_malformed_body_is_a_bad_request(client: TestClient, content: bytes, says: str) -> None:
    response = client.post("/v1/ask", content=content, headers={"Content-Type": "application/json"})

    assert response.status_code == 400
    assert response.json()["type"] == "/problems/malformed-body"
    assert says in response.json()["detail"]


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_names_the_right_one(client: TestClient, media_type: str) -> None:
    response = client.post(
        "/v1/ask", content=b'{"question": "Who?"}', headers={"Content-Type": media_type}
    )

    assert response.status_code == 422
    assert "Content-Type: application/json" in response.json()["detail"]


@pytest.mark.parametrize("body", [r'{"question": "\ud800"}', r'{"question": "x", "\ud800": 1}'])
def test_a_lone_surrogate_is_invalid_never_a_crash(client: TestClient, body: str) -> None:
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 422
    assert response.json()["status"] == 422


@pytest.mark.parametrize(
    ("failure", "status", "retry_after"),
    [
        (errors.QuestionError("The question is empty; ask something."), 422, None),
        (errors.NoIndexError("Nothing has been built here yet; add articles."), 503, "10"),
        (errors.DamagedIndexError("vectors.faiss is cut short; rebuild."), 503, "10"),
        (errors.IndexMismatchError("Built with another embedder; rebuild."), 503, "10"),
        (errors.GenerationError("No usable index."), 503, "10"),
        (errors.ArchiveError("The archive is of a newer format."), 503, None),
        (errors.ModelError("The weights are missing."), 503, None),
        (errors.StorageError("The disk is full."), 507, None),
        (errors.WriterBusyError("Another process is writing."), 409, "5"),
        (errors.UnknownArticleError("No article has this id."), 404, None),
        (errors.SettingsError("No such encoding."), 422, None),
        (errors.SourceError("Cannot be read."), 422, None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_each_kind_of_error_has_its_status(
    client: TestClient,
    service: FakeService,
    failure: errors.OnRecordError,
    status: int,
    retry_after: str | None,
) -> None:
    service.failure = failure

    response = client.post("/v1/ask", json={"question": QUESTION})

    assert response.status_code == response.json()["status"] == status
    assert response.json()["detail"] == str(failure)
    assert response.headers.get("Retry-After") == retry_after
    assert client.get(response.json()["type"]).status_code == 200


@pytest.mark.parametrize("failure", [RuntimeError("secret"), errors.CitationError("secret")])
def test_an_unexpected_error_shows_no_details(
    client: TestClient,
    service: FakeService,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    service.failure = failure

    response = client.post("/v1/ask", json={"question": QUESTION})

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert "/v1/ask" in caplog.text


def test_search_returns_passages_with_their_scores(client: TestClient) -> None:
    question = "Who opposed the vote on harbour tolls as treasurer?"

    hits = client.post("/v1/search", json={"question": question, "limit": 2}).json()["hits"]

    assert [hit["quote"] for hit in hits] == [QUOTE, CROSSINGS]
    assert (hits[0]["score"], hits[0]["lexical"], hits[0]["dense"]) == (0.6, 0.6, 0.25)
    assert hits[0]["selectors"][1] == {
        "type": "TextPositionSelector",
        "start": START,
        "end": START + len(QUOTE),
    }
    assert client.post("/v1/search", json={"question": "x", "limit": 101}).status_code == 422


def test_a_search_explains_its_scores_on_request(client: TestClient) -> None:
    body = {"question": "Who opposed the vote on harbour tolls as treasurer?", "limit": 1}

    [silent] = client.post("/v1/search", json=body).json()["hits"]
    [told] = client.post("/v1/search", json=body | {"explain": True}).json()["hits"]

    assert (silent["parts"], told["parts"]) == (None, {"lexical": 0.6})


def test_an_answer_explains_the_passages_considered_on_request(client: TestClient) -> None:
    silent = client.get("/v1/ask", params={"q": QUESTION}).json()
    told = client.get("/v1/ask", params={"q": QUESTION, "explain": "true"}).json()
    posted = client.post("/v1/ask", json={"question": QUESTION, "explain": True}).json()

    assert silent["explained"] is None
    first = told["explained"][0]
    assert first["article_id"] == TOLLS.id
    assert (first["start"], first["end"]) == (START, START + len(QUOTE))
    assert sum(first["parts"].values()) == pytest.approx(first["score"], abs=1e-3)
    assert posted["explained"] == told["explained"]
    assert (silent["explained_sentences"], told["explained_sentences"]) == (None, [])


def test_a_citation_is_verified_unchanged(client: TestClient) -> None:
    citations = ask(client, QUESTION)["citations"]

    given = client.post("/v1/verify", json={"citations": citations}).json()

    assert given["verified"] is True
    assert given["citations"][0]["message"] == "Verbatim."
    assert given["citations"][0]["revision"] == TOLLS.revision


def test_an_altered_citation_is_not_verified(client: TestClient) -> None:
    claims = [
        {"article_id": TOLLS.id, "start": START, "end": START + 6, "quote": "Tobias"},
        {"article_id": TOLLS.id, "start": START, "end": START + 6, "quote": "Tobiaz"},
        {"article_id": "gone", "start": 0, "end": 6, "quote": "Tobias"},
    ]

    given = client.post("/v1/verify", json={"citations": claims}).json()

    assert given["verified"] is False
    assert [each["verified"] for each in given["citations"]] == [True, False, False]
    assert given["citations"][1]["found"] == "Tobias"


def test_a_claim_about_no_article_is_invalid(client: TestClient) -> None:
    claim = {"start": 0, "end": 6, "quote": "Tobias"}

    response = client.post("/v1/verify", json={"citations": [claim]})

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": "citations.0", "message": "give either article (with its id) or article_id"}
    ]


def test_questions_are_kept_out_of_caches_and_referrers(client: TestClient) -> None:
    response = client.get("/v1/ask", params={"q": QUESTION})

    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.json()["index"]["built_at"] == BUILT.isoformat().replace("+00:00", "Z")
