"""Routes for operators: whether the service runs, whether it is ready, and its index."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.http.errors import NOT_READY, problem
from api.http.guards.authorization import may_also_read
from api.http.problems import problems
from api.http.service import State
from api.http.waiting import job_body
from api.schemas.body import RequestBody
from api.schemas.filters import Words
from api.schemas.jobs import IndexStateBody, QueueBody, RunningJobBody
from api.schemas.replies import GenerationsBody, RollbackBody
from api.telemetry.metrics import CONTENT_TYPE

router = APIRouter(tags=["operations"])


class RollbackRequest(RequestBody):
    model_config = ConfigDict(extra="forbid")

    generation: Words | None = Field(
        default=None,
        max_length=100,
        description="One that is kept; without it, the newest older than the current one.",
        examples=["00000003-1f2e3d4c"],
    )


class Alive(BaseModel):
    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    status: Literal["ready"] = "ready"


@router.get("/v1/index", summary="Get the state of the index", responses=problems(503))
async def get_index(request: Request, state: State) -> IndexStateBody:
    """Return the generation of the index that answers questions now, its size, and its writes.

    With a key that may not read jobs, what tells of the articles of the running one is null.
    """
    found = await run_in_threadpool(state.service.state)
    running, queued = await run_in_threadpool(state.jobs.store.now)
    shown: RunningJobBody | None = job_body(running) if running else None
    if shown and not may_also_read(request.scope, "/v1/jobs"):
        shown = shown.without_contents()
    return IndexStateBody.from_fact(found, jobs=QueueBody(running=shown, queued=queued))


@router.get("/v1/index/generations", summary="List the kept generations", responses=problems(503))
async def list_generations(state: State) -> GenerationsBody:
    """Return those that a question can name, newest first, and which one answers others."""
    found = await run_in_threadpool(state.service.generations)
    return GenerationsBody.model_validate({"generations": found})


@router.post(
    "/v1/index/rollback",
    summary="Make a kept generation current again",
    responses=problems(400, 404, 409, 410, 413, 422, 503, 507),
)
async def roll_back(state: State, body: RollbackRequest | None = None) -> RollbackBody:
    """Answer from an older generation until the next write, which publishes all articles.

    Removed articles stay hidden, also in older generations.
    """
    chosen = body.generation if body else None

    def rolled_back() -> RollbackBody:
        with state.jobs.paused():
            return RollbackBody.model_validate(state.service.rollback(chosen))

    return await run_in_threadpool(rolled_back)


@router.get("/metrics", include_in_schema=False)
async def metrics(state: State) -> Response:
    """The figures of the service, in Prometheus' text format."""
    text = await run_in_threadpool(state.telemetry.metrics.text)
    return Response(text, media_type=CONTENT_TYPE)


@router.get("/healthz", summary="Check that the process is alive")
async def healthz() -> Alive:
    """Respond at once, even if many questions are waiting."""
    return Alive()


@router.get(
    "/readyz",
    summary="Check that questions can be answered",
    response_model=Ready,
    responses=problems(503),
)
async def readyz(request: Request, state: State) -> Ready | Response:
    """Respond with 200 once the models are loaded and an index is open, else 503 and the reason.

    Also with 503 while the file of the keys is damaged, which lets nobody in.
    """
    keys = request.app.state.guards.keys
    trouble = state.readiness.trouble() or (keys.trouble() if keys else None)
    return Ready() if trouble is None else problem(request, NOT_READY, trouble)
