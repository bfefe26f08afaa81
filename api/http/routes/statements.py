"""Routes that list statements by speaker or subject, and find quoted speakers."""

from collections.abc import Callable
from typing import Annotated, Self

from fastapi import APIRouter, Query, Request
from pydantic import Field, field_validator, model_validator

from api.http.problems import problems
from api.http.service import State
from api.schemas.filters import SENDABLE, AsOfQuery, ListingQuery
from api.schemas.replies import SpeakersBody, StatementsBody
from index.statements import StatementKind

MAX_OFFSET = 10_000
"""The greatest offset; dates narrow longer lists."""
router = APIRouter(prefix="/v1", tags=["statements"])

Name = Annotated[
    str,
    Field(
        max_length=500,
        description="A full name or a part of it; several speakers may share a surname.",
        examples=["Ines Calder"],
    ),
    SENDABLE,
]
Subject = Annotated[
    str,
    Field(max_length=500, description="The subject of the statements.", examples=["harbour tolls"]),
    SENDABLE,
]


class StatementsQuery(ListingQuery):
    speaker: Name | None = None
    about: Subject | None = None
    kind: list[StatementKind] = Field(
        [], description="Only these kinds; `indirect` is paraphrased by the outlet."
    )
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=MAX_OFFSET, description="Number of statements to skip.")

    @field_validator("speaker", "about")
    @classmethod
    def _written(cls, words: str | None) -> str | None:
        """Forms send an empty field as blank text, which means none."""
        return (words or "").strip() or None

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.speaker is None and self.about is None:
            raise ValueError("give speaker (a name), about (a subject), or both")
        return self


class SpeakersQuery(AsOfQuery):
    q: Annotated[Name, Field(min_length=1)]
    limit: int = Field(10, ge=1, le=100)


@router.get(
    "/statements",
    summary="List statements",
    responses=problems(422, 503),
)
async def list_statements(
    query: Annotated[StatementsQuery, Query()], request: Request, state: State
) -> StatementsBody:
    """Return the statements of a speaker, newest first, or about a subject, best match first.

    Statements that are not `certain` come last; `uncertain` says how many there are.

    Give `speaker`, `about`, or both. If nobody has that name, `speakers` and `statements` are empty
    and `nearest` suggests similar names. If several speakers share the name, `speakers` lists them
    all, and `statement.speaker_key` says whose statement it is.
    """

    def listed(_: Callable[[], bool]) -> StatementsBody:
        found = state.service.statements(
            speaker=query.speaker,
            about=query.about,
            kinds=tuple(query.kind),
            filter=query.filter(),
            limit=query.limit,
            offset=query.offset,
        )
        state.telemetry.found(found)
        return StatementsBody.model_validate(found)

    return await state.in_turn(request, listed)


@router.get("/speakers", summary="List quoted speakers", responses=problems(422, 503))
async def list_speakers(
    query: Annotated[SpeakersQuery, Query()], request: Request, state: State
) -> SpeakersBody:
    """Return the speakers whose names contain the words of `q` in any order, the exact name first.

    If nobody has that name, return speakers with similar names.
    """
    seen = query.seen_from()
    found = await state.in_turn(
        request, lambda _: state.service.speakers(query.q, limit=query.limit, as_of=seen)
    )
    return SpeakersBody.model_validate({"speakers": found})
