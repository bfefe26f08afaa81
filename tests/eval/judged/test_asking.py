"""Asking a judged set over an index in the cache or in a folder of one's own."""

from pathlib import Path

import pytest

from eval.judged.asking import articles_of, ask_cached, ask_index
from eval.judged.questions import read_questions
from eval.judged.shown import read_shown
from tests.support.eval_files import write_own
from tests.support.fakes import silent
from tests.support.fakes_cli import Shell
from tests.support.judged import asked, write_set
from tests.support.newsroom import ARTICLES


def cost(id: str, day: str) -> dict[str, object]:
    text = {"question": "How much will rebuilding the swing bridge cost?", "asked_on": day}
    return asked(id, "fact") | text


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "archive")


def test_nothing_published_after_the_day_of_a_question_is_shown(
    tmp_path: Path, shell: Shell
) -> None:
    folder = write_set(tmp_path / "set", [cost("then", "2025-03-08"), cost("later", "2025-03-30")])

    asked = ask_cached(
        read_questions(folder),
        ARTICLES,
        service_of=shell.open,
        cache=tmp_path / "cache",
        out=tmp_path / "out",
        progress=silent,
    )

    found = read_shown(tmp_path / "out")
    assert (asked.questions, asked.errors) == (2, 0)
    assert not any("bridge" in each.article for each in found["bm25"]["then"].shown)
    assert found["service"]["later"].shown[0].article in {"bridge", "bridge-wire"}
    assert found["bm25"]["later"].shown[0].article in {"bridge", "bridge-wire"}


def test_an_index_of_ones_own_is_asked_as_it_is(tmp_path: Path, shell: Shell) -> None:
    folder = write_set(tmp_path / "set", [cost("later", "2025-03-30")])
    shell.open().add(ARTICLES[:1], progress=silent)

    ask_index(
        read_questions(folder),
        shell.folder,
        service_of=shell.open,
        out=tmp_path / "out",
        progress=silent,
    )

    found = read_shown(tmp_path / "out")
    assert {each.article for each in found["bm25"]["later"].shown} <= {"ferry"}
    assert found["service"]["later"].ms


def test_the_articles_are_those_of_the_data_set_of_the_same_name(tmp_path: Path) -> None:
    write_own(tmp_path / "data" / "town", [{"id": "q", "question": "Who?", "texts": ["Ana"]}])
    folder = write_set(tmp_path / "judged" / "town", [asked("q1")])

    assert [each.id for each in articles_of(folder, tmp_path / "data")] == ["pier"]
