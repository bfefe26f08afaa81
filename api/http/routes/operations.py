"""For those who run the service: is it up, is it ready, what does the index hold."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from api.http.errors import NOT_READY, problem
from api.http.problems import problems
from api.http.service import State
from api.schemas.replies import IndexBody

router = APIRouter(tags=["operations"])


class Alive(BaseModel):
    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    status: Literal["ready"] = "ready"


@router.get("/v1/index", summary="The state of the index", responses=problems(503))
async def index(state: State) -> IndexBody:
    """Which generation answers now."""
    return IndexBody.of(await run_in_threadpool(state.service.state))


@router.get("/healthz", summary="Is the process alive?")
async def alive() -> Alive:
    """Says so at once, however many questions are waiting."""
    return Alive()


@router.get("/readyz", summary="Can it answer?", response_model=Ready, responses=problems(503))
async def ready(request: Request, state: State) -> Ready | Response:
    """Once the models are loaded and an index is open; until then 503 with the reason."""
    trouble = state.readiness.trouble()
    return Ready() if trouble is None else problem(request, NOT_READY, trouble)
