"""The path of a request as the routes see it, also behind a proxy with a path of its own."""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class RootPath:
    """Sets the path that a proxy puts before every path.

    ASGI wants it in the path too; the proxy may have taken it off, or not. Uvicorn's own setting
    adds it in either case.
    """

    def __init__(self, app: ASGIApp, *, root_path: str) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if scope["path"] == self._root_path:
                await self._to_page(scope, receive, send)
                return
            scope["root_path"] = self._root_path
            if not is_below(scope["path"], self._root_path):
                scope["path"] = self._root_path + scope["path"]
        await self._app(scope, receive, send)

    async def _to_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page asks for its files beside it, so its address must end in a slash."""
        asked = scope["query_string"].decode("latin-1")
        there = f"{self._root_path}/{f'?{asked}' if asked else ''}"
        await RedirectResponse(there, 308)(scope, receive, send)


def route_path(scope: Scope) -> str:
    """Without the root path, as Starlette's routes match it."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    rest = path.removeprefix(root)
    return rest if not rest or rest.startswith("/") else path


def is_below(path: str, *folders: str) -> bool:
    """Whether it is one of them, or a path inside one."""
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
