"""Routes of the page, and the headers that keep every page to this server."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.guards.route_paths import route_path

FOLDER = Path(__file__).parents[2] / "page"

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DOCS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'"
)
"""The page of the API documentation contains a script that starts it."""

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def page() -> FileResponse:
    return FileResponse(FOLDER / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/page/palette.css")
async def palette() -> Response:
    """The colours that the page shares with the report of an evaluation."""
    return Response((files("eval.report") / "palette.css").read_bytes(), media_type="text/css")


@router.get("/page-settings")
async def page_settings(request: Request) -> dict[str, Sequence[str] | bool]:
    """The example questions for this archive, and whether nobody may add articles here."""
    state = request.app.state
    return {"examples": state.examples, "read_only": state.guards.read_only}


class SafeHeaders:
    """Adds headers that keep every response on this server, and questions out of referrers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {
                    **message,
                    "headers": [*message["headers"], *_headers(route_path(scope))],
                }
            await send(message)

        await self._app(scope, receive, add_headers if scope["type"] == "http" else send)


def _headers(path: str) -> list[tuple[bytes, bytes]]:
    policy = _DOCS_POLICY if path.startswith("/docs") else _PAGE_POLICY
    caching = [(b"cache-control", b"no-store")] if path.startswith("/v1/") else []
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        *caching,
    ]
