"""Questions in, answers out; and any citation checked again."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.concurrency import run_in_threadpool

from api.http.problems import problems
from api.http.service import AppState, AtDesk
from api.schemas.filters import FilterQuery, Filters, IgnoreDates, Words
from api.schemas.replies import ReplyBody, SearchBody, VerdictBody, VerdictsBody
from api.schemas.scores import Explain
from rag.citations import Claim

FARTHEST = 2**31 - 1
router = APIRouter(prefix="/v1", tags=["questions"])

Question = Annotated[Words, Field(examples=["Who opposed the harbour tolls?"])]
Alternatives = Annotated[
    int, Field(ge=0, le=20, description="At most this much evidence from other articles.")
]


class AskBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: Question
    filters: Filters = Field(default_factory=Filters)
    alternatives: Alternatives = 3
    ignore_dates: IgnoreDates = False
    explain: Explain = False


class AskQuery(FilterQuery):
    q: Question
    alternatives: Alternatives = 3
    ignore_dates: IgnoreDates = False
    explain: Explain = False


class SearchRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: Question
    filters: Filters = Field(default_factory=Filters)
    limit: int = Field(10, ge=1, le=100)
    ignore_dates: IgnoreDates = False
    explain: Explain = False


class ArticleName(BaseModel):
    id: Words
    revision: Words | None = None


class ClaimBody(BaseModel):
    """A citation as an answer gave it, or its `article_id`, range and quote alone."""

    article: ArticleName | None = None
    article_id: Words | None = Field(None, examples=["harbour-tolls"])
    revision: Words | None = Field(None, description="None means the present revision.")
    start: int = Field(ge=0, le=FARTHEST, examples=[0])
    end: int = Field(ge=0, le=FARTHEST, examples=[26])
    quote: Words = Field(examples=["The harbour tolls will go."])

    @model_validator(mode="after")
    def _names_an_article(self) -> Self:
        if (self.article is None) == (self.article_id is None):
            raise ValueError("give either article (with its id) or article_id")
        return self

    def claim(self) -> Claim:
        article_id, revision = self.article_id, self.revision
        if self.article is not None:
            article_id, revision = self.article.id, self.article.revision
        return Claim(article_id or "", revision, self.start, self.end, self.quote)


class VerifyBody(BaseModel):
    citations: list[ClaimBody] = Field(min_length=1, max_length=1000)


@router.post("/ask", summary="Ask the archive", responses=problems(400, 413, 422, 503))
async def ask(body: AskBody, desk: AtDesk) -> ReplyBody:
    """An answer is verbatim and cited, or it is a refusal that says why; both have status 200."""
    return await _ask(desk, body.question, body.filters, body)


@router.get("/ask", summary="Ask by address, to share", responses=problems(422, 503))
async def ask_by_address(query: Annotated[AskQuery, Query()], desk: AtDesk) -> ReplyBody:
    return await _ask(desk, query.q, query, query)


@router.post("/search", summary="Find passages", responses=problems(400, 413, 422, 503))
async def search(body: SearchRequest, desk: AtDesk) -> SearchBody:
    """Passages best first, nothing decided: for looking around where `/v1/ask` would refuse."""

    def searched() -> SearchBody:
        found = desk.service.search(
            body.question,
            filter=body.filters.filter(),
            limit=body.limit,
            dates=not body.ignore_dates,
        )
        return SearchBody.of(found, explain=body.explain)

    return await desk.in_turn(searched)


@router.post("/verify", summary="Check citations again", responses=problems(400, 413, 422, 503))
async def verify(body: VerifyBody, desk: AtDesk) -> VerdictsBody:
    """Whether each stored article still reads its quote at its range, character by character."""
    claims = [item.claim() for item in body.citations]
    verdicts = await run_in_threadpool(desk.service.verify, claims)
    given = [VerdictBody.of(verdict) for verdict in verdicts]
    return VerdictsBody(verified=all(item.verified for item in given), citations=given)


async def _ask(
    desk: AppState, question: str, filters: Filters | FilterQuery, options: AskBody | AskQuery
) -> ReplyBody:
    def asked() -> ReplyBody:
        reply = desk.service.ask(
            question,
            filter=filters.filter(),
            alternatives=options.alternatives,
            dates=not options.ignore_dates,
        )
        return ReplyBody.of(reply, explain=options.explain)

    return await desk.in_turn(asked)
