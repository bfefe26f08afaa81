"""Completes the OpenAPI document: operation ids, and an example of every response."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.http.errors import INVALID, KINDS, MALFORMED, NOT_READY
from api.http.errors import MEDIA_TYPE as PROBLEM
from api.schemas.examples import examples
from api.schemas.replies import Problem

_PLAIN = {413: "Content Too Large", 415: "Unsupported Media Type"}
"""Statuses that HTTP itself explains; their problems have no `type` of our own."""
_KINDS = {kind.status: kind for kind in (*reversed(KINDS.values()), MALFORMED, INVALID)}
"""Of the kinds with the same status, the first."""
_DETAILS = {
    404: "No article has the id 'harbour-tolls'.",
    413: "The body exceeds the limit of 67108864 bytes; send it in smaller parts.",
    415: "The body is 'text/plain'; send Content-Type: application/json.",
    422: "limit: Input should be greater than or equal to 1",
}
_FAULTS = [{"field": "limit", "message": "Input should be greater than or equal to 1"}]


def operation_id(route: APIRoute) -> str:
    """`list_articles` -> `listArticles`."""
    first, *others = route.name.split("_")
    return first + "".join(word.capitalize() for word in others)


def complete(app: FastAPI) -> None:
    """Done when the schema is first read: it takes a quarter of a second to generate."""
    generated = app.openapi

    def completed() -> dict[str, Any]:
        schema = generated()
        if "Problem" not in schema["components"]["schemas"]:
            schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
            _add_examples(schema["paths"])
        return schema

    app.openapi = completed  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _add_examples(paths: Mapping[str, Any]) -> None:
    bodies = examples()
    for path, operations in paths.items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                for media_type, content in response["content"].items():
                    if media_type == PROBLEM:
                        content["example"] = _problem(int(status), path)
                    elif body := bodies.get(operation["operationId"]):
                        content["example"] = body


def _problem(status: int, path: str) -> dict[str, Any]:
    instance = path.replace("{id}", "harbour-tolls")
    if status in _PLAIN:
        kind, title, detail = "about:blank", _PLAIN[status], _DETAILS[status]
    else:
        found = NOT_READY if path == "/readyz" and status == NOT_READY.status else _KINDS[status]
        kind, title = f"/problems/{found.name}", found.title
        detail = _DETAILS.get(status, found.meaning)
    body = Problem(type=kind, title=title, status=status, detail=detail, instance=instance)
    return body.model_dump() | ({"errors": _FAULTS} if status == INVALID.status else {})
