"""How long a request to write waits: until its job is done, or not at all, with the job at once."""

from typing import Annotated, Any

from fastapi import Header, Query
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from api.http.errors import problem_type
from api.jobs.job import WriteJob
from api.schemas.jobs import FailureBody, JobBody
from index.progress import Until

_ASYNC = "respond-async"
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": JobBody, "description": "The job, which waits; `Location` is its address."}
}
"""One of the `responses` of a route that makes a job."""


class WaitQuery(BaseModel):
    wait: Until = Field(
        Until.ALL,
        description="When to respond: `all` when all is done, `words` when the articles are found "
        "by their words, `none` at once, with the job (202).",
    )


Wait = Annotated[WaitQuery, Query()]
Prefer = Annotated[
    str | None,
    Header(description="`respond-async` for the job at once (202), as `wait=none`."),
]


def is_async(query: WaitQuery, prefer: str | None) -> bool:
    wishes = {each.strip().lower() for each in (prefer or "").split(",")}
    return query.wait is Until.NONE or _ASYNC in wishes


def until(query: WaitQuery) -> Until:
    """When the job is done: who does not wait at all wants all of it."""
    return Until.ALL if query.wait is Until.NONE else query.wait


def accepted(job: WriteJob) -> JSONResponse:
    """The job, and where it is found later."""
    headers = {"Location": f"/v1/jobs/{job.id}", "Preference-Applied": _ASYNC}
    return JSONResponse(job_body(job).model_dump(mode="json"), 202, headers)


def job_body(job: WriteJob) -> JobBody:
    if job.failure is None:
        return JobBody.of(job, None)
    kind = problem_type(job.failure.name)
    return JobBody.of(job, FailureBody(type=kind, detail=job.failure.message))
