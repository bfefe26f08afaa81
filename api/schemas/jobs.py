"""Jobs as JSON."""

from datetime import datetime
from typing import Self

from pydantic import Field

from api.jobs.job import TAKE_DOWNS, JobKind, JobState, WriteJob
from api.jobs.reports import report_of
from api.schemas.articles import RemovalBody, ReportBody
from api.schemas.body import Body
from api.schemas.replies import IndexBody
from index.progress import IndexPart, Until


class FailureBody(Body):
    type: str = Field(examples=["/problems/storage"])
    detail: str = Field(description="What was found, what was wanted and what to do.")


class RunningJobBody(Body):
    """The write that runs, as everybody who may read the index sees it."""

    id: int | None = Field(description="Null for a key that may not read jobs.")
    kind: JobKind
    state: JobState = Field(
        description="`queued` also while it makes way for another job between two steps."
    )
    until: Until = Field(
        description="Of an addition: whether it is done when its words are there, or all."
    )
    article: str | None = Field(description="The id of the article, of a removal or erasure.")
    only: list[IndexPart] | None = Field(
        description="Of a rebuild, the parts that are made again of every article; null of others."
    )
    items: int | None = Field(
        description="Of an addition, how many articles and rejects were sent."
    )
    stage: str | None = Field(
        description="What it does: reading, splitting, grouping, attributing, embedding, or "
        "publishing; null until it does."
    )
    done: int = Field(description="How much of the stage is done.")
    total: int | None = Field(description="Of how much, if the stage knows it.")
    rejected: int | None = Field(
        description="Items that were not accepted; `report` lists them. Null for a key that may "
        "not read jobs, as `article`, `report` and `failure` are."
    )
    eta: datetime | None = Field(
        description="When it will probably end; null while that is unknown."
    )
    report: ReportBody | RemovalBody | None = Field(
        description="What it has changed until now; of an addition or a rebuild, or of a removal."
    )
    failure: FailureBody | None = Field(description="Why it failed.")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, job: WriteJob, failure: FailureBody | None) -> Self:
        report = report_of(job.report) if job.report else None
        of_kind = RemovalBody if job.kind in TAKE_DOWNS else ReportBody
        return cls.from_fact(
            job,
            article=job.article_id,
            only=job.only if job.kind is JobKind.REBUILD else None,
            items=job.items if job.kind is JobKind.ADD else None,
            rejected=len(report.rejects) if report else 0,
            eta=job.ends_at,
            report=report and of_kind.model_validate(report),
            failure=failure,
        )

    def without_contents(self) -> "RunningJobBody":
        """Without what tells which articles were sent or taken down."""
        withheld = dict.fromkeys(("id", "article", "rejected", "report", "failure"))
        return RunningJobBody.from_fact(self, **withheld)


class JobBody(RunningJobBody):
    """A write that waits, runs or has ended."""

    id: int
    rejected: int = Field(description="Items that were not accepted; `report` lists them.")


class JobsBody(Body):
    jobs: list[JobBody]
    next: int | None = Field(
        description="Send it as `after` to get the next page; null on the last page."
    )


class QueueBody(Body):
    """The writes of a data folder."""

    running: RunningJobBody | None
    queued: int = Field(description="How many wait.")


class IndexStateBody(IndexBody):
    """The index that answers now, and what is being written."""

    jobs: QueueBody


class RebuildBody(Body):
    articles: int
    passages: int
    statements: int
    embedded: int = Field(
        description="Passages embedded while it ran; known ones are only repeated "
        "by `only=vectors`."
    )
    generation: str
