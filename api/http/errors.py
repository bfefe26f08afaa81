"""Every failure as an RFC 9457 problem; the only module that maps our errors to HTTP statuses."""

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

from api.telemetry.requests import CLIENT_LEFT, id_headers, route_of
from index import errors

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_SHOWN_ERRORS = 20
_SHOWN_CHARACTERS = 200
_BODY_HINT = "send a JSON object, with Content-Type: application/json."


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem; its `type` is `/problems/<name>`, which explains it."""

    name: str
    status: int
    title: str
    meaning: str
    retry_after: int | None = None


INVALID = ProblemKind(
    "invalid-request",
    422,
    "Invalid request",
    "`errors` lists each field and what is wrong with it.",
)
MALFORMED = ProblemKind("malformed-body", 400, "Malformed body", "The body is not JSON in UTF-8.")
NONE_ACCEPTED = ProblemKind(
    "no-article-accepted", 422, "No article accepted", "`rejected` says why, item by item."
)
NOT_READY = ProblemKind(
    "not-ready", 503, "Not ready", "Questions cannot be answered yet; `detail` says why.", 2
)
KEY_NEEDED = ProblemKind(
    "key-needed",
    401,
    "Key needed",
    "This service asks for a key, as `Authorization: Bearer KEY`; `scope` says of which scope.",
)
SCOPE_NEEDED = ProblemKind(
    "scope-needed",
    403,
    "Scope needed",
    "The key is valid but may not do this; `scope` says which scope may.",
)
RATE_LIMITED = ProblemKind(
    "rate-limited",
    429,
    "Too many requests",
    "This key or address sent more than it may; Retry-After says when to try again.",
)
READ_ONLY = ProblemKind(
    "read-only", 403, "Read only", "This service answers questions and changes nothing."
)
UNEXPECTED = ProblemKind(
    "unexpected", 500, "Unexpected error", "The service failed; its log has the details."
)

KINDS: dict[type[errors.OnRecordError], ProblemKind] = {
    errors.OnRecordError: UNEXPECTED,
    errors.CitationError: ProblemKind(
        "citation",
        500,
        "Citation withheld",
        "A quote did not match its article, so none was given.",
    ),
    errors.QuestionError: ProblemKind(
        "question", 422, "Unusable question", "The question cannot be answered as written."
    ),
    errors.UnknownArticleError: ProblemKind(
        "unknown-article",
        404,
        "Unknown article",
        "No article has this id, or it has no such revision.",
    ),
    errors.WriterBusyError: ProblemKind(
        "writer-busy", 409, "Writer busy", "This data folder is being written to already.", 5
    ),
    errors.WriterLostError: ProblemKind(
        "writer-lost", 503, "Writer lost", "What was writing ended before it had finished.", 5
    ),
    errors.QueueFullError: ProblemKind(
        "queue-full", 503, "Queue full", "Too many writes wait already; nothing was stored.", 10
    ),
    errors.StoppingError: ProblemKind(
        "stopping", 503, "Stopping", "The service stops; the write goes on after its next start.", 5
    ),
    errors.UnknownJobError: ProblemKind(
        "unknown-job", 404, "Unknown job", "No job has this number, or it ended long ago."
    ),
    errors.JobEndedError: ProblemKind(
        "job-ended", 409, "Job ended", "It is too late to cancel this job."
    ),
    errors.JobCancelledError: ProblemKind(
        "job-cancelled",
        409,
        "Job cancelled",
        "Somebody cancelled the write that was waited for.",
    ),
    errors.NoIndexError: ProblemKind(
        "no-index", 503, "No index yet", "No article has been added yet.", 10
    ),
    errors.GenerationError: ProblemKind(
        "no-usable-index", 503, "No usable index", "The index cannot be used.", 10
    ),
    errors.DamagedIndexError: ProblemKind(
        "damaged-index", 503, "Damaged index", "A file of the index is missing or was changed.", 10
    ),
    errors.IndexMismatchError: ProblemKind(
        "index-mismatch", 503, "Index mismatch", "The index was built with other settings.", 10
    ),
    errors.StorageError: ProblemKind(
        "storage", 507, "Storage failed", "The disk is full or read-only, or access was denied."
    ),
    errors.ArchiveError: ProblemKind(
        "archive", 503, "Archive unusable", "The archive is damaged or has a newer format."
    ),
    errors.DamagedArticleError: ProblemKind(
        "damaged-article",
        503,
        "Damaged article",
        "What the archive holds of an article was altered, so nothing of it is shown.",
    ),
    errors.UnknownGenerationError: ProblemKind(
        "unknown-generation", 404, "Unknown generation", "No generation of the index has this name."
    ),
    errors.GenerationGoneError: ProblemKind(
        "generation-gone",
        410,
        "Generation gone",
        "This generation is kept no longer: newer ones took its place, or an erasure deleted it.",
    ),
    errors.ModelError: ProblemKind(
        "model", 503, "Model unusable", "Model weights are missing or are not the published ones."
    ),
    errors.SettingsError: ProblemKind(
        "settings", 422, "Unusable setting", "A setting cannot be used."
    ),
    errors.SourceError: ProblemKind("source", 422, "Unreadable source", "A source cannot be read."),
}

EXPLAINED = {
    kind.name: kind
    for kind in (
        *(INVALID, MALFORMED, NONE_ACCEPTED, NOT_READY, KEY_NEEDED, SCOPE_NEEDED),
        *(RATE_LIMITED, READ_ONLY),
        *KINDS.values(),
    )
}


class ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """A lone surrogate in text from the caller is written as a JSON escape."""
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


def problem(request: Request, kind: ProblemKind, detail: str, **members: Any) -> ProblemResponse:
    """`members` are RFC 9457 extension members, such as `errors` or `rejected`."""
    headers = None if kind.retry_after is None else {"Retry-After": str(kind.retry_after)}
    body = _body(request, f"/problems/{kind.name}", kind.title, kind.status, detail)
    return ProblemResponse(body | members, kind.status, headers)


def problem_of_http(request: Request, error: HTTPException) -> ProblemResponse:
    """For errors that HTTP explains: unknown route, wrong method, body too large."""
    title = HTTPStatus(error.status_code).phrase
    body = _body(request, "about:blank", title, error.status_code, _detail(request, error))
    return ProblemResponse(body, error.status_code, error.headers)


def allowed_methods(request: Request) -> list[str]:
    """The methods of all routes of this path; Starlette's own 405 lists those of the first only.

    Files of the page are in a mount, where no route is found; they can only be read.
    """
    return [
        method
        for method in ("GET", "POST", "DELETE")
        for scope in [{**request.scope, "method": method}]
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
    ] or ["GET"]


def install(app: FastAPI) -> None:
    app.add_exception_handler(errors.OnRecordError, on_our_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ClientDisconnect, _on_disconnect)
    app.add_exception_handler(Exception, _on_unexpected)


def problem_type(name: str) -> str:
    """Of an error by the name of its class."""
    return f"/problems/{_kind_of(getattr(errors, name, errors.OnRecordError)).name}"


def _kind_of(error: type) -> ProblemKind:
    return next(KINDS[base] for base in error.__mro__ if base in KINDS)


async def on_our_error(request: Request, error: Exception) -> Response:
    kind = _kind_of(type(error))
    if kind.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("failed at %s", route_of(request.scope), exc_info=error)
        return problem(request, kind, kind.meaning)
    return problem(request, kind, str(error))


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  Starlette types handlers loosely
    faults = error.errors()
    if faults and faults[0]["loc"] == ("body",):
        listed = [{"field": "body", "message": _BODY_HINT}]
        return problem(request, INVALID, f"The body cannot be read: {_BODY_HINT}", errors=listed)
    if faults and faults[0]["type"] == "json_invalid":
        place, why = faults[0]["loc"][-1], faults[0]["ctx"]["error"]
        return problem(request, MALFORMED, f"The body is not JSON: {why} at character {place}.")
    listed = [_fault(fault) for fault in faults[:_SHOWN_ERRORS]]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in listed[:3])
    return problem(request, INVALID, detail, errors=listed)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  Starlette types handlers loosely
    if isinstance(error.__cause__, ValueError | RecursionError):
        return problem(request, MALFORMED, "The body is not JSON in UTF-8; send plain JSON.")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        error.headers = {"Allow": ", ".join(allowed_methods(request))}
    return problem_of_http(request, error)


async def _on_disconnect(request: Request, _: Exception) -> Response:
    """The caller disconnected before the body was complete, so nobody reads this response."""
    logger.info("the caller disconnected at %s", route_of(request.scope))
    return Response(status_code=CLIENT_LEFT)


async def _on_unexpected(request: Request, error: Exception) -> Response:
    """Starlette raises the error again afterwards, so the server logs the traceback."""
    logger.error("%s at %s", type(error).__name__, route_of(request.scope))
    told = problem(request, UNEXPECTED, UNEXPECTED.meaning)
    told.headers.update(id_headers(request.scope))
    return told


def _body(request: Request, kind: str, title: str, status: int, detail: str) -> dict[str, Any]:
    place = _short(request.url.path)
    return {"type": kind, "title": title, "status": status, "detail": detail, "instance": place}


def _detail(request: Request, error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND and error.detail == "Not Found":
        return f"There is nothing at {_short(request.url.path)}; /docs lists all routes."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"{request.method} is not allowed here; use {(error.headers or {})['Allow']}."
    return error.detail


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    """The field and what is wrong with it; the value is left out, because it may be of any size."""
    cause = fault.get("ctx", {}).get("error")
    message = str(cause) if isinstance(cause, ValueError) else fault["msg"]
    return {"field": _field(fault["loc"]), "message": _short(message)}


def _field(place: Sequence[str | int]) -> str:
    return _short(".".join(str(step) for step in place[1:])) or str(place[0])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
