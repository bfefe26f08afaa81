"""The API's own description: complete, true to the wire, and readable without the internet."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.routes import articles, ask, statements
from api.http.routes import operations as operating
from api.schemas.replies import Problem
from tests.support.fakes_api import FakeService

Schema = dict[str, Any]
GROUPS = (ask, statements, articles, operating)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeService())) as client:
        yield client


@pytest.fixture(scope="module")
def schema() -> Schema:
    with TestClient(create_app(FakeService())) as client:
        described: Schema = client.get("/openapi.json").json()
    return described


def operations(schema: Schema) -> dict[str, Schema]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_is_described(schema: Schema) -> None:
    assert set(operations(schema)) == {
        "POST /v1/ask",
        "GET /v1/ask",
        "POST /v1/search",
        "POST /v1/verify",
        "GET /v1/statements",
        "GET /v1/speakers",
        "GET /v1/articles",
        "POST /v1/articles",
        "GET /v1/articles/{id}",
        "DELETE /v1/articles/{id}",
        "GET /v1/index",
        "GET /healthz",
        "GET /readyz",
    }


def test_every_operation_has_a_short_id_of_its_own(schema: Schema) -> None:
    names = [each["operationId"] for each in operations(schema).values()]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(?:[A-Z][a-z]+){0,2}", name) for name in names)


def test_every_operation_has_a_summary_a_description_and_a_tag(schema: Schema) -> None:
    for name, operation in operations(schema).items():
        assert operation["summary"], name
        assert operation["description"].endswith("."), name
        assert operation["tags"], name


def test_the_example_of_every_body_is_one(schema: Schema) -> None:
    routes = [route for group in GROUPS for route in group.router.routes]
    models = {each.name: each.response_model for each in routes if isinstance(each, APIRoute)}
    for name, operation in operations(schema).items():
        content = operation["responses"]["200"]["content"]["application/json"]
        model = models[re.sub("[A-Z]", lambda at: f"_{at[0].lower()}", operation["operationId"])]

        assert model.model_validate(content["example"]), name


def test_the_example_of_every_problem_has_its_status(schema: Schema) -> None:
    for name, operation in operations(schema).items():
        for status, response in operation["responses"].items():
            if status != "200":
                example = response["content"]["application/problem+json"]["example"]
                assert Problem.model_validate(example).status == int(status), name


def test_every_failure_is_described_as_a_problem(schema: Schema) -> None:
    for name, operation in operations(schema).items():
        for status, response in operation["responses"].items():
            if status != "200":
                assert set(response["content"]) == {"application/problem+json"}, (name, status)

    assert set(schema["components"]["schemas"]["Problem"]["properties"]) == {
        "type",
        "title",
        "status",
        "detail",
        "instance",
    }
    assert "HTTPValidationError" not in schema["components"]["schemas"]


def test_every_reference_is_defined(schema: Schema) -> None:
    known = schema["components"]["schemas"]

    references = re.findall(r"#/components/schemas/(\w+)", str(schema))

    assert references
    assert set(references) <= set(known)


def test_the_example_article_is_accepted_as_it_stands(client: TestClient, schema: Schema) -> None:
    body = operations(schema)["POST /v1/articles"]["requestBody"]["content"]

    assert set(body) == {"application/json", "application/x-ndjson", "application/jsonl"}
    example = body["application/json"]["example"]
    assert client.post("/v1/articles", json=example).status_code == 200


def test_the_schema_describes_what_an_answer_holds(client: TestClient, schema: Schema) -> None:
    body = client.post("/v1/ask", json={"question": "Who opposed the vote as treasurer?"}).json()
    known = schema["components"]["schemas"]

    assert set(known["ReplyBody"]["properties"]) == set(body)
    assert set(known["CitationBody"]["properties"]) == set(body["citations"][0])
    assert set(known["SourceBody"]["properties"]) == set(body["citations"][0]["article"])


def test_the_schema_describes_what_a_statement_holds(client: TestClient, schema: Schema) -> None:
    body = client.get("/v1/statements", params={"speaker": "Tobias Renn"}).json()
    known = schema["components"]["schemas"]

    (cited,) = body["statements"]
    assert set(known["StatementsBody"]["properties"]) == set(body)
    assert set(known["StatementBody"]["properties"]) == set(cited["statement"])
    assert set(known["NamingBody"]["properties"]) == set(cited["statement"]["named"])
    assert set(known["SpeakerBody"]["properties"]) == set(body["speakers"][0])


def test_the_example_of_every_parameter_of_a_list_is_accepted(
    client: TestClient, schema: Schema
) -> None:
    given = {
        each["name"]: example(each["schema"])
        for each in operations(schema)["GET /v1/statements"]["parameters"]
    }

    response = client.get("/v1/statements", params={n: v for n, v in given.items() if v})

    own = {"speaker", "about", "kind", "limit", "offset"}
    assert set(given) == own | {"from", "to", "as_of", "outlet"}
    assert given["from"] == "2025-03-01"
    assert [each["quote"] for each in response.json()["statements"]] == []
    assert response.json()["speakers"][0]["name"] == given["speaker"] == "Ines Calder"


def example(schema: Schema) -> Any:
    """Where a value may be null too, the first kind of value has it."""
    told = schema.get("examples") or schema.get("anyOf", [{}])[0].get("examples") or [None]
    return told[0]


def test_the_documentation_loads_nothing_from_another_host(client: TestClient) -> None:
    page = client.get("/docs")

    assets = re.findall(r"(?:src|href)=\"([^\"]*)\"", page.text)
    assert page.status_code == 200
    assert len(assets) == 3
    assert not re.search(r"https?://", page.text)
    for asset in assets:
        assert client.get(asset).status_code == 200, asset
    assert re.search(r"validatorUrl\W+null", page.text)


def test_the_documentation_may_only_reach_this_server(client: TestClient) -> None:
    policy = client.get("/docs").headers["content-security-policy"]

    assert "default-src 'self'" in policy
    assert "http" not in policy
