"""A writer whose steps a test controls, and a queue of jobs over it."""

import asyncio
import json
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from api.http.batches import read_batch
from api.jobs.job import WriteJob
from api.jobs.queue import JobQueue
from api.jobs.work import Stop
from index.build_report import BuildReport
from index.documents import Article, Reject
from index.progress import FINISHED_AT_ONCE, IndexPart, Pending, Progress, Until

SOON = 60.0
JSON = "application/json"


class FakeWriter:
    """Stores articles in steps, and waits at its gate between them, where it asks to stop."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.stored: dict[str, str] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.waiting = threading.Semaphore(0)
        """Released whenever it comes to its closed gate."""
        self.failures: list[Exception] = []
        """Each is raised by one run."""
        self.unfinished = False

    def add(
        self, items: Iterable[Article | Reject], *, progress: Progress, until: Until, stop: Stop
    ) -> BuildReport:
        given = list(items)
        self._begin(f"add {len(given)} {until}")
        taken = 0
        while taken < len(given):
            step = given[taken : taken + FINISHED_AT_ONCE]
            self.stored |= {each.id: each.text for each in step if isinstance(each, Article)}
            taken += len(step)
            progress("reading", taken, None)
            if taken < len(given) and self._must_stop(stop):
                break
        left = until is Until.ALL and self._must_stop(stop)
        rejects = tuple(each for each in given[:taken] if isinstance(each, Reject))
        self.unfinished = left or until is Until.WORDS
        return report(added=taken - len(rejects), rejects=rejects, pending=Pending(int(left), 0))

    def finish(self, *, progress: Progress, stop: Stop) -> BuildReport:
        self._begin("finish")
        progress("attributing", 1, 3)
        self.unfinished = self._must_stop(stop)
        return report(pending=Pending(int(self.unfinished), 0))

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        self._begin(f"remove {' '.join(ids)}")
        return report(removed=sum(self.stored.pop(each, None) is not None for each in ids))

    def purge(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        self._begin(f"purge {' '.join(ids)}")
        for each in ids:
            self.stored.pop(each, None)
        return report()

    def rebuild(
        self, only: Collection[IndexPart], *, progress: Progress, stop: Stop
    ) -> BuildReport:
        self._begin(" ".join(["rebuild", *only]))
        self._must_stop(stop)
        return report()

    def close(self) -> None: ...

    def _begin(self, words: str) -> None:
        self.log.append(words)
        if self.failures:
            raise self.failures.pop(0)

    def _must_stop(self, stop: Stop) -> bool:
        if not self.gate.is_set():
            self.waiting.release()
        while not self.gate.wait(0.002):
            if stop():
                return True
        return False


def report(
    *,
    added: int = 0,
    removed: int = 0,
    rejects: tuple[Reject, ...] = (),
    pending: Pending = Pending(),  # noqa: B008  a frozen value
) -> BuildReport:
    return BuildReport(added, 0, 0, 0, removed, rejects, 0, 1, 1, 0, pending, "g-1")


@contextmanager
def queue_over(folder: Path, writer: FakeWriter) -> Iterator[JobQueue]:
    queue = JobQueue(
        folder,
        writer,
        read=read_batch,
        unfinished=lambda: writer.unfinished,
        retry_seconds=0.01,
    )
    queue.start()
    try:
        yield queue
    finally:
        queue.close(SOON)


def body_of(*ids: str) -> bytes:
    return json.dumps(
        [{"id": each, "text": f"The pier of {each} was rebuilt after a storm."} for each in ids]
    ).encode()


def sent(queue: JobQueue, *ids: str, until: Until = Until.ALL) -> WriteJob:
    return queue.add(body_of(*ids), JSON, ids=ids, items=len(ids), until=until)


def ended(queue: JobQueue, job: WriteJob) -> WriteJob:
    """Once it is done; raises as a request that waits for it would."""

    async def wait() -> WriteJob:
        async with asyncio.timeout(SOON):
            return await queue.ended(job.id)

    return asyncio.run(wait())


def numbered(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number:03}" for number in range(count)]


def eventually(is_so: object) -> bool:
    """Whether a function becomes true soon."""
    assert callable(is_so)
    latest = monotonic() + SOON
    while not is_so() and monotonic() < latest:
        sleep(0.005)
    return bool(is_so())
