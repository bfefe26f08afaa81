"""Routes about jobs: the writes that wait, run or have ended; and the rebuild, which is one."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from api.http.problems import problems
from api.http.service import AppState, State
from api.http.waiting import ACCEPTED, Prefer, WaitQuery, accepted, is_async, job_body
from api.jobs.job import JobState
from api.jobs.reports import report_of_job
from api.schemas.jobs import JobBody, JobsBody, RebuildBody
from index.progress import IndexPart

router = APIRouter(prefix="/v1", tags=["jobs"])

BETWEEN_EVENTS = 15.0
"""Seconds at most: proxies end a stream that is silent for longer."""
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events named `job`, each with the job as JSON: one at once, "
        "one after each change, and the last when it has ended.",
        "content": {"text/event-stream": {}},
    }
}
LARGEST = 2**63 - 1
Number = Annotated[int, Path(ge=1, le=LARGEST, description="The `id` of the job.")]


class JobsQuery(BaseModel):
    state: JobState | None = Field(None, description="Only jobs in this state.")
    after: int | None = Field(
        None, ge=1, le=LARGEST, description="The `next` of the previous page."
    )
    limit: int = Field(50, ge=1, le=200)


class RebuildQuery(WaitQuery):
    only: list[IndexPart] = Field(
        [],
        description="Make these parts again of every article, also where nothing changed, and "
        "keep the others. Repeat it for several.",
    )


@router.get("/jobs", summary="List the jobs", responses=problems(422, 503))
async def list_jobs(query: Annotated[JobsQuery, Query()], state: State) -> JobsBody:
    """List the writes that wait or run, and the latest that ended; the newest first."""
    found = await run_in_threadpool(
        state.jobs.store.page, before=query.after, limit=query.limit + 1, state=query.state
    )
    shown = found[: query.limit]
    following = shown[-1].id if len(found) > query.limit else None
    return JobsBody(jobs=[job_body(each) for each in shown], next=following)


@router.get("/jobs/{id}", summary="Get a job", responses=problems(404, 422, 503))
async def get_job(id: Number, state: State) -> JobBody:
    """Return how far the job is, and how it ended."""
    return job_body(await run_in_threadpool(state.jobs.store.job, id))


@router.delete("/jobs/{id}", summary="Cancel a job", responses=problems(404, 409, 422, 503, 507))
async def cancel_job(id: Number, state: State) -> JobBody:
    """Cancel a job that waits at once, and one that runs after its present step.

    What it has stored until then is kept. A removal that is cancelled shows its article again.
    """
    return job_body(await run_in_threadpool(state.jobs.cancel, id))


@router.get(
    "/jobs/{id}/events",
    summary="Follow a job",
    response_class=StreamingResponse,
    responses=_STREAM | problems(404, 422, 503),
)
async def follow_job(id: Number, state: State) -> Response:
    """Send the job now and after every change, until it ends or the service stops."""
    await run_in_threadpool(state.jobs.store.job, id)
    return StreamingResponse(
        _events(state, id),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.post(
    "/index/rebuild",
    summary="Rebuild the index",
    response_model=RebuildBody,
    responses=ACCEPTED | problems(409, 422, 503, 507),
)
async def rebuild_index(
    state: State, query: Annotated[RebuildQuery, Query()], prefer: Prefer = None
) -> RebuildBody | Response:
    """Rebuild the index from the archive, after the writes that came before.

    The index from before answers until all is done. What was derived by the present rules is kept,
    but for the parts named by `only`.
    """
    job = await run_in_threadpool(state.jobs.rebuild, query.only)
    if is_async(query, prefer):
        return accepted(job)
    return RebuildBody.model_validate(report_of_job(await state.jobs.ended(job.id)))


async def _events(state: AppState, number: int) -> AsyncIterator[str]:
    async for job in state.jobs.changes(number, at_least_every=BETWEEN_EVENTS):
        yield f"event: job\ndata: {job_body(job).model_dump_json()}\n\n"
