"""The tables of jobs, and jobs read from their rows."""

import json
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from api.jobs.job import TAKE_DOWNS, Failure, JobKind, JobState, Rank, WriteJob
from index.errors import ArchiveError, StorageError, UnknownJobError
from index.progress import IndexPart, Until
from index.stores.archive.database import Connection, Database, Row
from index.stores.durable_files import keep_private

_FIRST = (
    """create table jobs (
        id integer primary key autoincrement, kind text not null, state text not null,
        rank integer not null, until text not null, article_id text, media_type text,
        items integer not null, stage text, done integer not null default 0, total integer,
        ends_at text, report text, error text, message text,
        cancel_asked integer not null default 0, losses integer not null default 0,
        created_at text not null, started_at text, ended_at text)""",
    "create index jobs_open on jobs (rank, id) where ended_at is null",
    "create index jobs_of_articles on jobs (article_id) where article_id is not null",
    # beside `jobs`, so that a list of jobs does not read them; both only while a job is open
    "create table bodies (job integer primary key, body blob not null)",
    """create table sent (
        article_id text, job integer, primary key (article_id, job)) without rowid""",
    "create index sent_by_job on sent (job)",
)
_MIGRATIONS = (
    _FIRST,
    # of a rebuild: the parts that are made again of every article, as JSON
    ("alter table jobs add column parts text not null default '[]'",),
)
_FORMAT = len(_MIGRATIONS)


def prepared(path: Path, *, read_only: bool) -> Database | None:
    """Opened, with its tables; None if it has none yet and is only to be read."""
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_private(path)
    database = Database(path, read_only=read_only)
    try:
        with database.plain() as connection:
            found = connection.value("pragma user_version")
            if not read_only:
                connection.execute("pragma journal_mode=wal").fetchall()
        _refuse_newer(path, found)
        if found == 0 and read_only:
            database.close()
            return None
        if found < _FORMAT and not read_only:
            _migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def _keep_private(path: Path) -> None:
    """What was sent waits in it, and may not be published yet."""
    try:
        keep_private(path)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be opened ({error.strerror}); "
            "check that the folder exists and that you may read and write it"
        ) from error


def _refuse_newer(path: Path, found: int) -> None:
    if found > _FORMAT:
        raise ArchiveError(
            f"{path} has format {found}, this onrecord reads {_FORMAT}; upgrade onrecord"
        )


def _migrate(database: Database) -> None:
    with database.write() as connection:
        found = connection.value("pragma user_version")  # another process may have been quicker
        for change in (each for migration in _MIGRATIONS[found:] for each in migration):
            connection.execute(change)
        connection.execute(f"pragma user_version={_FORMAT}")


def one(connection: Connection, number: int) -> WriteJob:
    found = jobs_where(connection, "id = ?", number)
    if not found:
        raise unknown(number)
    return found[0]


def jobs_where(connection: Connection, condition: str, *values: object) -> list[WriteJob]:
    rows = connection.execute(f"select * from jobs where {condition}", values)  # noqa: S608  ours
    return [_job_of(row) for row in rows.fetchall()]


def open_take_down_of(
    connection: Connection, article_id: str, kinds: Collection[JobKind] = TAKE_DOWNS
) -> WriteJob | None:
    found = jobs_where(connection, "article_id = ? and ended_at is null", article_id)
    return next((job for job in found if job.kind in kinds), None)


def count_queued(connection: Connection) -> int:
    return int(
        connection.value("select count(*) from jobs where ended_at is null and state = 'queued'")
    )


def _job_of(row: Row) -> WriteJob:
    failure = None if row["error"] is None else Failure(row["error"], row["message"])
    return WriteJob(
        id=row["id"],
        kind=JobKind(row["kind"]),
        state=JobState(row["state"]),
        rank=Rank(row["rank"]),
        until=Until(row["until"]),
        article_id=row["article_id"],
        only=_parts(row),
        items=row["items"],
        stage=row["stage"],
        done=row["done"],
        total=row["total"],
        ends_at=_instant(row["ends_at"]),
        report=row["report"],
        failure=failure,
        cancel_asked=bool(row["cancel_asked"]),
        losses=row["losses"],
        created_at=datetime.fromisoformat(row["created_at"]),
        started_at=_instant(row["started_at"]),
        ended_at=_instant(row["ended_at"]),
    )


def _parts(row: Row) -> tuple[IndexPart, ...]:
    """None in a file of before there were any, which a reader leaves as it is."""
    return tuple(map(IndexPart, json.loads(row["parts"]))) if "parts" in row.keys() else ()  # noqa: SIM118


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def unknown(number: int) -> UnknownJobError:
    return UnknownJobError(
        f"There is no job {number}; GET /v1/jobs lists those that wait or run, and the latest "
        "that ended."
    )
