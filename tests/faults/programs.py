"""What the tests run in processes of their own: writers and readers with fakes for the models."""

import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from index.documents import Article
from index.errors import OnRecordError
from rag.replies import Answer
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent

NOBODY = 65534


def service(folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Service:
    return Service(
        ServiceSettings(data=folder, answers_kept=0),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
        clock=clock,
    )


def story(number: int) -> Article:
    text = (
        f"The ferry committee met on day {number}. It heard the residents of street {number}. "
        f'Ines Calder said: "Day {number} was long."'
    )
    return Article(id=f"a{number:05}", title=f"Committee, day {number}", text=text)


def fake_service(settings: ServiceSettings) -> Service:
    """For a writer's process, which is told the function by its name."""
    return service(settings.data)


def held(folder: Path) -> set[str]:
    """The articles that are cited for their own day."""
    found = set()
    with closing(service(folder)) as reading:
        for entry in reading.archive.page(limit=10_000):
            outcome = reading.ask(f"What did Ines Calder say on {entry.title}?").outcome
            if isinstance(outcome, Answer):
                found |= {entry.id} & {each.article.id for each in outcome.citations}
    return found


def written_within(folder: Path, first: int, count: int, room: int) -> str:
    """Adds with no file allowed to grow over `room` bytes: the error's class and message, or none.

    It is what a full disk does, without filling one.
    """
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    return _outcome(lambda: _add(folder, first, count))


def written_by_a_stranger(folder: Path, first: int, count: int) -> str:
    """Adds as a user who may only read."""
    _become_nobody()
    return _outcome(lambda: _add(folder, first, count))


def asked_by_a_stranger(folder: Path, question: str) -> str:
    _become_nobody()
    return _outcome(lambda: _ask(folder, question))


def _become_nobody() -> None:
    """After everything is imported: Python itself may be closed to others."""
    with TemporaryDirectory() as aside:
        _add(Path(aside), 0, 1)
        _ask(Path(aside), "What did Ines Calder say?")
    os.setuid(NOBODY)


def added(folder: Path, first: int, count: int) -> str:
    return _outcome(lambda: _add(folder, first, count))


def _add(folder: Path, first: int, count: int) -> str:
    with closing(service(folder)) as writing:
        report = writing.add([story(n) for n in range(first, first + count)], progress=silent)
    return f"added {report.added}"


def _ask(folder: Path, question: str) -> str:
    with closing(service(folder)) as reading:
        return str(reading.ask(question).outcome)


def _outcome(run: Callable[[], str]) -> str:
    try:
        return run()
    except OnRecordError as error:
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    name, where, *arguments = json.loads(sys.argv[1])
    sys.stdout.write(globals()[name](Path(where), *arguments))
