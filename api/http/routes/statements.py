"""Who said what: a speaker's statements, statements on a subject, and who is quoted at all."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import Field, field_validator, model_validator

from api.http.problems import problems
from api.http.service import State
from api.schemas.filters import SENDABLE, AsOfQuery, ListingQuery
from api.schemas.replies import SpeakersBody, StatementsBody
from index.statements import StatementKind

DEEPEST = 10_000
"""Beyond it nobody turns pages: dates narrow the list instead."""
router = APIRouter(prefix="/v1", tags=["statements"])

Name = Annotated[
    str,
    Field(
        max_length=500,
        description="A full name, or a part of one: a surname may be that of several speakers.",
        examples=["Ines Calder"],
    ),
    SENDABLE,
]
Subject = Annotated[
    str,
    Field(max_length=500, description="What it is about.", examples=["harbour tolls"]),
    SENDABLE,
]


class StatementsQuery(ListingQuery):
    speaker: Name | None = None
    about: Subject | None = None
    kind: list[StatementKind] = Field(
        [], description="Only what was said so; `indirect` is paraphrased by the outlet."
    )
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=DEEPEST, description="How many to leave out at the start.")

    @field_validator("speaker", "about")
    @classmethod
    def _written(cls, words: str | None) -> str | None:
        """Blank is none, as a form sends it."""
        return (words or "").strip() or None

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.speaker is None and self.about is None:
            raise ValueError(
                "neither speaker nor about was given; give speaker (a name), about (words of the "
                "subject), or both"
            )
        return self


class SpeakersQuery(AsOfQuery):
    q: Annotated[Name, Field(min_length=1)]
    limit: int = Field(10, ge=1, le=100)


@router.get(
    "/statements",
    summary="List who said what",
    responses=problems(422, 503),
)
async def list_statements(
    query: Annotated[StatementsQuery, Query()], state: State
) -> StatementsBody:
    """A speaker's statements newest first, or those on a subject best first; nothing is decided.

    Give `speaker`, `about`, or both. A name that nobody quoted bears is no error: `speakers` and
    `statements` are empty and `nearest` offers names. Of a surname that several share, `speakers`
    has them all, and each statement says by `statement.speaker_key` whose it is.
    """

    def listed() -> StatementsBody:
        found = state.service.statements(
            speaker=query.speaker,
            about=query.about,
            kinds=tuple(query.kind),
            filter=query.filter(),
            limit=query.limit,
            offset=query.offset,
        )
        return StatementsBody.of(found)

    return await state.in_turn(listed)


@router.get("/speakers", summary="Find who is quoted", responses=problems(422, 503))
async def find_speakers(query: Annotated[SpeakersQuery, Query()], state: State) -> SpeakersBody:
    """Everybody whose full name holds the words of `q` in any order, the exact name first.

    Where nobody's does, the names that are nearest.
    """
    return await state.in_turn(
        lambda: SpeakersBody.of(
            state.service.speakers(query.q, limit=query.limit, as_of=query.seen_from())
        )
    )
