"""Every failure as an RFC 9457 problem: the one place that knows both our errors and HTTP codes."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from index import errors

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_SHOWN_ERRORS = 20
_SHOWN_CHARACTERS = 200
_WANTED_BODY = "send a JSON object, with Content-Type: application/json."


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem; its `type` is `/problems/<name>`, which explains it."""

    name: str
    status: int
    title: str
    meaning: str
    retry_after: int | None = None


INVALID = ProblemKind(
    "invalid-request", 422, "Invalid request", "`errors` names each field and its fault."
)
MALFORMED = ProblemKind("malformed-body", 400, "Malformed body", "The body is not JSON in UTF-8.")
NONE_ACCEPTED = ProblemKind(
    "no-article-accepted", 422, "No article accepted", "`rejected` says why, item by item."
)
NOT_READY = ProblemKind(
    "not-ready", 503, "Not ready", "Questions cannot be answered yet; `detail` says why.", 2
)
UNEXPECTED = ProblemKind(
    "unexpected", 500, "Unexpected error", "A fault of the service; its log has the particulars."
)

KINDS: Mapping[type[errors.OnRecordError], ProblemKind] = {
    errors.OnRecordError: UNEXPECTED,
    errors.CitationError: ProblemKind(
        "citation",
        500,
        "Citation withheld",
        "A quote did not match its article, so none was given.",
    ),
    errors.QuestionError: ProblemKind(
        "question", 422, "Question not askable", "The question cannot be asked as it stands."
    ),
    errors.UnknownArticleError: ProblemKind(
        "unknown-article", 404, "Unknown article", "No article, or no revision of it, has this id."
    ),
    errors.WriterBusyError: ProblemKind(
        "writer-busy", 409, "Writer busy", "Another writer is at work in this data folder.", 5
    ),
    errors.GenerationError: ProblemKind(
        "no-usable-index", 503, "No usable index", "The index cannot be used.", 10
    ),
    errors.NoIndexError: ProblemKind(
        "no-index", 503, "No index yet", "No article has been added here yet.", 10
    ),
    errors.DamagedIndexError: ProblemKind(
        "damaged-index", 503, "Damaged index", "A file of the index is missing or altered.", 10
    ),
    errors.IndexMismatchError: ProblemKind(
        "index-mismatch", 503, "Index mismatch", "The index was built with other settings.", 10
    ),
    errors.StorageError: ProblemKind(
        "storage", 507, "Storage refused", "The disk is full, read-only, or refuses the service."
    ),
    errors.ArchiveError: ProblemKind(
        "archive", 503, "Archive unusable", "The archive is damaged, or of a newer format."
    ),
    errors.ModelError: ProblemKind(
        "model", 503, "Model unusable", "Model weights are missing, or not the ones published."
    ),
    errors.SettingsError: ProblemKind(
        "settings", 422, "Unusable setting", "A setting cannot be used."
    ),
    errors.SourceError: ProblemKind(
        "source", 422, "Unreadable source", "A source cannot be read at all."
    ),
}

EXPLAINED = {
    kind.name: kind for kind in (INVALID, MALFORMED, NONE_ACCEPTED, NOT_READY, *KINDS.values())
}


class ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """A stray surrogate from a caller's own words is written as its escape, which is JSON."""
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


def problem(request: Request, kind: ProblemKind, detail: str, **members: Any) -> ProblemResponse:
    """`members` are RFC 9457 extension members, such as `errors` or `rejected`."""
    headers = None if kind.retry_after is None else {"Retry-After": str(kind.retry_after)}
    body = _body(request, f"/problems/{kind.name}", kind.title, kind.status, detail)
    return ProblemResponse(body | members, kind.status, headers)


def problem_of_http(request: Request, error: HTTPException) -> ProblemResponse:
    """For what HTTP itself explains: no such route, wrong method, too large a body."""
    title = HTTPStatus(error.status_code).phrase
    body = _body(request, "about:blank", title, error.status_code, _detail(request, error))
    return ProblemResponse(body, error.status_code, error.headers)


def allowed_methods(request: Request) -> list[str]:
    """Of all routes of this path: Starlette's own 405 names those of the first alone.

    No route is found for a file of the page, which stands in a mount of its own: it is only read.
    """
    return [
        method
        for method in ("GET", "POST", "DELETE")
        for scope in [{**request.scope, "method": method}]
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
    ] or ["GET"]


def install(app: FastAPI) -> None:
    app.add_exception_handler(errors.OnRecordError, _on_our_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ClientDisconnect, _on_hanging_up)
    app.add_exception_handler(Exception, _on_unexpected)


async def _on_our_error(request: Request, error: Exception) -> Response:
    kind = next(KINDS[base] for base in type(error).__mro__ if base in KINDS)
    if kind.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s %s", request.method, request.url.path, exc_info=error)
        return problem(request, kind, kind.meaning)
    return problem(request, kind, str(error))


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  Starlette types handlers loosely
    faults = error.errors()
    if faults and faults[0]["loc"] == ("body",):
        listed = [{"field": "body", "message": _WANTED_BODY}]
        return problem(request, INVALID, f"The body cannot be read: {_WANTED_BODY}", errors=listed)
    if faults and faults[0]["type"] == "json_invalid":
        place, why = faults[0]["loc"][-1], faults[0]["ctx"]["error"]
        return problem(request, MALFORMED, f"The body is not JSON: {why} at character {place}.")
    listed = [_fault(fault) for fault in faults[:_SHOWN_ERRORS]]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in listed[:3])
    return problem(request, INVALID, detail, errors=listed)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  Starlette types handlers loosely
    if isinstance(error.__cause__, ValueError | RecursionError):
        return problem(request, MALFORMED, "The body is not plain JSON in UTF-8; send it so.")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        error.headers = {"Allow": ", ".join(allowed_methods(request))}
    return problem_of_http(request, error)


async def _on_hanging_up(request: Request, _: Exception) -> Response:
    """The caller went away before the body was whole: no fault of ours, and nobody to tell."""
    logger.info("%s %s was broken off", request.method, request.url.path)
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _on_unexpected(request: Request, error: Exception) -> Response:
    """The server logs the traceback itself, for Starlette raises the error again after this."""
    logger.error("%s at %s %s", type(error).__name__, request.method, request.url.path)
    return problem(request, UNEXPECTED, UNEXPECTED.meaning)


def _body(request: Request, kind: str, title: str, status: int, detail: str) -> dict[str, Any]:
    place = _short(request.url.path)
    return {"type": kind, "title": title, "status": status, "detail": detail, "instance": place}


def _detail(request: Request, error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND and error.detail == "Not Found":
        return f"Nothing is served at {_short(request.url.path)}; /docs lists what is."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"{request.method} cannot be used here, but {(error.headers or {})['Allow']} can."
    return error.detail


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    """The field and what is wrong with it, never the value: that may be anything, of any size."""
    cause = fault.get("ctx", {}).get("error")
    message = str(cause) if isinstance(cause, ValueError) else fault["msg"]
    return {"field": _field(fault["loc"]), "message": _short(message)}


def _field(place: Sequence[str | int]) -> str:
    return _short(".".join(str(step) for step in place[1:])) or str(place[0])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
