"""What the API's description calls valid is accepted, and what it calls invalid is refused.

Two rules relate fields to each other, which OpenAPI cannot say of parameters: a range of dates must
not be empty, and a list of statements needs a speaker or a subject. Their descriptions say so.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from tests.support.fakes_api import TOLLS, FakeService

QUESTION = "Who opposed the vote as treasurer?"
CLAIM = {"start": 0, "end": 5, "quote": TOLLS.text[:5]}
NAMED = {**CLAIM, "article_id": TOLLS.id}
RECORD = {"id": "pier", "text": "The pier was rebuilt after the great storm."}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeService())) as client:
        yield client


@pytest.fixture
def schema(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def body_schema(schema: Any, path: str) -> Any:
    return schema["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]


@pytest.mark.parametrize(
    "given",
    [
        {"explain": 0},
        {"explain": 1.0},
        {"explain": "true"},
        {"ignore_dates": 1},
        {"alternatives": True},
        {"alternatives": "3"},
        {"alternatives": 2.5},
        {"question": 7},
    ],
)
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search"])
def test_a_value_of_another_type_is_refused(client: TestClient, path: str, given: Any) -> None:
    key, value = next(iter(given.items()))
    if path == "/v1/search" and key == "alternatives":
        given = {"limit": value}

    assert client.post(path, json={"question": QUESTION, **given}).status_code == 422


def test_a_whole_number_may_be_written_with_a_point(client: TestClient) -> None:
    body = {"question": QUESTION, "alternatives": 2.0}

    assert client.post("/v1/ask", json=body).status_code == 200


def test_a_query_string_still_says_true_in_its_own_ways(client: TestClient) -> None:
    for true in ("true", "1", "on"):
        found = client.get("/v1/ask", params={"q": QUESTION, "explain": true})
        assert found.json()["explained"] is not None


@pytest.mark.parametrize("words", ["", " ", "\n\t"])
def test_an_empty_question_is_refused_as_the_description_says(
    client: TestClient, schema: Any, words: str
) -> None:
    parameters = schema["paths"]["/v1/ask"]["get"]["parameters"]
    [described] = [each["schema"] for each in parameters if each["name"] == "q"]

    assert described["minLength"] == 1
    assert re.search(described["pattern"], words) is None
    assert client.get("/v1/ask", params={"q": words}).status_code == 422
    assert client.post("/v1/ask", json={"question": words}).status_code == 422
    assert client.post("/v1/search", json={"question": words}).status_code == 422


@pytest.mark.parametrize(
    "written",
    [
        *("2025-03-01", "2025-03-01T09:30:00Z", "2025-03-01t09:30:00.123456789z", ""),
        *("2025-03-01T09:30:00+02:00", "0002-01-01T00:00:00-23:59", "9999-12-31"),
    ],
)
@pytest.mark.parametrize("field", ["published_from", "published_to", "as_of"])
def test_every_date_of_the_described_formats_is_read(
    client: TestClient, field: str, written: str
) -> None:
    body = {"question": QUESTION, "filters": {field: written}}

    assert client.post("/v1/ask", json=body).status_code == 200
    assert client.get("/v1/ask", params={"q": QUESTION, field: written}).status_code == 200


def test_the_description_of_a_date_says_its_formats(schema: Any) -> None:
    described = schema["components"]["schemas"]["Filters"]["properties"]["published_from"]

    described = [each.get("format", each["type"]) for each in described["anyOf"]]
    assert described == ["date", "date-time", "string", "null"]


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (NAMED, 200),
        ({**CLAIM, "article": {"id": TOLLS.id}}, 200),
        ({**NAMED, "article": None, "revision": None}, 200),
        (CLAIM, 422),
        ({**NAMED, "article": {"id": TOLLS.id}}, 422),
        ({**NAMED, "end": False}, 422),
        ({**NAMED, "start": "0"}, 422),
        ({**NAMED, "end": 5.0}, 200),
    ],
)
def test_a_claim_has_one_name_of_an_article_and_numbers_for_its_place(
    client: TestClient, claim: Any, status: int
) -> None:
    assert client.post("/v1/verify", json={"citations": [claim]}).status_code == status


def test_the_description_of_a_claim_asks_for_one_of_two_names(schema: Any) -> None:
    either = schema["components"]["schemas"]["ClaimBody"]["oneOf"]

    assert [each["required"] for each in either] == [["article"], ["article_id"]]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (RECORD, 200),
        ([RECORD], 200),
        ({"articles": [RECORD]}, 200),
        ({**RECORD, "_id": "other"}, 200),
        ({"_id": 7, "text": RECORD["text"]}, 200),
        ({**RECORD, "authors": "Ann Lee", "published_at": "", "anything": {"else": 1}}, 200),
        ({**RECORD, "authors": 0}, 422),
        ({**RECORD, "authors": False}, 422),
        ({**RECORD, "authors": {}}, 422),
        ({**RECORD, "authors": None}, 200),
        ({}, 422),
        ([], 422),
        ({"articles": []}, 422),
        ({"id": "pier"}, 422),
        ({"text": RECORD["text"]}, 422),
        ({**RECORD, "text": "too short"}, 422),
        ({**RECORD, "id": ""}, 422),
        ({**RECORD, "id": True}, 422),
        ({**RECORD, "title": 7}, 422),
        ({**RECORD, "published_at": "2929-04-25"}, 422),
    ],
)
def test_what_an_article_must_have(client: TestClient, body: Any, status: int) -> None:
    assert client.post("/v1/articles", json=body).status_code == status


def test_the_description_of_an_addition_is_an_article_a_list_or_an_object_with_a_list(
    schema: Any,
) -> None:
    article, array, listed = body_schema(schema, "/v1/articles")["anyOf"]

    assert [each["required"] for each in article["anyOf"]] == [["id", "text"], ["_id", "text"]]
    assert array["items"] == listed["properties"]["articles"]["items"] == article
    assert listed["required"] == ["articles"]
