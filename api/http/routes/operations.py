"""Routes for operators: whether the service runs, whether it is ready, and its index."""

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


@router.get("/v1/index", summary="Get the state of the index", responses=problems(503))
async def get_index(state: State) -> IndexBody:
    """Return the generation of the index that answers questions now, and its size."""
    return IndexBody.model_validate(await run_in_threadpool(state.service.state))


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
    """Respond with 200 once the models are loaded and an index is open, else 503 and the reason."""
    trouble = state.readiness.trouble()
    return Ready() if trouble is None else problem(request, NOT_READY, trouble)
