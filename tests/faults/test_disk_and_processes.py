"""A disk that is full or closed, a second writer, a clock that goes back."""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.replies import Answer
from tests.faults import ROUNDS
from tests.faults.programs import held, service, story
from tests.support.fakes import silent
from tests.support.places import ROOT

pytestmark = pytest.mark.slow
MORE = 60
ROOMS = [100, 40_000, 90_000] if ROUNDS == 1 else [0, 100, *range(5_000, 200_000, 10_000)]
"""Bytes that each file may have; adding all of `MORE` needs some 150,000."""


def run(name: str, folder: Path, *arguments: object) -> str:
    """What a program prints in a process of its own, which may not end in a traceback."""
    command = [sys.executable, "-m", "tests.faults.programs"]
    ran = subprocess.run(
        [*command, json.dumps([name, str(folder), *arguments])],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty articles; everybody may read them."""
    made = tmp_path / "data"
    with closing(service(made)) as writing:
        writing.add([story(number) for number in range(20)], progress=silent)
    return made


@pytest.mark.parametrize("room", ROOMS)
def test_a_full_disk_is_told_and_what_was_there_is_still_answered(folder: Path, room: int) -> None:
    outcome = run("written_within", folder, 20, MORE, room)

    assert outcome.startswith(("StorageError: ", f"added {MORE}"))
    assert held(folder) >= {story(number).id for number in range(20)}

    assert run("added", folder, 20, MORE).startswith("added ")
    assert held(folder) == {story(number).id for number in range(20 + MORE)}


as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")


def readable_by_all(folder: Path) -> None:
    parents = [each for each in folder.parents if each.is_relative_to(tempfile.gettempdir())]
    base = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    parents += [each for each in folder.parents if base and each.is_relative_to(base)]
    for each in (folder, *folder.rglob("*"), *parents):
        each.chmod(each.stat().st_mode | (0o755 if each.is_dir() else 0o644))


@as_root
def test_who_may_only_read_is_answered_and_told_that_writing_is_closed(folder: Path) -> None:
    readable_by_all(folder)

    answered = run("asked_by_a_stranger", folder, "What did Ines Calder say about day 7?")
    written = run("written_by_a_stranger", folder, 20, 1)

    assert "Day 7 was long." in answered
    assert written.startswith("StorageError: ")
    assert "cannot be written" in written


@as_root
@pytest.mark.parametrize(
    "closed", [".", "archive.sqlite", "CURRENT", "generations", "generations/*", "*/*/columns.bin"]
)
def test_what_a_stranger_may_not_read_is_named_with_what_to_do(folder: Path, closed: str) -> None:
    readable_by_all(folder)
    for path in folder.glob(closed) if closed != "." else [folder]:
        path.chmod(0)

    told = run("asked_by_a_stranger", folder, "What did Ines Calder say about day 7?")

    assert told.split(": ")[0].endswith("Error"), told
    assert str(folder) in told


def test_of_writers_at_the_same_time_each_adds_all_or_is_told_that_another_is_writing(
    folder: Path,
) -> None:
    many = 4 * ROUNDS
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda at: run("added", folder, 100 + 10 * at, 10), range(many)))

    expected = {story(number).id for number in range(20)}
    for at, outcome in enumerate(outcomes):
        assert outcome == "added 10" or outcome.startswith("WriterBusyError: "), outcome
        if outcome == "added 10":
            expected |= {story(number).id for number in range(100 + 10 * at, 110 + 10 * at)}
    assert held(folder) == expected


def test_a_clock_that_goes_back_years_loses_no_article_and_no_question(folder: Path) -> None:
    with closing(service(folder, clock=lambda: datetime(1991, 1, 1, tzinfo=UTC))) as back:
        back.add([story(number) for number in range(20, 25)], progress=silent)

        outcome = back.ask("What did Ines Calder say about day 22?").outcome

    assert isinstance(outcome, Answer)
    assert "Day 22 was long." in outcome.text
    assert held(folder) == {story(number).id for number in range(25)}
