"""The API's own description: complete, true to the wire, and readable without the internet."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.query_parameters import UNREAD
from api.http.routes import articles, ask, jobs, statements
from api.http.routes import operations as operating
from api.schemas.jobs import JobBody
from api.schemas.replies import Problem
from tests.support.fakes_api import TOLLS, FakeService

Schema = dict[str, Any]
GROUPS = (ask, statements, articles, jobs, operating)
STREAMS = {"GET /v1/jobs/{id}/events"}
BODIES: dict[str, Any] = {
    "/v1/ask": {"question": "Who opposed the tolls?"},
    "/v1/search": {"question": "tolls"},
    "/v1/verify": {
        "citations": [{"article_id": TOLLS.id, "start": 0, "end": 5, "quote": TOLLS.text[:5]}]
    },
    "/v1/articles": {"id": "pier", "text": "The pier was rebuilt after the great storm."},
}
"""Which each route accepts."""


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
        "GET /v1/articles/{id}/diff",
        "DELETE /v1/articles/{id}",
        "GET /v1/index",
        "GET /v1/index/generations",
        "POST /v1/index/rollback",
        "POST /v1/index/rebuild",
        "GET /v1/jobs",
        "GET /v1/jobs/{id}",
        "DELETE /v1/jobs/{id}",
        "GET /v1/jobs/{id}/events",
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
        if name in STREAMS:
            assert set(operation["responses"]["200"]["content"]) == {"text/event-stream"}
            continue
        content = operation["responses"]["200"]["content"]["application/json"]
        model = models[re.sub("[A-Z]", lambda at: f"_{at[0].lower()}", operation["operationId"])]

        assert model.model_validate(content["example"]), name


def test_every_write_may_be_answered_with_its_job(schema: Schema) -> None:
    for name in ("POST /v1/articles", "DELETE /v1/articles/{id}", "POST /v1/index/rebuild"):
        content = operations(schema)[name]["responses"]["202"]["content"]["application/json"]

        assert JobBody.model_validate(content["example"]).id == 17, name


def test_the_example_of_every_problem_has_its_status(schema: Schema) -> None:
    for name, operation in operations(schema).items():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                example = response["content"]["application/problem+json"]["example"]
                assert Problem.model_validate(example).status == int(status), name


def test_every_failure_is_described_as_a_problem(schema: Schema) -> None:
    for name, operation in operations(schema).items():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
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


@pytest.mark.parametrize("unknown", ["foo", "Purge", "Wait", "generation.", "q[]", "purge "])
def test_every_route_refuses_a_parameter_that_it_does_not_have(
    schema: Schema, unknown: str
) -> None:
    service = FakeService()
    with TestClient(create_app(service)) as client:
        for name in operations(schema):
            method, path = name.split()
            if path in UNREAD:
                continue
            place = path.replace("{id}", "1" if "jobs" in path else TOLLS.id)
            response = client.request(
                method, place, params={unknown: "true"}, json=BODIES.get(path)
            )

            assert response.status_code == 422, name
            assert {
                "field": unknown,
                "message": "Extra inputs are not permitted",
            } in response.json()["errors"], name
        assert client.get("/v1/jobs").json()["jobs"] == []
        assert client.get(f"/v1/articles/{TOLLS.id}").status_code == 200


@pytest.mark.parametrize("path", sorted(UNREAD))
def test_a_monitor_may_add_parameters_of_its_own(client: TestClient, path: str) -> None:
    assert client.get(path, params={"t": "123"}).status_code == 200


def test_every_route_takes_each_parameter_that_it_describes(
    schema: Schema, client: TestClient
) -> None:
    for name, operation in operations(schema).items():
        method, path = name.split()
        known = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
        response = client.request(
            method,
            path.replace("{id}", "1"),
            params=dict.fromkeys(known, "?"),
            json=BODIES.get(path),
        )

        assert "Extra inputs" not in response.text, name
