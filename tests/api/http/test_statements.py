"""Who said what over HTTP: lists of statements, the register, statements among the answers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from index.documents import Article
from index.errors import GenerationError
from index.statements import Polarity, Resolution, SourceType, StatementKind
from tests.support.fakes_api import (
    CALDER,
    FERRIES,
    LINDQVIST,
    OPERATOR,
    RENN,
    SPOKEN,
    TOLLS,
    FakeService,
)
from tests.support.fakes_speech import as_ambiguous, said

COUSIN = Article(
    id="lighthouse",
    title="Lighthouse lens goes on show",
    text="Marta Renn, who keeps the lighthouse, said that the lens needs no lamp.",
    outlet="Island Tidings",
    published_at=datetime(2025, 3, 30, tzinfo=UTC),
)
MARTA = said(
    COUSIN,
    COUSIN.text,
    "that the lens needs no lamp",
    source="Marta Renn",
    speaker="Marta Renn",
    role="who keeps the lighthouse",
)


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def statements(client: TestClient, **params: Any) -> dict[str, Any]:
    response = client.get("/v1/statements", params=params)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def quotes(body: dict[str, Any]) -> list[str]:
    return [each["quote"] for each in body["statements"]]


def test_a_statement_has_exactly_the_promised_shape(client: TestClient) -> None:
    (cited,) = statements(client, speaker="Tobias Renn")["statements"]

    text, he = TOLLS.text, TOLLS.text.index("He put")
    name, role, cue = text.index("Tobias"), text.index("the treasurer"), text.index("said that")
    content = "that the breakwater would go unrepaired"
    assert cited["quote"] == RENN.quote
    assert cited["copies"] == []
    assert cited["statement"] == {
        "id": RENN.statement and RENN.statement.id,
        "speaker": "Tobias Renn",
        "speaker_key": "tobias renn",
        "speaker_type": "person",
        "kind": "indirect",
        "kind_in_words": "paraphrased by the outlet",
        "act": "say",
        "polarity": "positive",
        "cue": {"start": cue, "end": cue + 4, "text": "said", "lemma": "say"},
        "content": [{"start": cue + 5, "end": cue + 5 + len(content), "text": content}],
        "source": {"start": he, "end": he + 2, "text": "He"},
        "resolution": "pronoun",
        "resolution_path": [
            {"start": he, "end": he + 2, "text": "He"},
            {"start": name, "end": name + 11, "text": "Tobias Renn"},
        ],
        "named": {
            "start": name,
            "end": name + 11,
            "text": "Tobias Renn",
            "prefix": text[name - 32 : name],
            "suffix": ", the treasurer, opposed the vot",
            "link": "https://courier.example/2025/03/harbour-tolls#:~:text="
            "Tobias%20Renn%2C%20the%20treasurer%2C%20opposed%20the",
        },
        "candidates": [],
        "role": {"start": role, "end": role + 13, "text": "the treasurer"},
        "confidence": 0.9,
        "certain": True,
        "origin": "both",
    }


def test_every_range_of_a_statement_matches_the_article(client: TestClient) -> None:
    for cited in statements(client, about="harbour ferries plum home breakwater")["statements"]:
        text = client.get(f"/v1/articles/{cited['article']['id']}").json()["text"]
        spoken = cited["statement"]
        parts = [spoken["source"], spoken["cue"], *spoken["content"], *spoken["resolution_path"]]

        assert all(text[part["start"] : part["end"]] == part["text"] for part in parts)


def test_the_list_has_its_speakers_and_the_total(client: TestClient) -> None:
    body = statements(client, speaker="calder")

    assert body["speakers"] == [
        {
            "key": "ines calder",
            "name": "Ines Calder",
            "type": "person",
            "aliases": [],
            "roles": ["who leads the council"],
            "statements": 1,
            "articles": 1,
            "also": [],
            "possibly": [],
        }
    ]
    assert (body["total"], body["nearest"]) == (1, [])
    assert body["index"]["generation"] == "g-0001"
    assert body["timings_ms"] == {"total": 1.5}


def test_two_speakers_with_one_surname_are_both_listed_with_their_keys() -> None:
    with TestClient(create_app(FakeService([TOLLS, COUSIN], [RENN, MARTA]))) as client:
        body = statements(client, speaker="Renn")

    assert [each["name"] for each in body["speakers"]] == ["Tobias Renn", "Marta Renn"]
    assert [each["statement"]["speaker_key"] for each in body["statements"]] == [
        "marta renn",
        "tobias renn",
    ]


def test_an_unknown_name_gives_an_empty_list_and_similar_names(client: TestClient) -> None:
    body = statements(client, speaker="Tobiah Ren")

    assert (body["total"], body["speakers"], body["statements"]) == (0, [], [])
    assert [each["name"] for each in body["nearest"]] == ["Tobias Renn"]


def test_a_subject_alone_finds_statements_of_every_speaker(client: TestClient) -> None:
    body = statements(client, about="plum blossom")

    assert body["speakers"] == []
    assert [each["statement"]["speaker"] for each in body["statements"]] == ["Petra Lindqvist"]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"from": "2025-03-28", "to": "2025-03-28"}, [OPERATOR]),
        ({"published_from": "2025-03-28"}, [OPERATOR]),
        ({"to": "2025-03-04"}, [CALDER]),
        ({"from": "", "to": "", "outlet": "the quay courier"}, [CALDER]),
        ({"kind": "direct"}, [CALDER]),
        ({"kind": ["indirect", "mixed"]}, [OPERATOR, LINDQVIST]),
        ({"limit": 1}, [OPERATOR]),
        ({"limit": 1, "offset": 1}, [CALDER]),
        ({"offset": 3}, []),
    ],
    ids=["a day", "long name", "until", "outlet", "kind", "kinds", "limit", "offset", "beyond"],
)
def test_the_list_is_narrowed_and_paged(
    client: TestClient, params: dict[str, Any], found: list[Any]
) -> None:
    body = statements(client, about="ferries home plum", **params)

    assert quotes(body) == [each.quote for each in found]


@pytest.mark.parametrize(
    ("params", "field", "says"),
    [
        ({}, "query", "give speaker (a name), about (a subject), or both"),
        ({"speaker": " ", "about": ""}, "query", "give speaker (a name)"),
        ({"speaker": "x", "kind": "literal"}, "kind.0", "'direct', 'mixed' or 'indirect'"),
        ({"speaker": "x", "from": "lately"}, "from", "'lately' is not a date"),
        ({"speaker": "x", "from": "2025-02-02", "to": "2025-02-01"}, "query", "from (2025-02-02)"),
        ({"speaker": "x", "limit": 101}, "limit", "less than or equal to 100"),
        ({"speaker": "x", "offset": -1}, "offset", "greater than or equal to 0"),
        ({"speaker": "x" * 501}, "speaker", "at most 500 characters"),
        ({"speaker": "x", "since": "2025"}, "since", "not permitted"),
    ],
    ids=["nothing", "blank", "kind", "no date", "backwards", "many", "offset", "long", "unknown"],
)
def test_a_faulty_list_request_is_a_problem_that_says_what_to_send(
    client: TestClient, params: dict[str, Any], field: str, says: str
) -> None:
    response = client.get("/v1/statements", params=params)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/invalid-request"
    (fault,) = response.json()["errors"]
    assert fault["field"] == field
    assert says in fault["message"]


def test_a_service_without_an_index_says_so_for_lists_too(
    client: TestClient, service: FakeService
) -> None:
    service.failure = GenerationError("Nothing can be read: build the index again.")

    given = [client.get("/v1/statements?speaker=x"), client.get("/v1/speakers?q=x")]

    assert [each.status_code for each in given] == [503, 503]
    assert given[0].json()["detail"] == "Nothing can be read: build the index again."


def test_speakers_are_found_by_any_part_of_a_name(client: TestClient) -> None:
    def names(q: str) -> list[str]:
        found = client.get("/v1/speakers", params={"q": q}).json()["speakers"]
        return [each["name"] for each in found]

    assert names("LINDQVIST, Petra") == ["Petra Lindqvist"]
    assert names("alder line") == ["The Alder Line"]
    assert names("Tobi") == ["Tobias Renn"]
    assert names("zz") == []


@pytest.mark.parametrize("params", [{}, {"q": ""}, {"q": "x", "limit": 0}])
def test_a_search_for_speakers_needs_a_name(client: TestClient, params: dict[str, Any]) -> None:
    assert client.get("/v1/speakers", params=params).status_code == 422


def test_an_answer_that_is_a_statement_names_its_speaker(client: TestClient) -> None:
    body = client.get("/v1/ask", params={"q": "What did Calder say?"}).json()

    assert body["answer"]["kind"] == "statement"
    assert body["total"] == 1
    assert [each["name"] for each in body["speakers"]] == ["Ines Calder"]
    spoken = body["citations"][0]["statement"]
    assert (spoken["speaker"], spoken["kind_in_words"]) == ("Ines Calder", "quoted")


def test_a_refusal_offers_similar_names(client: TestClient) -> None:
    body = client.get("/v1/ask", params={"q": "What did Tobiah Ren say?"}).json()

    assert body["refusal"]["reason"] == "no_such_speaker"
    assert [each["name"] for each in body["refusal"]["names"]] == ["Tobias Renn"]
    assert (body["speakers"], body["total"]) == ([], None)


def test_copies_are_listed_with_the_statement_they_repeat() -> None:
    copied = replace(CALDER, copies=(FERRIES,))
    with TestClient(create_app(FakeService(spoken=[copied]))) as client:
        (cited,) = statements(client, speaker="Calder")["statements"]

    (copy,) = cited["copies"]
    assert (copy["id"], copy["outlet"], copy["published_at"]) == (
        FERRIES.id,
        "Island Tidings",
        "2025-03-28T08:00:00Z",
    )


def test_an_ambiguous_statement_has_candidates_and_no_speaker() -> None:
    unsure = as_ambiguous(RENN, "Tobias Renn", "Marta Renn")
    with TestClient(create_app(FakeService(spoken=[unsure]))) as client:
        (cited,) = statements(client, about="breakwater")["statements"]

    spoken = cited["statement"]
    assert (spoken["speaker"], spoken["speaker_key"], spoken["named"]) == (None, None, None)
    assert spoken["resolution"] == Resolution.AMBIGUOUS
    assert spoken["candidates"] == ["Tobias Renn", "Marta Renn"]


@pytest.mark.parametrize(
    ("word", "type_"), [("He", "person"), ("They", "organisation"), ("It", "organisation")]
)
def test_the_type_of_a_pronoun_is_that_of_its_speaker(word: str, type_: str) -> None:
    article = replace(TOLLS, text=f"Tobias Renn wept. {word} said that it was over.")
    line = article.text.split(". ")[1]
    spoken = said(
        article,
        line,
        "that it was over",
        source=word,
        speaker="Tobias Renn",
        named="Tobias Renn",
        resolution=Resolution.PRONOUN,
        source_type=SourceType.PRONOUN,
    )
    service = FakeService([article], [spoken])
    with TestClient(create_app(service)) as client:
        (cited,) = statements(client, speaker="Renn")["statements"]

    assert cited["statement"]["speaker_type"] == type_


def test_a_quotation_without_reporting_words_has_no_cue_and_no_source() -> None:
    assert CALDER.statement is not None
    bare = replace(
        CALDER,
        statement=replace(
            CALDER.statement,
            cue=None,
            lemma="",
            source=None,
            polarity=Polarity.NEGATIVE,
            kind=StatementKind.MIXED,
        ),
    )
    with TestClient(create_app(FakeService(spoken=[bare]))) as client:
        spoken = statements(client, speaker="Calder")["statements"][0]["statement"]

    assert (spoken["cue"], spoken["source"], spoken["polarity"]) == (None, None, "negative")
    assert spoken["kind_in_words"] == "partly quoted, partly paraphrased by the outlet"


def test_a_cited_statement_is_verified_unchanged(client: TestClient) -> None:
    listed = statements(client, about="ferries home plum")["statements"]

    given = client.post("/v1/verify", json={"citations": listed}).json()

    assert given["verified"] is True
    assert len(given["citations"]) == len(SPOKEN) - 1
