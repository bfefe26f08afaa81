"""One run of one job with the writer: until it is done, or has to make way.

An addition is stored and found by its words in one run, in which only removals go before it; its
statements and vectors make way for every job. What a run changed is noted before the next.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Protocol

from api.jobs.job import JobKind, Rank, WriteJob
from api.jobs.pace import Pace
from api.jobs.reports import as_json, items_of, joined, report_of
from api.jobs.store import JobStore
from index.build_report import BuildReport
from index.documents import Article, Reject, RejectReason
from index.errors import StorageError, UnknownArticleError
from index.progress import FINISHED_AT_ONCE, IndexPart, Progress, Until
from index.stores.tombstones import Tombstones

BETWEEN_NOTES = 1.0
"""Seconds between two notes of the progress; each waits for the disk."""
PATIENCE = 20.0
"""Seconds after which a cancelled job's run is given up, which ends the writer's process."""

Stop = Callable[[], bool]
ReadBody = Callable[[bytes, str], Iterable[Article | Reject]]


class GivenUp(Exception):  # noqa: N818  nothing is wrong
    """A cancelled job did not end by itself; what it had stored is kept."""


class ArticleWriter(Protocol):
    """Any method may take hours. One run at a time; `stop` is asked between its steps."""

    def add(
        self, items: Iterable[Article | Reject], *, progress: Progress, until: Until, stop: Stop
    ) -> BuildReport: ...

    def finish(self, *, progress: Progress, stop: Stop) -> BuildReport: ...

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport: ...

    def purge(self, ids: Sequence[str], *, progress: Progress) -> BuildReport: ...

    def rebuild(
        self, only: Collection[IndexPart], *, progress: Progress, stop: Stop
    ) -> BuildReport: ...

    def close(self) -> None: ...


class JobWork:
    """Runs jobs; knows no order among them."""

    def __init__(
        self,
        store: JobStore,
        writer: ArticleWriter,
        tombstones: Tombstones,
        *,
        read: ReadBody,
        closing: Callable[[], bool],
        changed: Callable[[], None],
    ) -> None:
        """`read` makes articles and rejects of a body; `changed` is called after each note."""
        self._store = store
        self._writer = writer
        self._tombstones = tombstones
        self._read = read
        self._closing = closing
        self._changed = changed

    def is_done(self, job: WriteJob) -> bool:
        """After one run; False if it was stopped and has more to do."""
        match job.kind:
            case JobKind.ADD:
                return self._add(job)
            case JobKind.REMOVE | JobKind.PURGE:
                return self._take_down(job)
            case JobKind.REBUILD:
                return self._rebuild(job)

    def hides_any(self) -> bool:
        return bool(self._tombstones.ids())

    def take_down_again(self) -> None:
        """Of what is hidden, whatever no job would remove: its removal failed, or was not kept."""
        for each in self._tombstones.ids():
            self._store.take_down_again(each)

    def _add(self, job: WriteJob) -> bool:
        if job.rank is Rank.WRITE:
            items = self._items(job)
            report, stopped = self._stored(job, items)
            if items_of(report) < len(items):
                return False
            self._lift_older(job)
            if job.until is Until.WORDS or (not stopped and len(items) <= FINISHED_AT_ONCE):
                return True
            if stopped:
                return False
            job = replace(job, report=as_json(report), rank=Rank.FINISH)
        stop = _Watched(self._must_stop(job, Rank.FINISH))
        self._note(job, self._writer.finish(progress=self._progress(job), stop=stop), Rank.FINISH)
        return not stop.said

    def _stored(self, job: WriteJob, items: Sequence[Article | Reject]) -> tuple[BuildReport, bool]:
        """The articles not stored yet; of a few, which are stored at once, all else too."""
        before = job.report and report_of(job.report)
        rest = items[items_of(before) :] if before else items
        few = len(items) <= FINISHED_AT_ONCE
        stop = _Watched(self._must_stop(job, Rank.FINISH if few else Rank.WRITE))
        until = job.until if few else Until.WORDS
        report = self._writer.add(rest, progress=self._progress(job), until=until, stop=stop)
        all_stored = items_of(report) >= len(rest)
        return self._note(job, report, Rank.FINISH if all_stored else Rank.WRITE), stop.said

    def _items(self, job: WriteJob) -> list[Article | Reject]:
        """What was sent, at its places; what was taken down since is not added."""
        hidden = self._store.taken_down_since(job.id)
        return [_refused(item, hidden) for item in self._read(*self._store.body(job.id))]

    def _lift_older(self, job: WriteJob) -> None:
        """What is added after its take-down is shown, also if its removal had failed."""
        hidden = set(self._tombstones.ids())
        later = self._store.taken_down_since(job.id)
        for each in (hidden & self._store.sent(job.id)) - later:
            if self._store.open_take_down(each) is None:
                self._tombstones.lift(each)

    def _take_down(self, job: WriteJob) -> bool:
        assert job.article_id is not None  # noqa: S101  every take-down has one
        take_down = self._writer.purge if job.kind is JobKind.PURGE else self._writer.remove
        try:
            report = take_down([job.article_id], progress=self._progress(job))
        except UnknownArticleError:  # nothing was ever here
            self._tombstones.lift(job.article_id)
            raise
        removed = max(report.removed, job.items)  # a run before, cut short, may have removed it
        self._note(job, replace(report, removed=removed), job.rank)
        self._tombstones.lift(job.article_id)
        return True

    def _rebuild(self, job: WriteJob) -> bool:
        stop = _Watched(self._must_stop(job, Rank.WRITE))
        report = self._writer.rebuild(job.only, progress=self._progress(job), stop=stop)
        self._note(job, report, job.rank)
        if not stop.said:
            self.take_down_again()
        return not stop.said

    def _note(self, job: WriteJob, report: BuildReport, rank: Rank) -> BuildReport:
        whole = joined(report_of(job.report) if job.report else None, report)
        self._store.note_report(job.id, as_json(whole), rank)
        return whole

    def _must_stop(self, job: WriteJob, before: Rank) -> Stop:
        """When the server stops, the job is cancelled, or one of a rank `before` this waits."""
        cancelled_since: list[float] = []

        def must_stop() -> bool:
            if self._closing():
                return True
            if self._store.is_cancelled(job.id):
                cancelled_since.append(monotonic())
                if cancelled_since[-1] - cancelled_since[0] > PATIENCE:
                    raise GivenUp
                return True
            return self._store.has_waiting(before)

        return must_stop

    def _progress(self, job: WriteJob) -> Progress:
        pace, noted_at = Pace(), 0.0

        def note(stage: str, done: int, total: int | None) -> None:
            nonlocal noted_at
            pace.note(stage, done, total)
            if monotonic() - noted_at >= BETWEEN_NOTES:
                noted_at = monotonic()
                with suppress(StorageError):  # the run itself says so, if it is a fault of its own
                    self._store.note_progress(job.id, stage, done, total, pace.ends_at())
                self._changed()

        return note


class _Watched:
    """Remembers whether it said that a run must stop."""

    def __init__(self, must_stop: Stop) -> None:
        self._must_stop = must_stop
        self.said = False

    def __call__(self) -> bool:
        self.said = self._must_stop() or self.said
        return self.said


def _refused(item: Article | Reject, hidden: set[str]) -> Article | Reject:
    if isinstance(item, Reject) or item.id not in hidden:
        return item
    detail = f"article {item.id!r} was taken down after this was sent; send it again to add it"
    return Reject(Path("body"), None, RejectReason.TAKEN_DOWN, detail)
