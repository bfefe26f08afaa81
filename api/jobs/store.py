"""The jobs of a data folder, written: each change is on the disk when its call returns."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from api.jobs.job import TAKE_DOWNS, Failure, JobKind, JobState, Rank, WriteJob
from api.jobs.pace import utc_now
from api.jobs.reader import JobReader
from api.jobs.tables import count_queued, jobs_where, one, open_take_down_of
from index.errors import JobEndedError, QueueFullError
from index.language.numbers import counted
from index.progress import IndexPart, Until
from index.stores.archive.database import Connection

ENDED_KEPT = 1000
MOST_WAITING, MOST_BYTES = 100, 512 * 1024 * 1024
"""Further additions are refused while so many jobs, or so large bodies, wait."""


class JobStore(JobReader):
    """Who runs the jobs decides what to write."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime] = utc_now,
        most_waiting: int = MOST_WAITING,
        most_bytes: int = MOST_BYTES,
        ended_kept: int = ENDED_KEPT,
    ) -> None:
        super().__init__(folder, read_only=False)
        self._clock = clock
        self._most_waiting, self._most_bytes = most_waiting, most_bytes
        self._ended_kept = ended_kept

    def add(
        self,
        body: bytes,
        media_type: str,
        *,
        ids: Iterable[str],
        items: int,
        until: Until,
    ) -> WriteJob:
        """An addition; `ids` are those of its articles. QueueFullError if too many wait."""
        with self._write() as connection:
            self._refuse_if_full(connection, len(body))
            number = self._insert(connection, JobKind.ADD, until, items, media_type=media_type)
            connection.execute("insert into bodies values (?, ?)", (number, body))
            connection.executemany(
                "insert or ignore into sent values (?, ?)", ((each, number) for each in ids)
            )
            return one(connection, number)

    def take_down(self, article_id: str, *, is_there: bool, kind: JobKind) -> WriteJob:
        """A removal or an erasure, or the one that waits or runs; never refused as too many."""
        with self._write() as connection:
            if known := open_take_down_of(connection, article_id, {kind}):
                return known
            items = int(is_there)
            return one(
                connection, self._insert(connection, kind, Until.WORDS, items, article=article_id)
            )

    def take_down_again(self, article_id: str) -> None:
        """As it was taken down last, unless it is to be."""
        with self._write() as connection:
            if open_take_down_of(connection, article_id):
                return
            last = connection.value(
                "select kind from jobs where article_id = ? order by id desc limit 1", article_id
            )
            kind = JobKind(last or JobKind.REMOVE)
            self._insert(connection, kind, Until.WORDS, 1, article=article_id)

    def rebuild(self, only: Collection[IndexPart] = ()) -> WriteJob:
        """A rebuild, or the one of the same parts that waits and has not begun."""
        parts = json.dumps(sorted(set(only)))
        with self._write() as connection:
            found = jobs_where(
                connection,
                "kind = 'rebuild' and state = 'queued' and started_at is null and parts = ?",
                parts,
            )
            if found:
                return found[0]
            self._refuse_if_full(connection, 0)
            number = self._insert(connection, JobKind.REBUILD, Until.ALL, 0)
            connection.execute("update jobs set parts = ? where id = ?", (parts, number))
            return one(connection, number)

    def begin(self) -> WriteJob | None:
        """The next job, now running; None if none waits."""
        if not self.has_open():
            return None
        with self._write() as connection:
            found = jobs_where(
                connection, "ended_at is null and state = 'queued' order by rank, id limit 1"
            )
            for job in found:
                connection.execute(
                    "update jobs set state = 'running', started_at = coalesce(started_at, ?)"
                    " where id = ?",
                    (self._now(), job.id),
                )
                return one(connection, job.id)
            return None

    def note_progress(
        self, number: int, stage: str, done: int, total: int | None, ends_at: datetime | None
    ) -> None:
        until = ends_at and ends_at.isoformat()
        self._update(number, stage=stage, done=done, total=total, ends_at=until)

    def note_report(self, number: int, report: str, rank: Rank) -> None:
        """What it has changed until now, and in which rank it goes on."""
        self._update(number, report=report, rank=rank, losses=0)

    def note_loss(self, number: int) -> None:
        """The writer was lost: it waits again."""
        with self._write() as connection:
            connection.execute(
                "update jobs set state = 'queued', ends_at = null, losses = losses + 1"
                " where id = ?",
                (number,),
            )

    def put_back(self, number: int) -> None:
        """It waits again."""
        self._update(number, state=JobState.QUEUED, ends_at=None)

    def put_all_back(self) -> None:
        """What was running when its server was killed waits again."""
        if self.has_open():
            with self._write() as connection:
                connection.execute(
                    "update jobs set state = 'queued', ends_at = null where state = 'running'"
                )

    def end(self, number: int, state: JobState, failure: Failure | None = None) -> None:
        """Its body is erased; of ended jobs the newest are kept."""
        with self._write() as connection:
            self._end(connection, number, state, failure)

    def cancel(self, number: int) -> WriteJob:
        """At once if it waits; else it is asked to stop. JobEndedError if it is too late."""
        self.job(number)
        with self._write() as connection:
            job = one(connection, number)
            if job.has_ended or (job.kind in TAKE_DOWNS and job.state is JobState.RUNNING):
                raise JobEndedError(_too_late(job))
            if job.state is JobState.QUEUED:
                self._end(connection, number, JobState.CANCELLED, None)
            else:
                connection.execute("update jobs set cancel_asked = 1 where id = ?", (number,))
            return one(connection, number)

    def tidy(self) -> None:
        """Leave nothing of erased bodies in the files."""
        if self._database:
            with self._database.plain() as connection:
                connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def _insert(
        self,
        connection: Connection,
        kind: JobKind,
        until: Until,
        items: int,
        *,
        article: str | None = None,
        media_type: str | None = None,
    ) -> int:
        rank = Rank.REMOVAL if kind in TAKE_DOWNS else Rank.WRITE
        [(number,)] = connection.execute(
            "insert into jobs (kind, state, rank, until, article_id, media_type, items, created_at)"
            " values (?, 'queued', ?, ?, ?, ?, ?, ?) returning id",
            (kind, rank, until, article, media_type, items, self._now()),
        ).fetchall()
        return int(number)

    def _end(
        self, connection: Connection, number: int, state: JobState, failure: Failure | None
    ) -> None:
        connection.execute("pragma secure_delete=on").fetchall()
        connection.execute(
            "update jobs set state = ?, error = ?, message = ?, ends_at = null, ended_at = ?"
            " where id = ?",
            (state, failure and failure.name, failure and failure.message, self._now(), number),
        )
        connection.execute("delete from bodies where job = ?", (number,))
        connection.execute("delete from sent where job = ?", (number,))
        self._forget_old(connection)

    def _refuse_if_full(self, connection: Connection, size: int) -> None:
        waiting = count_queued(connection)
        held = connection.value("select coalesce(sum(length(body)), 0) from bodies")
        if waiting >= self._most_waiting or (held and held + size > self._most_bytes):
            raise QueueFullError(
                f"{counted(waiting, 'write', 'wait')} already, with {held / 1e6:,.0f} MB: nothing "
                "of this one was stored; send it again later."
            )

    def _forget_old(self, connection: Connection) -> None:
        """Not what came after the oldest open job: its removals still count for that one."""
        connection.execute(
            "delete from jobs where ended_at is not null"
            " and id < coalesce((select min(id) from jobs where ended_at is null), 1 << 62)"
            " and id <= (select max(id) from jobs) - ?",
            (self._ended_kept,),
        )

    def _update(self, number: int, **values: object) -> None:
        columns = ", ".join(f"{name} = ?" for name in values)
        with self._write() as connection:
            connection.execute(
                f"update jobs set {columns} where id = ?",  # noqa: S608  names of ours
                (*values.values(), number),
            )

    def _now(self) -> str:
        return self._clock().isoformat()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        database = self._opened()
        assert database is not None  # noqa: S101  only a reader has none
        with database.write() as connection:
            yield connection


def _too_late(job: WriteJob) -> str:
    if job.has_ended:
        return f"Job {job.id} has ended as {job.state.value}: there is nothing to cancel."
    return f"Job {job.id} is removing its article now: it ends in seconds and is not cancelled."
