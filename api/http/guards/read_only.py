"""With `--read-only`, every route that writes is refused, whoever asks."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.errors import READ_ONLY, problem
from api.http.guards.authorization import needed_scope
from api.http.guards.route_paths import route_path
from api.keys.key import KeyScope

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_DETAIL = "This service was started with --read-only; add and remove articles elsewhere."


class ReadOnly:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and writes(scope["method"], route_path(scope)):
            await problem(Request(scope), READ_ONLY, _DETAIL)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def writes(method: str, path: str) -> bool:
    """Whatever needs more than the scope `ask`, unless it only reads."""
    needed = needed_scope(method, path)
    return method not in _READING and needed not in {None, KeyScope.ASK}
