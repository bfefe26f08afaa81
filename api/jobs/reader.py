"""The jobs of a data folder, read from a small SQLite file of its own: jobs.sqlite.

Safe from many threads and processes. There is no file until the first job, and then there are none.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from api.jobs.job import JobState, Rank, WriteJob
from api.jobs.tables import count_queued, jobs_where, one, open_take_down_of, prepared, unknown
from index.stores.archive.database import Connection, Database

FILE = "jobs.sqlite"


class JobReader:
    def __init__(self, folder: Path, *, read_only: bool = True) -> None:
        self._path = folder / FILE
        self._read_only = read_only
        self._lock = threading.Lock()
        self._database: Database | None = None

    def close(self) -> None:
        if self._database:
            self._database.close()

    def job(self, number: int) -> WriteJob:
        with self._read() as connection:
            if connection is None:
                raise unknown(number)
            return one(connection, number)

    def page(self, *, before: int | None, limit: int, state: JobState | None) -> list[WriteJob]:
        """The newest first, from the one before `before`."""
        with self._read() as connection:
            if connection is None:
                return []
            return jobs_where(
                connection,
                "(?1 is null or id < ?1) and (?2 is null or state = ?2) order by id desc limit ?3",
                before,
                state,
                limit,
            )

    def now(self) -> tuple[WriteJob | None, int]:
        """The running job, and how many wait."""
        with self._read() as connection:
            if connection is None:
                return None, 0
            running = jobs_where(connection, "ended_at is null and state = 'running' limit 1")
            return (running[0] if running else None), count_queued(connection)

    def counts(self) -> dict[str, int]:
        """Of every state, also those that ended and are still kept."""
        with self._read() as connection:
            counts = {state.value: 0 for state in JobState}
            if connection is not None:
                query = "select state, count(*) from jobs group by state"
                counts |= {row[0]: row[1] for row in connection.execute(query).fetchall()}
            return counts

    def open_take_down(self, article_id: str) -> WriteJob | None:
        with self._read() as connection:
            return open_take_down_of(connection, article_id) if connection else None

    def is_coming(self, article_id: str) -> bool:
        """Whether an addition that waits or runs has it."""
        with self._read() as connection:
            query = "select count(*) from sent where article_id = ?"
            with suppress(UnicodeEncodeError):  # a lone surrogate: in no id that could be sent
                return bool(connection and connection.value(query, article_id))
            return False

    def sent(self, number: int) -> set[str]:
        """The ids of the articles of an addition that has not ended."""
        with self._read() as connection:
            query = "select article_id from sent where job = ?"
            rows = connection.execute(query, (number,)).fetchall() if connection else []
            return {article_id for (article_id,) in rows}

    def taken_down_since(self, number: int) -> set[str]:
        """The articles of take-downs that came after this job."""
        with self._read() as connection:
            query = (
                "select article_id from jobs where article_id is not null and id > ?"
                " and state <> 'cancelled'"
            )
            rows = connection.execute(query, (number,)).fetchall() if connection else []
            return {article_id for (article_id,) in rows}

    def body(self, number: int) -> tuple[bytes, str]:
        """And its media type."""
        with self._read() as connection:
            if connection is None:
                raise unknown(number)
            [row] = connection.execute(
                "select body, media_type from bodies join jobs on jobs.id = job where job = ?",
                (number,),
            ).fetchall()
            return row["body"], row["media_type"]

    def is_cancelled(self, number: int) -> bool:
        """Whether it runs, and is asked to stop for good."""
        with self._read() as connection:
            query = "select cancel_asked from jobs where id = ?"
            return bool(connection and connection.value(query, number))

    def has_waiting(self, before: Rank) -> bool:
        """Whether a job waits that goes before those of this rank."""
        with self._read() as connection:
            query = (
                "select exists (select 1 from jobs"
                " where ended_at is null and state = 'queued' and rank < ?)"
            )
            return bool(connection and connection.value(query, before))

    def has_open(self) -> bool:
        with self._read() as connection:
            query = "select exists (select 1 from jobs where ended_at is null)"
            return bool(connection and connection.value(query))

    @contextmanager
    def _read(self) -> Iterator[Connection | None]:
        """None if there is no file yet."""
        database = self._opened() if self._database or self._path.exists() else None
        if database is None:
            yield None
            return
        with database.read() as connection:
            yield connection

    def _opened(self) -> Database | None:
        with self._lock:
            if self._database is None:
                self._database = prepared(self._path, read_only=self._read_only)
            return self._database
