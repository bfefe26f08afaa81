"""Gives every request an id, and records it when it is done: one log line, and its figures.

The line has the template of the route, never the path or the query, which may hold a question.
"""

import logging
import re
from asyncio import CancelledError
from collections.abc import Iterator
from time import perf_counter
from typing import Any, Protocol
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.telemetry.facts import begin, facts

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
UNMATCHED = "unmatched"
CLIENT_LEFT = 499
"""As nginx logs it."""
_SANE = re.compile(r"[A-Za-z0-9._-]{1,128}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_KEY = "onrecord.request_id"


class RequestFigures(Protocol):
    def requested(self, method: str, route: str, status: int, seconds: float) -> None: ...


class RequestRecorder:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp, *, figures: RequestFigures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, status = _id_of(scope), perf_counter(), 500
        scope[_KEY] = request_id
        begin(request_id)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], _header(request_id)]}
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except CancelledError:
            status = CLIENT_LEFT
            raise
        finally:
            self._record(scope, status, perf_counter() - began)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = route_of(scope)
        self._figures.requested(method, route, status, seconds)
        line: dict[str, Any] = {"method": method, "route": route, "status": status}
        line["ms"] = round(seconds * 1000, 1)
        line |= {name: value for name, value in facts().items() if name == "generation"}
        logger.log(logging.DEBUG if route in _PROBES else logging.INFO, "request", extra=line)


def route_of(scope: Scope) -> str:
    """The template, such as `/v1/articles/{id:path}`; there are as many as routes and mounts."""
    if route := scope.get("route"):
        return str(route.path)
    if "app_root_path" in scope:  # a mount, whose files have no route
        return str(scope["root_path"]).removeprefix(scope["app_root_path"])
    return next((route.path for route in _routes(scope) if _matches(route, scope)), UNMATCHED)


def _routes(scope: Scope) -> Iterator[Any]:
    """For a request that was refused before any route was looked for."""
    for each in scope["app"].routes if "app" in scope else ():
        included = getattr(each, "original_router", None)  # FastAPI keeps the routers apart
        yield from included.routes if included else (each,)


def _matches(route: Any, scope: Scope) -> bool:
    return route.matches(scope)[0] is not Match.NONE


def id_headers(scope: Scope) -> dict[str, str]:
    """For a response that is sent outside of the recorder: that of an unexpected error."""
    return {HEADER: scope[_KEY]} if _KEY in scope else {}


def _id_of(scope: Scope) -> str:
    """That of the caller, if it can be logged as it is."""
    given = Headers(scope=scope).get(HEADER, "")
    return given if _SANE.fullmatch(given) else uuid4().hex


def _header(request_id: str) -> tuple[bytes, bytes]:
    return HEADER.lower().encode(), request_id.encode()
