"""Keys: which scope a route needs, and refusing a request without it."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.errors import KEY_NEEDED, SCOPE_NEEDED, on_our_error, problem
from api.http.guards.route_paths import is_below, route_path
from api.keys.key import ApiKey, KeyScope
from api.keys.ring import KeyRing
from index.errors import OnRecordError

KEY = "onrecord.key"
"""Where the ASGI scope holds the key of a request that has one."""
_OPEN_FILES = frozenset({"/", "/page-settings", "/openapi.json", "/healthz", "/readyz"})
_OPEN_FOLDERS = ("/page", "/docs", "/docs-assets", "/problems")
"""The page, the documentation and what a monitor asks: nothing of the archive is in them."""
_ASKING = frozenset({"/v1/ask", "/v1/search", "/v1/verify", "/metrics"})
_READING = frozenset({"GET", "HEAD"})
_REALM = 'Bearer realm="onrecord"'


def needed_scope(method: str, path: str) -> KeyScope | None:
    """None if everybody may; a route that nobody thought of here needs `admin`."""
    if path in _OPEN_FILES or is_below(path, *_OPEN_FOLDERS):
        return None
    if path in _ASKING:
        return KeyScope.ASK
    if is_below(path, "/v1/jobs"):
        return KeyScope.WRITE
    if method in _READING and is_below(path, "/v1"):
        return KeyScope.ASK
    return KeyScope.WRITE if is_below(path, "/v1/articles") else KeyScope.ADMIN


def may_also_read(scope: Scope, path: str) -> bool:
    """Whether who was admitted to one route may read this path too: everybody, without keys."""
    key, needed = scope.get(KEY), needed_scope("GET", path)
    return key is None or needed is None or key.scope.covers(needed)


class KeyGuard:
    """While the data folder has no key, everybody is served."""

    def __init__(self, app: ASGIApp, *, keys: KeyRing) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        needed = None if scope["type"] != "http" else _scope_of(scope)
        if needed is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            key, refusal = self._admitted(request, needed)
        except OnRecordError as error:
            key, refusal = None, await on_our_error(request, error)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope[KEY] = key
        await self._app(scope, receive, send)
        if key is not None and self._keys.should_note(key):
            await run_in_threadpool(self._keys.note_use, key)

    def _admitted(
        self, request: Request, needed: KeyScope
    ) -> tuple[ApiKey | None, Response | None]:
        """The key, and why it does not suffice."""
        if not self._keys.needed():
            return None, None
        token = bearer(request.headers)
        key = self._keys.find(token) if token else None
        if key is None:
            return None, _unknown(request, needed, given=bool(token))
        return key, None if key.scope.covers(needed) else _too_little(request, key, needed)


def bearer(headers: Headers) -> str:
    """The token of `Authorization: Bearer TOKEN`; nothing if there is none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _scope_of(scope: Scope) -> KeyScope | None:
    return needed_scope(scope["method"], route_path(scope))


def _unknown(request: Request, needed: KeyScope, *, given: bool) -> Response:
    found = "The key is unknown, expired or revoked" if given else "The request has no key"
    refusal = problem(
        request,
        KEY_NEEDED,
        f"{found}; send `Authorization: Bearer KEY` with a key of the scope {needed}. "
        "`onrecord keys create` makes one.",
        scope=needed,
    )
    refusal.headers["WWW-Authenticate"] = f'{_REALM}, error="invalid_token"' if given else _REALM
    return refusal


def _too_little(request: Request, key: ApiKey, needed: KeyScope) -> Response:
    refusal = problem(
        request,
        SCOPE_NEEDED,
        f"The key has the scope {key.scope}; this needs {needed}.",
        scope=needed,
    )
    refusal.headers["WWW-Authenticate"] = f'{_REALM}, error="insufficient_scope", scope="{needed}"'
    return refusal
