"""While a service stops, it takes no new request to `/v1`; those it has are answered."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.errors import NOT_READY, problem
from api.http.guards.route_paths import is_below, route_path

_DETAIL = "The service is stopping; ask another one, or try again in a moment."


class Draining:
    def __init__(self, app: ASGIApp, *, stopping: Callable[[], bool]) -> None:
        self._app = app
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._stopping() and is_below(route_path(scope), "/v1"):
            refusal = problem(Request(scope), NOT_READY, _DETAIL)
            refusal.headers["Connection"] = "close"
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)
