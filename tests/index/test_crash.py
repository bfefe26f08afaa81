"""Adding is killed twenty times, at any moment: each time the archive answers, and nothing is lost.

One process imports everything and forks the builders, so that a kill costs no start of Python.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import Builder
from index.documents import Article
from index.settings import IndexSettings
from index.stores.generation.generation import Generations
from rag.replies import Answer
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent
from tests.support.places import ROOT

SETTINGS = IndexSettings()
KILLS = 20
KEEPER = Article(
    id="a",
    title="Lighthouse keeper Ines Calder resigns",
    text="The lighthouse keeper Ines Calder resigned on Monday.",
)
QUESTION = "When did the lighthouse keeper Ines Calder resign?"

NURSERY = """
import os, sys
from pathlib import Path
from tests.index.test_crash import grow

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        for number in grow(Path(sys.argv[1]), int(line)):
            print("added", number, flush=True)
    print("pid", child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""


class SlowEmbedder(FakeEmbedder):
    """Slow enough for a kill to fall between two of its batches."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.03)
        return super().embed_passages(texts)


def story(number: int) -> Article:
    text = (
        f"The ferry committee met on day {number}. It heard nine residents of street {number}. "
        f'Ines Calder said: "Day {number} was long."'
    )
    return Article(id=f"a{number:05}", title=f"Committee, day {number}", text=text)


def builder(folder: Path) -> Builder:
    return Builder(folder, settings=SETTINGS, embedder=SlowEmbedder(), attributor=FakeAttributor())


def grow(folder: Path, number: int) -> Iterator[int]:
    """Add three articles at a time until killed; the number of the next, once they are indexed."""
    while True:
        builder(folder).add([story(n) for n in range(number, number + 3)], progress=silent)
        number += 3
        yield number


@contextmanager
def nursery(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        yield running


def killed_after(running: "subprocess.Popen[str]", number: int, seconds: float) -> int:
    """Up to which article all were acknowledged, beginning with `number`."""
    assert running.stdin
    assert running.stdout
    print(number, file=running.stdin, flush=True)
    said, child = [], 0
    while not child:
        said.append(running.stdout.readline().split())
        child = int(said[-1][1]) if said[-1][0] == "pid" else 0
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    while said[-1] != ["dead"]:
        said.append(running.stdout.readline().split())
    return max([number, *(int(words[1]) for words in said if words[0] == "added")])


def check_archive(folder: Path) -> None:
    with sqlite3.connect(folder / "archive.sqlite") as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


@contextmanager
def opened(folder: Path) -> Iterator[Service]:
    service = Service(
        ServiceSettings(data=folder), embedder=lambda _: FakeEmbedder(), attributor=FakeAttributor
    )
    try:
        yield service
    finally:
        service.close()


def answered(folder: Path, question: str) -> str:
    """What a service opened just now quotes."""
    with opened(folder) as service:
        outcome = service.ask(question).outcome
    assert isinstance(outcome, Answer)
    return outcome.text


def found(folder: Path, question: str) -> list[str]:
    with opened(folder) as service:
        return [hit.citation.quote for hit in service.search(question, limit=3).hits]


def held(folder: Path) -> tuple[str, ...]:
    """The articles of the current generation, every file of it checked."""
    embedder = FakeEmbedder().identity
    current = Generations(folder, settings=SETTINGS, embedder=embedder).current()
    return tuple(current.passage_table.article_ids)


def spoken(folder: Path) -> int:
    """The statements of the current generation, as its speakers count them."""
    embedder = FakeEmbedder().identity
    statements = Generations(folder, settings=SETTINGS, embedder=embedder).current().statements
    calder = statements.speaker("ines calder")
    assert (calder.statements if calder else 0) == statements.size
    return statements.size


@pytest.mark.slow
def test_a_kill_at_any_moment_of_adding_leaves_an_archive_that_answers(tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - when to kill, no secret
    builder(tmp_path).add([KEEPER], progress=silent)
    number = 0
    with nursery(tmp_path) as running:
        for _ in range(KILLS):
            number = killed_after(running, number, chance.uniform(0, 0.35))

            check_archive(tmp_path)
            assert answered(tmp_path, QUESTION) == KEEPER.text
            assert set(held(tmp_path)) >= {story(n).id for n in range(number)}
            assert spoken(tmp_path) == len(held(tmp_path)) - 1

    everything = [KEEPER, *(story(n) for n in range(number + 3))]
    builder(tmp_path).add(everything, progress=silent)

    assert held(tmp_path) == tuple(article.id for article in everything)
    builder(tmp_path / "whole").add(everything, progress=silent)
    for street in (0, 1, number):
        question = f"Whom did the committee hear of street {street}?"
        assert found(tmp_path, question) == found(tmp_path / "whole", question)
