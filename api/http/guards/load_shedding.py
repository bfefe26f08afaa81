"""Refuses a question at once that would wait in vain, before anything of it is looked at."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.errors import problem_of_http
from api.http.guards.route_paths import route_path
from api.http.limits import ConcurrencyLimit

QUESTIONS = frozenset({"/v1/ask", "/v1/search", "/v1/statements", "/v1/speakers"})
"""What waits for one of the few places."""
_REFUSAL = HTTPException(
    503,
    "More questions wait than can be answered in time; try again in a moment.",
    {"Retry-After": "2"},
)


class LoadShedding:
    def __init__(self, app: ASGIApp, *, limit: ConcurrencyLimit) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._limit.is_full and route_path(scope) in QUESTIONS:
            await problem_of_http(Request(scope), _REFUSAL)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
