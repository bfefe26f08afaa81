"""How problems appear in the OpenAPI document, and the page that explains each kind."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from api.http.errors import EXPLAINED, MEDIA_TYPE
from api.schemas.replies import Problem

router = APIRouter(prefix="/problems", include_in_schema=False)


@router.get("/{name}")
async def explain(name: str) -> PlainTextResponse:
    """Where a problem's `type` leads."""
    kind = EXPLAINED.get(name)
    if kind is None:
        raise HTTPException(404, f"The kinds of problem are: {', '.join(sorted(EXPLAINED))}.")
    return PlainTextResponse(f"{kind.title} (HTTP {kind.status})\n\n{kind.meaning}\n")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that can fail in these ways."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in (*statuses, 500)
    }


def document(app: FastAPI) -> None:
    """Adds the Problem schema, which no route returns as its model, once the schema is asked for.

    Generating the schema takes a quarter of a second, which an application that starts can spare.
    """
    generated = app.openapi

    def with_problems() -> dict[str, Any]:
        schema = generated()
        schema["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
        return schema

    app.openapi = with_problems  # type: ignore[method-assign]  # FastAPI's own way to extend it
