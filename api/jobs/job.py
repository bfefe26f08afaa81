"""One write as a job: what it is to do, how far it is, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from index.progress import IndexPart, Until


class JobKind(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    PURGE = "purge"
    """Removes an article and erases all there is of it."""
    REBUILD = "rebuild"


class JobState(StrEnum):
    QUEUED = "queued"
    """Also between two runs, while it makes way for another job."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


TAKE_DOWNS = frozenset({JobKind.REMOVE, JobKind.PURGE})
ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class Rank(IntEnum):
    """Which job goes first; of one rank, the older."""

    REMOVAL = 0
    WRITE = 1
    """In order: a later text of an article must not be stored before an earlier one."""
    FINISH = 2
    """Its articles are found by their words; statements and vectors make way for all others."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of `index.errors`, by its name, and its message."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class WriteJob:
    id: int
    kind: JobKind
    state: JobState
    rank: Rank
    until: Until
    """Of an addition: it is done when its words are there, or all."""
    article_id: str | None
    """Of a take-down."""
    only: tuple[IndexPart, ...]
    """Of a rebuild: what is made again of every article."""
    items: int
    """Of an addition, the articles and rejects that were sent; of a take-down, whether the archive
    had the article (1) or not (0)."""
    stage: str | None
    """Of `index.progress`; null before the first."""
    done: int
    total: int | None
    """What `done` counts towards, where the stage knows it."""
    ends_at: datetime | None
    """At the present pace; None where that is unknown."""
    report: str | None
    """What it has changed until now, as JSON (`api.jobs.reports`)."""
    failure: Failure | None
    cancel_asked: bool
    losses: int
    """How often the writer was lost since the job last got further."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED
