"""The places that readers get to judge."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import DataError
from eval.judged.judgements import Judgement
from eval.judged.pool import POOL, Systems, unjudged, write_pool
from eval.judged.questions import read_questions
from eval.judged.shown import Shown
from eval.runs.environment import ROOT
from index.documents import Article
from tests.support.judged import (
    ARTICLES,
    GIFT,
    JUNE,
    QUOTE,
    RAIN,
    TEXTS,
    asked,
    at,
    judge,
    show,
    showing,
    write_set,
)

TOWN = [Article(id=each["id"], title=each["title"], text=each["text"]) for each in ARTICLES]


def systems(question: str, **shown: tuple[Shown, ...]) -> Systems:
    return {name: {question: showing(question, *each)} for name, each in shown.items()}


def pooled(
    folder: Path, *runs: Systems, judged: tuple[Judgement, ...] = (), gold: tuple[Any, ...] = ()
) -> set[tuple[str, str | None]]:
    """Words and speaker of each place."""
    questions = read_questions(write_set(folder, [asked("q1", gold=list(gold))]))
    found = unjudged(questions, runs, judged)
    return {(TEXTS[each.article][each.start : each.end], each.speaker) for _, each in found}


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / POOL).read_text().splitlines()]


def test_the_first_places_of_every_system_and_run_are_pooled_once(tmp_path: Path) -> None:
    a = systems("q1", service=(show(QUOTE), show(RAIN)), bm25=(show(RAIN),))
    b = systems("q1", service=(show(GIFT), show(QUOTE)))

    assert pooled(tmp_path, a, b) == {(QUOTE, None), (RAIN, None), (GIFT, None)}


def test_places_after_the_fifth_are_not_pooled(tmp_path: Path) -> None:
    five = tuple(Shown("tram", n * 10, n * 10 + 5) for n in range(5))

    assert len(pooled(tmp_path, systems("q1", service=(*five, show(RAIN))))) == 5


def test_what_is_judged_or_marked_is_not_pooled(tmp_path: Path) -> None:
    run = systems("q1", service=(show(QUOTE), show(RAIN), show(JUNE)))

    left = pooled(tmp_path, run, judged=(judge("q1", RAIN, "off"),), gold=(at(QUOTE),))

    assert left == {(JUNE, None)}


def test_a_place_is_pooled_for_each_speaker_it_is_given_to(tmp_path: Path) -> None:
    a = systems("q1", service=(show(GIFT, "Otto Brandt"),))
    b = systems("q1", service=(show(GIFT, "Maud Ferrier"),), bm25=(show(GIFT, "Mr Otto Brandt"),))

    assert pooled(tmp_path, a, b) == {(GIFT, "Otto Brandt"), (GIFT, "Maud Ferrier")}


def test_a_pool_tells_neither_system_nor_rank(tmp_path: Path) -> None:
    questions = read_questions(write_set(tmp_path, [asked("q1")]))
    one = systems("q1", service=(show(QUOTE), show(RAIN)), bm25=(show(GIFT),))
    other = systems("q1", bm25=(show(GIFT),), service=(show(RAIN), show(QUOTE)))

    for name, run in (("a", one), ("b", other)):
        write_pool(tmp_path / name, unjudged(questions, [run], []), TOWN)

    assert lines(tmp_path / "a") == lines(tmp_path / "b")
    assert not {"system", "rank", "score"} & set(lines(tmp_path / "a")[0])


def test_a_pooled_place_is_shown_with_its_surroundings_and_article(tmp_path: Path) -> None:
    questions = read_questions(write_set(tmp_path, [asked("q1")]))
    run = systems("q1", service=(show(QUOTE, "Maud Ferrier", certain=True),))

    assert write_pool(tmp_path / "out", unjudged(questions, [run], []), TOWN) == 1

    [line] = lines(tmp_path / "out")
    assert line["before"] + line["text"] + line["after"] == TEXTS["tram"]
    assert (line["text"], line["title"]) == (QUOTE, "Tram line to open")
    assert (line["speaker"], line["certain"]) == ("Maud Ferrier", True)
    assert line["labels"] == ["telling", "empty", "wrong_speaker", "off"]


def test_a_pool_is_never_written_into_the_repository() -> None:
    with pytest.raises(DataError, match="give a folder outside it"):
        write_pool(ROOT / "runs" / "pool", [], TOWN)


def test_a_pool_is_never_overwritten(tmp_path: Path) -> None:
    write_pool(tmp_path, [], TOWN)

    with pytest.raises(DataError, match="labels may refer to it"):
        write_pool(tmp_path, [], TOWN)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (Shown("gone", 0, 5), "has no characters 0 to 5 in this data"),
        (Shown("mill", 0, 9999), "has no characters 0 to 9999 in this data"),
        (Shown("mill", 0, 5, revision="other"), "another text than the run was made over"),
    ],
)
def test_a_place_that_the_articles_do_not_have_is_an_error(
    tmp_path: Path, shown: Shown, expected: str
) -> None:
    questions = read_questions(write_set(tmp_path, [asked("q1")]))

    with pytest.raises(DataError, match=expected):
        write_pool(tmp_path / "out", [(questions[0], shown)], TOWN)
