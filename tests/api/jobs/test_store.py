"""Jobs on the disk: bounded, erased when they are done, readable by other processes."""

import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.jobs.job import Failure, JobKind, JobState
from api.jobs.reader import JobReader
from api.jobs.store import JobStore
from index.errors import ArchiveError, JobEndedError, QueueFullError, UnknownJobError
from index.progress import IndexPart, Until
from tests.support.fakes_jobs import JSON

NOON = datetime(2025, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    made = JobStore(tmp_path, clock=lambda: NOON, most_waiting=3, most_bytes=100, ended_kept=2)
    with closing(made):
        yield made


def add(store: JobStore, body: bytes = b"[]", *ids: str) -> int:
    return store.add(body, JSON, ids=ids, items=1, until=Until.ALL).id


def test_a_job_is_read_back_by_another_process_as_it_was_written(
    store: JobStore, tmp_path: Path
) -> None:
    number = add(store, b"[1]", "one", "two")
    store.begin()
    store.note_progress(number, "embedding", 3, 9, NOON + timedelta(minutes=1))

    with closing(JobReader(tmp_path)) as reader:
        job, queued = reader.now()
        assert reader.body(number) == (b"[1]", JSON)
        assert reader.sent(number) == {"one", "two"}

    assert job is not None
    assert (job.id, job.kind, job.state, queued) == (number, JobKind.ADD, JobState.RUNNING, 0)
    assert (job.stage, job.done, job.total) == ("embedding", 3, 9)
    assert (job.created_at, job.started_at, job.ends_at) == (
        NOON,
        NOON,
        NOON + timedelta(minutes=1),
    )


def test_before_the_first_job_there_is_no_file_and_nothing_to_read(
    store: JobStore, tmp_path: Path
) -> None:
    assert store.now() == (None, 0)
    assert store.begin() is None
    assert not store.is_coming("one")
    assert store.taken_down_since(0) == set()
    with pytest.raises(UnknownJobError):
        store.job(1)
    assert list(tmp_path.iterdir()) == []


def test_no_more_jobs_wait_than_is_allowed_but_a_take_down_is_always_taken(
    store: JobStore,
) -> None:
    for _ in range(3):
        add(store)

    with pytest.raises(QueueFullError, match="3 writes wait already"):
        add(store)
    with pytest.raises(QueueFullError):
        store.rebuild()
    assert store.take_down("one", is_there=True, kind=JobKind.REMOVE).state is JobState.QUEUED


def test_no_more_bytes_wait_than_are_allowed_but_one_body_alone_may_be_larger(
    store: JobStore,
) -> None:
    add(store, bytes(150))

    with pytest.raises(QueueFullError):
        add(store, bytes(1))


def test_what_was_sent_is_erased_when_the_job_has_ended(store: JobStore, tmp_path: Path) -> None:
    secret = b"a text that must not stay " * 3
    number = add(store, secret, "one")
    store.begin()

    store.end(number, JobState.DONE)
    store.tidy()

    assert not store.is_coming("one")
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert files
    assert all(secret not in path.read_bytes() for path in files)


def test_only_the_latest_ended_jobs_are_kept_and_all_after_one_that_is_open(
    store: JobStore,
) -> None:
    opened, *removals = (
        add(store),
        *(store.take_down(each, is_there=True, kind=JobKind.REMOVE).id for each in "abcd"),
    )
    for number in removals:
        store.end(number, JobState.DONE)
    assert store.taken_down_since(opened) == {"a", "b", "c", "d"}

    store.end(opened, JobState.FAILED, Failure("StorageError", "full"))

    kept = store.page(before=None, limit=9, state=None)
    assert [job.id for job in kept] == removals[:1:-1]


def test_a_page_of_jobs_is_chosen_by_state_the_newest_first(store: JobStore) -> None:
    first, second, third = add(store), add(store), add(store)
    store.cancel(second)

    def ids(*, before: int | None = None, state: JobState | None = None) -> list[int]:
        return [job.id for job in store.page(before=before, limit=2, state=state)]

    assert ids() == [third, second]
    assert ids(before=second) == [first]
    assert ids(state=JobState.QUEUED) == [third, first]


def test_a_removal_that_runs_cannot_be_cancelled(store: JobStore) -> None:
    removal = store.take_down("one", is_there=True, kind=JobKind.REMOVE)
    store.begin()

    with pytest.raises(JobEndedError, match="is removing its article now"):
        store.cancel(removal.id)


def test_a_rebuild_that_waits_is_joined_by_the_next(store: JobStore) -> None:
    assert store.rebuild().id == store.rebuild().id


def test_a_rebuild_of_other_parts_is_another_job(store: JobStore) -> None:
    vectors, groups = IndexPart.VECTORS, IndexPart.GROUPS

    both = store.rebuild([vectors, groups])

    assert store.rebuild([groups, vectors, groups]).id == both.id
    assert store.rebuild([vectors]).id != both.id
    assert store.job(both.id).only == (groups, vectors)


def test_jobs_of_before_rebuilds_had_parts_are_read_and_done(tmp_path: Path) -> None:
    with closing(JobStore(tmp_path)) as store:
        number = store.rebuild().id
        with store._write() as connection:
            connection.execute("alter table jobs drop column parts")
            connection.execute("pragma user_version=1")

    with closing(JobReader(tmp_path)) as reader:
        assert reader.job(number).only == ()
    with closing(JobStore(tmp_path)) as store:
        assert store.rebuild().id == number


def test_only_its_owner_may_read_what_was_sent(store: JobStore, tmp_path: Path) -> None:
    add(store, b"[]", "one")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}

    assert modes.keys() >= {"jobs.sqlite", "jobs.sqlite-wal"}
    assert set(modes.values()) == {0o600}


def test_a_newer_format_is_refused(store: JobStore, tmp_path: Path) -> None:
    add(store)
    with store._write() as connection:
        connection.execute("pragma user_version=99")

    with closing(JobReader(tmp_path)) as reader, pytest.raises(ArchiveError, match="has format 99"):
        reader.now()
