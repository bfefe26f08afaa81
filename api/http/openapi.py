"""Completes the OpenAPI document: operation ids, and an example of every response."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.http.errors import (
    INVALID,
    KEY_NEEDED,
    KINDS,
    MALFORMED,
    NOT_READY,
    RATE_LIMITED,
    SCOPE_NEEDED,
    ProblemKind,
)
from api.http.errors import MEDIA_TYPE as PROBLEM
from api.http.guards.authorization import needed_scope
from api.http.problems import problems
from api.schemas.examples import examples
from api.schemas.replies import Problem
from index.errors import JobEndedError, UnknownJobError

_PLAIN = {413: "Content Too Large", 415: "Unsupported Media Type"}
"""Statuses that HTTP itself explains; their problems have no `type` of our own."""
_GUARDS = (KEY_NEEDED, SCOPE_NEEDED, RATE_LIMITED)
_KINDS = {kind.status: kind for kind in (*reversed(KINDS.values()), MALFORMED, INVALID, *_GUARDS)}
"""Of the kinds with the same status, the first."""
_DETAILS = {
    404: "No article has the id 'harbour-tolls'.",
    410: "The generation 00000003-1f2e3d4c is no longer kept.",
    413: "The body exceeds the limit of 67108864 bytes; send it in smaller parts.",
    415: "The body is 'text/plain'; send Content-Type: application/json.",
    422: "limit: Input should be greater than or equal to 1",
}
_BEARER = "key"
_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of `onrecord keys create`. Not needed while the data folder has no key.",
}
_REFUSALS = {status: problems(status)[status] for status in (401, 403, 429)}
_ACCEPTED, _JOBS = "202", "/v1/jobs"
_OF_JOBS = {404: KINDS[UnknownJobError], 409: KINDS[JobEndedError]}
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
            schema["components"]["securitySchemes"] = {_BEARER: _SCHEME}
            _add_keys(schema["paths"])
            _add_examples(schema["paths"])
        return schema

    app.openapi = completed  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _add_keys(paths: Mapping[str, Any]) -> None:
    """`{}` among the requirements: without any key in the data folder nobody needs one."""
    for path, operations in paths.items():
        for method, operation in operations.items():
            if scope := needed_scope(method.upper(), path):
                operation["security"] = [{}, {_BEARER: []}]
                operation["description"] += f"\n\nScope of the key, where keys are used: `{scope}`."
                operation["responses"] |= {str(n): each for n, each in _REFUSALS.items()}


def _add_examples(paths: Mapping[str, Any]) -> None:
    bodies = examples()
    for path, operations in paths.items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                for media_type, content in response["content"].items():
                    if media_type == PROBLEM:
                        content["example"] = _problem(int(status), path)
                    elif status == _ACCEPTED:
                        content["example"] = bodies["getJob"]
                    elif body := bodies.get(operation["operationId"]):
                        content["example"] = body


def _kind(status: int, path: str) -> ProblemKind:
    if path.startswith(_JOBS):
        return _OF_JOBS.get(status, _KINDS[status])
    return NOT_READY if path == "/readyz" and status == NOT_READY.status else _KINDS[status]


def _problem(status: int, path: str) -> dict[str, Any]:
    instance = path.replace("{id}", "17" if path.startswith(_JOBS) else "harbour-tolls")
    if status in _PLAIN:
        kind, title, detail = "about:blank", _PLAIN[status], _DETAILS[status]
    else:
        found = _kind(status, path)
        kind, title = f"/problems/{found.name}", found.title
        detail = (
            found.meaning if found in _OF_JOBS.values() else _DETAILS.get(status, found.meaning)
        )
    body = Problem(type=kind, title=title, status=status, detail=detail, instance=instance)
    return body.model_dump() | ({"errors": _FAULTS} if status == INVALID.status else {})
