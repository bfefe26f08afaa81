"""Writes wait for each other, a take-down goes first and hides at once, nothing sent is lost."""

import asyncio
import json
from pathlib import Path

import pytest

from api.jobs.job import JobKind, JobState, WriteJob
from api.jobs.queue import JobQueue
from api.jobs.reports import report_of_job
from api.jobs.store import JobStore
from index.documents import RejectReason
from index.errors import (
    IndexMismatchError,
    JobCancelledError,
    JobEndedError,
    OnRecordError,
    StoppingError,
    StorageError,
    UnknownArticleError,
    UnknownJobError,
    WriterBusyError,
    WriterLostError,
)
from index.progress import FINISHED_AT_ONCE, IndexPart, Until
from index.stores.tombstones import Tombstones
from tests.support.fakes_jobs import (
    JSON,
    SOON,
    FakeWriter,
    body_of,
    ended,
    eventually,
    numbered,
    queue_over,
    sent,
)


def test_writes_are_done_one_after_another_in_their_order(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        jobs = [sent(queue, "one"), sent(queue, "two", "three")]
        jobs.append(queue.rebuild([IndexPart.STATEMENTS]))
        writer.gate.set()
        done = [ended(queue, job) for job in jobs]

    assert [job.state for job in done] == [JobState.DONE] * 3
    assert [report_of_job(job).added for job in done] == [1, 2, 0]
    firsts = [line for line in writer.log if line != "finish"]
    assert firsts == ["add 1 all", "add 2 all", "rebuild statements"]


def test_a_take_down_hides_at_once_and_goes_before_the_rest_of_a_long_addition(
    tmp_path: Path,
) -> None:
    writer = FakeWriter()
    writer.stored["old"] = "An article from before."
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        long = sent(queue, *numbered("a", 3 * FINISHED_AT_ONCE))
        waiting = sent(queue, "one")
        assert writer.waiting.acquire(timeout=SOON)

        removal = queue.remove("old", is_there=True)
        hidden = "old" in Tombstones(tmp_path)
        done = ended(queue, removal)
        lifted = "old" not in Tombstones(tmp_path)
        writer.gate.set()
        reports = [report_of_job(ended(queue, job)) for job in (long, waiting)]

    assert (hidden, lifted, report_of_job(done).removed) == (True, True, 1)
    assert writer.log[:3] == [
        f"add {3 * FINISHED_AT_ONCE} words",
        "remove old",
        f"add {2 * FINISHED_AT_ONCE} words",
    ]
    assert [each.added for each in reports] == [3 * FINISHED_AT_ONCE, 1]


@pytest.mark.parametrize("place", [0, -1], ids=["stored already", "still to come"])
def test_an_article_taken_down_while_it_is_being_added_stays_away(
    tmp_path: Path, place: int
) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    ids = numbered("a", 2 * FINISHED_AT_ONCE)
    with queue_over(tmp_path, writer) as queue:
        addition = sent(queue, *ids)
        assert writer.waiting.acquire(timeout=SOON)
        assert queue.is_coming(ids[place])

        removal = queue.remove(ids[place], is_there=False)
        ended(queue, removal)
        writer.gate.set()
        report = report_of_job(ended(queue, addition))

    assert ids[place] not in writer.stored
    refused = [] if place == 0 else [RejectReason.TAKEN_DOWN]
    assert [each.reason for each in report.rejects] == refused
    assert report.added + len(report.rejects) == len(ids)


def test_an_addition_that_waited_before_the_take_down_does_not_bring_the_article_back(
    tmp_path: Path,
) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        first = sent(queue, *numbered("a", 2 * FINISHED_AT_ONCE))
        older = sent(queue, "one", "two")
        removal, newer = queue.remove("one", is_there=False), sent(queue, "one", until=Until.WORDS)
        ended(queue, removal)
        writer.gate.set()
        older_report = report_of_job(ended(queue, older))
        after_older = dict(writer.stored)
        newer_report = report_of_job(ended(queue, newer))
        ended(queue, first)

    assert (older_report.added, [each.reason for each in older_report.rejects]) == (
        1,
        [RejectReason.TAKEN_DOWN],
    )
    assert "two" in after_older
    assert newer_report.added == 1
    assert "one" in writer.stored


def test_two_who_take_down_one_article_wait_for_the_same_job(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        sent(queue, *numbered("a", 2 * FINISHED_AT_ONCE))
        jobs = [queue.remove("one", is_there=True) for _ in range(2)]
        writer.gate.set()

    assert jobs[0].id == jobs[1].id


def test_words_of_a_later_addition_come_before_statements_of_an_earlier_one(
    tmp_path: Path,
) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        earlier = sent(queue, "one")
        assert writer.waiting.acquire(timeout=SOON)
        later = sent(queue, "two", until=Until.WORDS)
        ended(queue, later)
        assert not queue.store.job(earlier.id).has_ended
        writer.gate.set()
        report = report_of_job(ended(queue, earlier))

    assert writer.log[:3] == ["add 1 all", "add 1 words", "finish"]
    assert (report.added, report.pending.statements) == (1, 0)


def test_an_earlier_text_is_never_stored_after_a_later_one(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    last = numbered("a", 2 * FINISHED_AT_ONCE)[-1]
    later_text = "The pier was rebuilt once more, which nobody had expected."
    body = json.dumps([{"id": last, "text": later_text}]).encode()
    with queue_over(tmp_path, writer) as queue:
        earlier = sent(queue, *numbered("a", 2 * FINISHED_AT_ONCE))
        assert writer.waiting.acquire(timeout=SOON)
        later = queue.add(body, JSON, ids=[last], items=1, until=Until.ALL)
        queue.remove("other", is_there=False)
        writer.gate.set()
        for job in (earlier, later):
            ended(queue, job)

    assert writer.stored[last] == later_text


def test_who_waits_gets_the_error_of_the_job_and_the_next_job_runs(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.failures = [StorageError("The disk is full; free some space."), ValueError("secret")]
    with queue_over(tmp_path, writer) as queue:
        with pytest.raises(StorageError, match="The disk is full; free some space"):
            ended(queue, sent(queue, "one"))
        with pytest.raises(OnRecordError, match="its log has the details"):
            ended(queue, sent(queue, "two"))

        assert ended(queue, sent(queue, "three")).state is JobState.DONE


@pytest.mark.parametrize(
    ("failures", "state"),
    [
        ([WriterLostError("killed")] * 2, JobState.DONE),
        ([WriterLostError("killed")] * 3, JobState.FAILED),
        ([WriterBusyError("another process writes")] * 5, JobState.DONE),
    ],
    ids=["lost twice", "lost three times", "another process writes for long"],
)
def test_a_job_whose_writer_was_lost_or_is_busy_is_tried_again(
    tmp_path: Path, failures: list[Exception], state: JobState
) -> None:
    writer = FakeWriter()
    writer.failures = failures
    with queue_over(tmp_path, writer) as queue:
        job = sent(queue, "one")

        assert eventually(lambda: queue.store.job(job.id).has_ended)
        assert queue.store.job(job.id).state is state


def test_a_job_that_waits_is_cancelled_at_once(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        sent(queue, *numbered("a", 2 * FINISHED_AT_ONCE))
        waiting, removal = sent(queue, "one"), sent(queue, "two")

        cancelled = queue.cancel(waiting.id)
        with pytest.raises(JobCancelledError):
            ended(queue, waiting)
        with pytest.raises(JobEndedError, match="has ended as cancelled"):
            queue.cancel(waiting.id)
        writer.gate.set()
        ended(queue, removal)

    assert cancelled.state is JobState.CANCELLED
    assert "one" not in writer.stored


def test_a_job_that_runs_is_cancelled_after_its_step_and_keeps_what_it_stored(
    tmp_path: Path,
) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        job = sent(queue, *numbered("a", 3 * FINISHED_AT_ONCE))
        assert writer.waiting.acquire(timeout=SOON)

        queue.cancel(job.id)
        with pytest.raises(JobCancelledError, match="what it had stored until then is kept"):
            ended(queue, job)
        found = queue.store.job(job.id)

    assert report_of_job(found).added == len(writer.stored) == FINISHED_AT_ONCE


def test_a_take_down_that_is_cancelled_in_time_shows_the_article_again(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    queue = JobQueue(tmp_path, FakeWriter(), read=lambda *_: (), unfinished=lambda: False)
    removal = queue.remove("one", is_there=True)

    queue.cancel(removal.id)

    assert not queue.is_hidden("one")
    assert store.job(removal.id).state is JobState.CANCELLED
    store.close()
    queue.close(0)


def test_what_a_stopped_server_had_not_done_is_done_after_the_next_start(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        running = sent(queue, *numbered("a", 2 * FINISHED_AT_ONCE))
        assert writer.waiting.acquire(timeout=SOON)
        waiting = sent(queue, "one")
        queue.stop()
        with pytest.raises(StoppingError, match=f"job {waiting.id} goes on after its next start"):
            ended(queue, waiting)

    writer.gate.set()
    with queue_over(tmp_path, writer) as queue:
        reports = [report_of_job(ended(queue, job)) for job in (running, waiting)]

    assert [each.added for each in reports] == [2 * FINISHED_AT_ONCE, 1]


def test_what_a_killed_server_was_doing_is_done_after_the_next_start(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    addition = store.add(body_of("one", "two"), JSON, ids=["one", "two"], items=2, until=Until.ALL)
    removal = store.take_down("old", is_there=True, kind=JobKind.REMOVE)
    assert [job and job.id for job in (store.begin(), store.begin())] == [removal.id, addition.id]
    store.close()
    writer = FakeWriter()

    with queue_over(tmp_path, writer) as queue:
        done = [report_of_job(ended(queue, job)) for job in (addition, removal)]

    assert (done[0].added, done[1].removed) == (2, 1)
    assert writer.log[:2] == ["remove old", "add 2 all"]


def test_an_article_that_was_hidden_without_a_job_is_removed_after_the_next_start(
    tmp_path: Path,
) -> None:
    Tombstones(tmp_path).put("one")
    writer = FakeWriter()
    with queue_over(tmp_path, writer) as queue:
        assert eventually(lambda: not queue.is_hidden("one"))

    assert writer.log == ["remove one"]


def test_a_take_down_that_fails_stays_hidden_and_is_done_after_a_rebuild(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.failures = [IndexMismatchError("Run `onrecord index rebuild`.")]
    with queue_over(tmp_path, writer) as queue:
        with pytest.raises(IndexMismatchError):
            ended(queue, queue.remove("one", is_there=True))
        assert queue.is_hidden("one")

        ended(queue, queue.rebuild())
        assert eventually(lambda: not queue.is_hidden("one"))

    assert writer.log == ["remove one", "rebuild", "remove one"]


def test_an_article_is_erased_before_other_writes_and_hidden_at_once(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.stored["old"] = "An article from before."
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        sent(queue, "one")
        assert writer.waiting.acquire(timeout=SOON)
        with queue.paused():
            erasure = queue.purge("old", is_there=True)
            hidden = queue.is_hidden("old")
        done = report_of_job(ended(queue, erasure))
        writer.gate.set()

    assert (hidden, done.removed) == (True, 1)
    assert writer.log[:2] == ["add 1 all", "purge old"]


def test_what_was_never_here_is_neither_erased_nor_hidden(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.failures = [UnknownArticleError("Nothing was erased.")]
    with queue_over(tmp_path, writer) as queue:
        with pytest.raises(UnknownArticleError):
            ended(queue, queue.purge("none", is_there=False))

        assert not queue.is_hidden("none")


def test_an_erasure_that_fails_is_an_erasure_again_after_a_rebuild(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.failures = [StorageError("full")]
    with queue_over(tmp_path, writer) as queue:
        with pytest.raises(StorageError):
            ended(queue, queue.purge("one", is_there=True))
        ended(queue, queue.rebuild())
        assert eventually(lambda: not queue.is_hidden("one"))

    assert writer.log == ["purge one", "rebuild", "purge one"]


def test_while_it_is_paused_nothing_is_finished_and_nothing_begins(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.unfinished = True
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        assert writer.waiting.acquire(timeout=SOON)
        with queue.paused():
            job = sent(queue, "one")
            assert not writer.waiting.acquire(timeout=0.05)
            assert writer.log == ["finish"]
        writer.gate.set()

        assert ended(queue, job).state is JobState.DONE


def test_an_article_added_after_a_take_down_that_failed_is_shown(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.failures = [StorageError("full")]
    with queue_over(tmp_path, writer) as queue:
        with pytest.raises(StorageError):
            ended(queue, queue.remove("one", is_there=True))

        ended(queue, sent(queue, "one"))

        assert not queue.is_hidden("one")


def test_the_index_is_finished_between_jobs_and_makes_way_for_them(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.unfinished = True
    writer.gate.clear()
    with queue_over(tmp_path, writer) as queue:
        assert writer.waiting.acquire(timeout=SOON)
        ended(queue, queue.remove("one", is_there=True))
        writer.gate.set()
        assert eventually(lambda: not writer.unfinished)

    assert writer.log == ["finish", "remove one", "finish"]


def test_of_two_servers_over_one_folder_one_runs_the_jobs_of_both(tmp_path: Path) -> None:
    first, second = FakeWriter(), FakeWriter()
    with queue_over(tmp_path, first) as one:
        ended(one, sent(one, "a"))
        with queue_over(tmp_path, second) as other:
            ended(other, sent(other, "b"))

    assert (first.log, second.log) == (["add 1 all"] * 2, [])


def test_who_follows_a_job_sees_it_begin_and_end(tmp_path: Path) -> None:
    writer = FakeWriter()
    writer.gate.clear()

    async def follow(queue: JobQueue, job: WriteJob) -> list[JobState]:
        seen = []
        async with asyncio.timeout(SOON):
            async for each in queue.changes(job.id, at_least_every=60):
                seen.append(each.state)
                writer.gate.set()
        return seen

    with queue_over(tmp_path, writer) as queue:
        seen = asyncio.run(follow(queue, sent(queue, "one")))

    assert seen[-1] is JobState.DONE
    assert set(seen) <= {JobState.QUEUED, JobState.RUNNING, JobState.DONE}
    assert len(seen) > 1


def test_a_job_nobody_knows_is_not_waited_for(tmp_path: Path) -> None:
    with queue_over(tmp_path, FakeWriter()) as queue:
        with pytest.raises(UnknownJobError, match="There is no job 7"):
            asyncio.run(queue.ended(7))
        assert queue.store.now() == (None, 0)


def test_a_folder_that_is_only_read_gets_no_file(tmp_path: Path) -> None:
    with queue_over(tmp_path / "folder", FakeWriter()) as queue:
        assert queue.store.page(before=None, limit=9, state=None) == []

    assert not (tmp_path / "folder").exists()
