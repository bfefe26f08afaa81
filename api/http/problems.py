"""The problems that a route declares, and the page that explains each kind of problem."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from api.http.errors import EXPLAINED, MEDIA_TYPE

router = APIRouter(prefix="/problems", include_in_schema=False)


@router.get("/{name}")
async def explain(name: str) -> PlainTextResponse:
    """The page that the `type` of a problem points to."""
    kind = EXPLAINED.get(name)
    if kind is None:
        raise HTTPException(
            404, f"Unknown kind of problem; the kinds are: {', '.join(sorted(EXPLAINED))}."
        )
    return PlainTextResponse(f"{kind.title} (HTTP {kind.status})\n\n{kind.meaning}\n")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that can fail in these ways."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in (*statuses, 500)
    }
