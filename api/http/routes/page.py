"""The page a reader asks on, and the headers that keep every page to this server."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = Path(__file__).parents[2] / "page"

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DOCS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'"
)
"""The API documentation starts itself with a script inside its page."""

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def page() -> FileResponse:
    return FileResponse(FOLDER / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/page-settings")
async def page_settings(request: Request) -> dict[str, Sequence[str]]:
    """The example questions of this archive, which the page cannot know by itself."""
    return {"examples": request.app.state.examples}


class SafeHeaders:
    """Adds to every response what keeps it on this server and its questions out of referrers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def safer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_headers(scope["path"])]}
            await send(message)

        await self._app(scope, receive, safer if scope["type"] == "http" else send)


def _headers(path: str) -> list[tuple[bytes, bytes]]:
    policy = _DOCS_POLICY if path.startswith("/docs") else _PAGE_POLICY
    caching = [(b"cache-control", b"no-store")] if path.startswith("/v1/") else []
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        *caching,
    ]
