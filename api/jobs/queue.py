"""The queue of writes of a running server: takes jobs, runs them, and lets requests wait."""

import logging
import math
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from uuid import uuid4

import anyio
from anyio.to_thread import run_sync

from api.jobs.changes import Changes
from api.jobs.job import Failure, JobKind, JobState, WriteJob
from api.jobs.runner import RETRY_SECONDS, JobRunner
from api.jobs.store import JobStore
from api.jobs.work import ArticleWriter, JobWork, ReadBody, Stop
from index import errors
from index.progress import IndexPart, Until
from index.stores.tombstones import Tombstones

logger = logging.getLogger(__name__)

BETWEEN_LOOKS = 1.0
"""Seconds; the job may be run by another server of the same folder, which cannot tell us."""


class JobQueue:
    """Of one data folder. Methods that are not async wait for the disk: call them in a thread."""

    def __init__(
        self,
        folder: Path | None,
        writer: ArticleWriter,
        *,
        read: ReadBody,
        unfinished: Callable[[], bool],
        written: Callable[[], None] = lambda: None,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """`read` makes articles of a body; `written` is called when a job begins or ends.

        Without a folder, the jobs are forgotten when it is closed.
        """
        self._temporary = None if folder else Path(tempfile.gettempdir(), f"onrecord-{uuid4()}")
        folder = folder or self._temporary
        assert folder is not None  # noqa: S101  one of the two
        self.store = JobStore(folder)
        self._tombstones = Tombstones(folder)
        self._writer = writer
        self._changes = Changes()
        self._written = written
        self._stopping = False
        self._runner = JobRunner(
            folder,
            self.store,
            work=lambda closing: JobWork(
                self.store,
                writer,
                self._tombstones,
                read=read,
                closing=closing,
                changed=self._changes.tell,
            ),
            finish=self._finish,
            unfinished=unfinished,
            changed=self._on_change,
            retry_seconds=retry_seconds,
        )

    def start(self) -> None:
        self._stopping = False
        self._runner.start()

    def stop(self) -> None:
        """Returns at once: what runs ends after its step, and who waits is told so."""
        self._stopping = True
        self._runner.stop()
        self._changes.tell()

    def close(self, seconds: float) -> None:
        self.stop()
        self._runner.close(seconds)
        self.store.close()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def add(
        self, body: bytes, media_type: str, *, ids: Iterable[str], items: int, until: Until
    ) -> WriteJob:
        return self._taken(self.store.add(body, media_type, ids=ids, items=items, until=until))

    def remove(self, article_id: str, *, is_there: bool) -> WriteJob:
        """No reader finds the article once this returns. One removal of an article at a time."""
        self._tombstones.put(article_id)
        return self._taken(self.store.take_down(article_id, is_there=is_there, kind=JobKind.REMOVE))

    def purge(self, article_id: str, *, is_there: bool) -> WriteJob:
        """As `remove`; also of an article that was removed before: there is none to hide."""
        if is_there or self.is_coming(article_id):
            self._tombstones.put(article_id)
        return self._taken(self.store.take_down(article_id, is_there=is_there, kind=JobKind.PURGE))

    def rebuild(self, only: Collection[IndexPart] = ()) -> WriteJob:
        return self._taken(self.store.rebuild(only))

    def is_hidden(self, article_id: str) -> bool:
        """Whether it was taken down and is still to be removed from the archive."""
        return article_id in self._tombstones

    def is_coming(self, article_id: str) -> bool:
        """Whether an addition that waits or runs has it."""
        return self.store.is_coming(article_id)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing begins meanwhile; what finishes the index makes way, a job that runs does not."""
        with self._runner.paused():
            yield

    def cancel(self, number: int) -> WriteJob:
        """A removal that has not begun shows its article again."""
        job = self.store.cancel(number)
        if job.article_id is not None and self.store.open_take_down(job.article_id) is None:
            self._tombstones.lift(job.article_id)
        self._taken(job)
        return job

    async def ended(self, number: int) -> WriteJob:
        """Once the job is done; else the error that ended it, or StoppingError."""
        async for job in self.changes(number, at_least_every=math.inf):
            if failure := job.failure or self._runner.unrecorded.get(number):
                raise error_of(failure)
            if job.state is JobState.CANCELLED:
                raise errors.JobCancelledError(
                    f"Job {number} was cancelled: what it had stored until then is kept."
                )
            if job.has_ended:
                return job
        raise errors.StoppingError(
            f"The service is stopping: job {number} goes on after its next start."
        )

    async def changes(self, number: int, *, at_least_every: float) -> AsyncIterator[WriteJob]:
        """The job as it is, and again after each change, until it has ended or the server stops.

        Also after so many seconds without one.
        """
        seen, told_at = None, monotonic()
        with self._changes.listening() as changed:
            while True:
                changed.clear()
                job = await run_sync(self.store.job, number)
                is_new = job != seen or number in self._runner.unrecorded
                if is_new or monotonic() - told_at >= at_least_every:
                    told_at = monotonic()
                    yield job
                if job.has_ended or self._stopping:
                    return
                seen = job
                with anyio.move_on_after(BETWEEN_LOOKS):
                    await changed.wait()

    def _taken(self, job: WriteJob) -> WriteJob:
        self._runner.wake()
        self._changes.tell()
        return job

    def _on_change(self) -> None:
        self._written()
        self._changes.tell()

    def _finish(self, stop: Stop) -> None:
        self._writer.finish(progress=_log_progress, stop=stop)


def error_of(failure: Failure) -> errors.OnRecordError:
    """As it was raised when the job ran."""
    kind = getattr(errors, failure.name, errors.OnRecordError)
    found: errors.OnRecordError = kind(failure.message)
    return found


def _log_progress(stage: str, done: int, total: int | None) -> None:
    logger.debug("%s %d of %s", stage, done, total)
