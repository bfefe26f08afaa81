"""The writer of a running server is a process of its own, and is started again when it is lost."""

import os
import signal
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import cast

import pytest

from api.jobs.writer_process import WriterProcess
from index.build_report import BuildReport
from index.documents import Article, Reject
from index.errors import StorageError, WriterBusyError, WriterLostError
from index.progress import NOTHING_PENDING, IndexPart, Pending, Progress, Until
from rag.service import Service
from rag.settings import ServiceSettings

pytestmark = pytest.mark.slow
SOON = 30.0
PIER = Article("pier", "Pier", "The pier was rebuilt after the great storm.")


class NotingWriter:
    """Writes its process and what it is to do in a file; the first word of an article says how."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._notes = settings.data / "notes"

    def add(
        self,
        items: Iterable[Article | Reject],
        *,
        progress: Progress,
        until: Until,
        stop: Callable[[], bool],
    ) -> BuildReport:
        [article] = items
        assert isinstance(article, Article)
        self._note(f"{os.getpid()} add {article.id} {until.value}")
        if article.text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if article.text == "full":
            raise StorageError("the disk is full")
        while article.text == "talk" and not stop():
            progress("splitting", 1, 2)
        progress("splitting", 1, 2)
        return report(added=1)

    def finish(self, *, progress: Progress, stop: Callable[[], bool]) -> BuildReport:
        self._note(f"{os.getpid()} finish")
        progress("embedding", 0, 9)
        while not stop():
            sleep(0.01)
        return report(pending=Pending(vectors=9))

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        self._note(f"{os.getpid()} remove {' '.join(ids)}")
        return report(removed=len(ids))

    def rebuild(
        self, only: Collection[IndexPart], *, progress: Progress, stop: Callable[[], bool]
    ) -> BuildReport:
        self._note(f"{os.getpid()} rebuild {' '.join(only)}")
        return report()

    def close(self) -> None:
        self._note(f"{os.getpid()} close")

    def _note(self, line: str) -> None:
        with self._notes.open("a") as file:
            file.write(f"{line}\n")


def report(*, added: int = 0, removed: int = 0, pending: Pending = NOTHING_PENDING) -> BuildReport:
    return BuildReport(added, 0, 0, 0, removed, (), 0, 1, 1, 0, pending, "1")


def noting(settings: ServiceSettings) -> Service:
    return cast("Service", NotingWriter(settings))


def nobody(stage: str, done: int, total: int | None) -> None:
    del stage, done, total


@contextmanager
def writer(folder: Path, *, idle_seconds: float = 600) -> Iterator[WriterProcess]:
    made = WriterProcess(ServiceSettings(data=folder), service_of=noting, idle_seconds=idle_seconds)
    with closing(made):
        yield made


def notes(folder: Path) -> list[list[str]]:
    """The words of each line."""
    return [line.split() for line in (folder / "notes").read_text().splitlines()]


def test_articles_are_added_and_removed_in_one_other_process(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int | None]] = []
    with writer(tmp_path) as process:
        added = process.add([PIER], progress=lambda *step: steps.append(step), until=Until.WORDS)
        removed = process.remove(["pier", "quay"], progress=nobody)

    [first, second, last] = notes(tmp_path)
    assert (added.added, removed.removed, steps) == (1, 2, [("splitting", 1, 2)])
    assert [first[1:], second[1:], last[1:]] == [
        ["add", "pier", "words"],
        ["remove", "pier", "quay"],
        ["close"],
    ]
    assert {first[0], second[0], last[0]} != {str(os.getpid())}
    assert first[0] == second[0] == last[0]


def test_an_error_comes_back_as_it_was_raised_and_the_process_goes_on(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        with pytest.raises(StorageError, match="the disk is full"):
            process.add([Article("a", "", "full")], progress=nobody, until=Until.ALL)
        process.remove(["a"], progress=nobody)

    first, second, _ = notes(tmp_path)
    assert first[0] == second[0]


def test_a_run_that_talks_without_a_pause_is_stopped_too(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        talked = process.add(
            [Article("a", "", "talk")], progress=nobody, until=Until.ALL, stop=lambda: True
        )

    assert talked.added == 1


def test_a_run_that_is_given_up_leaves_nothing_to_the_next_one(tmp_path: Path) -> None:
    begun = threading.Event()

    def give_up() -> bool:
        if begun.is_set():
            raise KeyError
        return False

    with writer(tmp_path) as process:
        with pytest.raises(KeyError):
            process.finish(progress=lambda *_: begun.set(), stop=give_up)

        assert process.rebuild([IndexPart.GROUPS], progress=nobody, stop=lambda: False).added == 0

    first, second, _ = notes(tmp_path)
    assert (first[1], *second[1:]) == ("finish", "rebuild", "groups")
    assert first[0] != second[0]


def test_a_killed_process_is_told_and_the_next_write_has_a_new_one(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        with pytest.raises(WriterLostError, match=r"code -9\. .* is kept: send the same again"):
            process.add([Article("a", "", "die")], progress=nobody, until=Until.ALL)
        assert process.remove(["a"], progress=nobody).removed == 1

    first, second, _ = notes(tmp_path)
    assert first[0] != second[0]


def test_a_process_killed_between_two_writes_is_started_again(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        process.remove(["a"], progress=nobody)
        first = int(notes(tmp_path)[0][0])
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

        assert process.remove(["b"], progress=nobody).removed == 1


def test_finishing_ends_when_it_is_told_to_and_nobody_else_writes_meanwhile(tmp_path: Path) -> None:
    found: list[BuildReport] = []
    must_stop = threading.Event()
    begun = threading.Event()
    with writer(tmp_path) as process:
        thread = threading.Thread(
            target=lambda: found.append(
                process.finish(progress=lambda *_: begun.set(), stop=must_stop.is_set)
            )
        )
        thread.start()
        assert begun.wait(SOON)
        with pytest.raises(WriterBusyError, match="Another request is writing"):
            process.remove(["a"], progress=nobody)
        must_stop.set()
        thread.join(SOON)

        assert [each.pending.vectors for each in found] == [9]
        assert process.remove(["a"], progress=nobody).removed == 1


def test_an_idle_process_ends_and_a_later_write_has_a_new_one(tmp_path: Path) -> None:
    with writer(tmp_path, idle_seconds=0.05) as process:
        process.remove(["a"], progress=nobody)
        wait_until_gone(int(notes(tmp_path)[0][0]))

        process.remove(["b"], progress=nobody)

    assert [line[1] for line in notes(tmp_path)] == ["remove", "close", "remove", "close"]


def wait_until_gone(process: int) -> None:
    latest = monotonic() + SOON
    with suppress(ProcessLookupError):
        while monotonic() < latest:
            os.kill(process, 0)
            sleep(0.01)
        pytest.fail(f"process {process} runs for {SOON} s")
