"""Routes that answer questions, find passages and check citations."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.http.problems import problems
from api.http.service import AppState, State
from api.schemas.body import RequestBody
from api.schemas.citations import VerifyBody
from api.schemas.filters import FilterQuery, Filters, IgnoreDates, Words
from api.schemas.replies import ReplyBody, SearchBody, VerdictsBody
from api.schemas.scores import Explain

router = APIRouter(prefix="/v1", tags=["questions"])

Question = Annotated[
    Words,
    Field(
        examples=["Who opposed the harbour tolls?"],
        json_schema_extra={"minLength": 1, "pattern": r"[^\s\x00-\x1f\x7f-\x9f]"},
    ),
]
"""An empty one is a `QuestionError`, on the command line too."""
Alternatives = Annotated[
    int, Field(ge=0, le=20, description="Maximum number of quotes from other articles.")
]


NAMED = Field(
    default=None,
    max_length=100,
    description="The `index.generation` of an earlier reply: asked again on the same day, it "
    "answers as it did then, as long as that generation is kept.",
    examples=["00000003-1f2e3d4c"],
)
Named = Annotated[Words | None, NAMED]


class AskBody(RequestBody):
    model_config = ConfigDict(extra="forbid")

    question: Question
    filters: Filters = Field(default_factory=Filters)
    alternatives: Alternatives = 3
    ignore_dates: IgnoreDates = False
    generation: Named = None
    explain: Explain = False


class AskQuery(FilterQuery):
    q: Question
    alternatives: Alternatives = 3
    ignore_dates: IgnoreDates = False
    generation: Named = None
    explain: Explain = False


class SearchRequest(RequestBody):
    model_config = ConfigDict(extra="forbid")

    question: Question
    filters: Filters = Field(default_factory=Filters)
    limit: int = Field(10, ge=1, le=100)
    ignore_dates: IgnoreDates = False
    generation: Named = None
    explain: Explain = False


@router.post("/ask", summary="Ask a question", responses=problems(400, 404, 410, 413, 422, 503))
async def ask(body: AskBody, request: Request, state: State) -> ReplyBody:
    """Return a verbatim, cited answer, or a refusal with its reason; both have status 200."""
    return await _ask(state, request, body.question, body.filters, body)


@router.get(
    "/ask",
    summary="Ask a question in the query string",
    responses=problems(404, 410, 422, 503),
)
async def ask_by_query(
    query: Annotated[AskQuery, Query()], request: Request, state: State
) -> ReplyBody:
    """Return the same as the POST request, at an address that can be shared."""
    return await _ask(state, request, query.q, query, query)


@router.post("/search", summary="Find passages", responses=problems(400, 404, 410, 413, 422, 503))
async def search(body: SearchRequest, request: Request, state: State) -> SearchBody:
    """Return passages, best first, without choosing an answer, even if `/v1/ask` would refuse."""

    def searched(_: Callable[[], bool]) -> SearchBody:
        found = state.service.search(
            body.question,
            filter=body.filters.filter(),
            limit=body.limit,
            dates=not body.ignore_dates,
            generation=body.generation,
        )
        state.telemetry.found(found)
        return SearchBody.of(found, explain=body.explain)

    return await state.in_turn(request, searched)


@router.post("/verify", summary="Check citations", responses=problems(400, 413, 422, 503))
async def verify(body: VerifyBody, state: State) -> VerdictsBody:
    """Compare each quote with the stored article at its range, character by character."""
    claims = [item.claim() for item in body.citations]
    return VerdictsBody.of(await run_in_threadpool(state.service.verify, claims))


async def _ask(
    state: AppState,
    request: Request,
    question: str,
    filters: Filters | FilterQuery,
    options: AskBody | AskQuery,
) -> ReplyBody:
    def asked(is_abandoned: Callable[[], bool]) -> ReplyBody:
        reply = state.service.ask(
            question,
            filter=filters.filter(),
            alternatives=options.alternatives,
            dates=not options.ignore_dates,
            generation=options.generation,
            is_abandoned=is_abandoned,
        )
        state.telemetry.answered(reply)
        return ReplyBody.of(reply, explain=options.explain)

    return await state.in_turn(request, asked)
