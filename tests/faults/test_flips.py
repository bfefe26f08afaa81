"""A bit flips in any file of the data folder: what is told is as it was stored, or an error.

A damaged generation gives way to the one before it, which is told in the log and in each reply.
"""

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import OnRecordError
from rag.replies import Answer, Refusal
from rag.service import Service
from rag.settings import ServiceSettings
from tests.faults import ROUNDS
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.newsroom import ARTICLES, article

FLIPS = 4 * ROUNDS
"""In each file."""
SPOKEN = article(
    "pier",
    "Pier to be sold",
    'The pier will be sold. Ann Lee said: "The pier was never ours." Dov Adler said: "It was."',
    "Courier",
    21,
)
QUESTIONS = [
    "What did Ann Lee say?",
    "Who said it was?",
    "How many passengers were adrift on the ferry Grey Heron?",
    "What will rebuilding the swing bridge cost?",
    "Who described a new frog?",
    "When did the volcano erupt?",
]


def service(folder: Path) -> Service:
    return Service(
        ServiceSettings(data=folder, answers_kept=0),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was closed in good order, with a second generation."""
    folder = tmp_path_factory.mktemp("whole")
    with closing(service(folder)) as writing:
        writing.add(ARTICLES, progress=silent)
        writing.add([SPOKEN], progress=silent)
    return folder


@pytest.fixture(scope="module")
def before(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without its second generation."""
    folder = tmp_path_factory.mktemp("before") / "data"
    shutil.copytree(whole, folder)
    shutil.rmtree(max((folder / "generations").iterdir()))
    return folder


def files(folder: Path) -> list[str]:
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in paths if (folder / path).stat().st_size]


def replaced(path: Path, content: bytearray) -> None:
    path.unlink()  # it may be mapped still
    path.write_bytes(content)


def told(outcome: Answer | Refusal) -> object:
    """All that a reader would see."""
    if not isinstance(outcome, Answer):
        return outcome
    seen = [(each.article, each.start, each.end, each.quote) for each in outcome.citations]
    return outcome.text, outcome.kind, outcome.confidence, seen


def asked(folder: Path) -> list[object]:
    """For each question what is told, or the class of the error."""
    found: list[object] = []
    with closing(service(folder)) as reading:
        for question in QUESTIONS:
            try:
                found.append(told(reading.ask(question).outcome))
            except OnRecordError as error:
                found.append(type(error))
    return found


def test_no_flipped_bit_changes_what_is_told(whole: Path, before: Path, tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - where to flip, no secret
    expected = asked(whole)
    older = asked(before)
    assert not [each for each in (*expected, *older) if isinstance(each, type)]
    assert older != expected
    folder = tmp_path / "data"
    shutil.copytree(whole, folder)
    noticed = 0
    for name in files(whole):
        content = bytearray((whole / name).read_bytes())
        for _ in range(FLIPS):
            at, bit = chance.randrange(len(content)), chance.randrange(8)
            content[at] ^= 1 << bit
            replaced(folder / name, content)

            found = asked(folder)

            for each, *stored in zip(found, expected, older, strict=True):
                assert each in stored or isinstance(each, type), (name, at, bit)
            noticed += found != expected
            content[at] ^= 1 << bit
        replaced(folder / name, content)
    assert noticed > FLIPS  # of the index alone, each
    assert asked(folder) == expected
