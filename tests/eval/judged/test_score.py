"""Measures of what was shown, by hand-worked questions."""

from pathlib import Path

import pytest

from eval.judged.judgements import JudgedPlaces, Judgement
from eval.judged.questions import JudgedQuestion, read_questions
from eval.judged.score import JudgedScore, compared, part_of, score
from eval.judged.shown import Showing, Shown
from tests.support.judged import (
    GIFT,
    JUNE,
    QUOTE,
    RAIN,
    THIRD,
    TWO,
    asked,
    at,
    judge,
    show,
    showing,
    write_set,
)

TELLING, FIRST_THREE = "first right and telling", "first three: one right and telling"
CURRENT = "first right and not outdated"
REFUSED, WRONGLY_REFUSED = "no answer there: refused", "answer there: refused"
WRONG = "first three: wrong person as certain"


def questions(folder: Path) -> list[JudgedQuestion]:
    """Of three, one without an answer."""
    given = [asked("a", gold=[at(QUOTE)]), asked("b"), asked("none", answerable=False)]
    return read_questions(write_set(folder, given))


def scored(folder: Path, *shown: Showing, judged: tuple[Judgement, ...] = ()) -> JudgedScore:
    among = questions(folder)
    known = JudgedPlaces(among, judged)
    return score(among, "who_said", {each.question: each for each in shown}, known)


def means(found: JudgedScore) -> dict[str, float | None]:
    sure = {name: each.interval for name, each in found.measures.items()}
    return {name: each.value if each else None for name, each in sure.items()}


def test_the_first_place_or_one_of_three_is_right(tmp_path: Path) -> None:
    found = scored(
        tmp_path,
        showing("a", show(QUOTE)),
        showing("b", show(RAIN), show(JUNE), show(GIFT)),
        judged=(judge("b", GIFT, "telling"), judge("b", RAIN, "empty")),
    )

    assert (found.questions, found.answerable) == (3, 2)
    assert means(found)[TELLING] == 0.5
    assert means(found)[FIRST_THREE] == 1.0


def test_the_fourth_place_is_not_among_the_first_three(tmp_path: Path) -> None:
    found = scored(tmp_path, showing("a", show(RAIN), show(JUNE), show(GIFT), show(QUOTE)))

    assert means(found)[FIRST_THREE] == 0.0


def test_an_outdated_fact_is_not_right(tmp_path: Path) -> None:
    given = [asked("f", "fact", gold=[at(THIRD)], outdated=[at(TWO)])]
    among = read_questions(write_set(tmp_path, given))
    shown = {"f": showing("f", show(TWO), show(THIRD))}

    found = means(score(among, "fact", shown, JudgedPlaces(among, [])))

    assert found[CURRENT] == 0.0
    assert found["first three: one right and not outdated"] == 1.0
    assert WRONG not in found


def test_unjudged_places_are_not_right_and_are_counted(tmp_path: Path) -> None:
    found = scored(tmp_path, showing("a", show(RAIN), show(QUOTE)), showing("b", show(GIFT)))

    assert means(found)[TELLING] == 0.0
    assert found.measures[TELLING].unjudged == 2
    assert found.measures[FIRST_THREE].unjudged == 2
    assert means(found)["first: judged"] == 0.0
    assert means(found)["first three: judged"] == pytest.approx(1 / 3)


def test_refusals_count_apart_where_there_is_an_answer(tmp_path: Path) -> None:
    found = scored(
        tmp_path,
        showing("a", refused=True),
        showing("none", refused=True),
        showing("b", show(GIFT)),
    )

    assert means(found)[REFUSED] == 1.0
    assert means(found)[WRONGLY_REFUSED] == 0.5
    assert found.measures[REFUSED].unjudged is None


def test_a_question_without_a_showing_is_neither_right_nor_refused(tmp_path: Path) -> None:
    found = means(scored(tmp_path))

    assert (found[TELLING], found[REFUSED], found[WRONGLY_REFUSED]) == (0.0, 0.0, 0.0)
    assert found["first: judged"] is None
    assert found[WRONG] is None


def test_wrong_persons_are_counted_among_the_certain_ones_alone(tmp_path: Path) -> None:
    certain = show(GIFT, "Maud Ferrier", certain=True)
    doubtful = show(RAIN, "Maud Ferrier")
    found = scored(
        tmp_path,
        showing("b", certain, doubtful),
        showing("none", Shown(**at(QUOTE), speaker="Maud Ferrier", certain=True)),
        judged=(
            judge("b", GIFT, "wrong_speaker", speaker="Maud Ferrier"),
            judge("b", RAIN, "wrong_speaker", speaker="Maud Ferrier"),
        ),
    )

    wrong = found.measures[WRONG]
    assert wrong.interval is not None
    assert (wrong.interval.value, wrong.interval.n, wrong.unjudged) == (0.5, 2, 1)


def test_two_runs_are_compared_question_by_question(tmp_path: Path) -> None:
    before = scored(tmp_path, showing("a", show(RAIN))).measures
    after = scored(tmp_path, showing("a", show(QUOTE))).measures

    found = compared(before[TELLING], after[TELLING])

    assert found is not None
    assert (found.value, found.n) == (0.5, 2)
    assert compared(before["first: judged"], scored(tmp_path).measures["first: judged"]) is None


def test_the_times_of_statements_and_of_the_whole_question_are_given(tmp_path: Path) -> None:
    timed = {"embed": 9.0, "statements": 2.0, "total": 5.0}

    found = scored(tmp_path, showing("a", ms=timed), showing("b", ms=timed | {"total": 7.0}))

    assert dict(found.milliseconds) == {
        "p50_ms/statements": 2.0,
        "p95_ms/statements": 2.0,
        "p50_ms/total": 5.0,
        "p95_ms/total": 7.0,
    }


def test_the_halves_make_up_the_whole(tmp_path: Path) -> None:
    among = read_questions(write_set(tmp_path, [asked(f"q{n}") for n in range(20)]))

    choosing, reporting = part_of(among, "choosing"), part_of(among, "reporting")

    assert len(part_of(among, "all")) == 20 == len(choosing) + len(reporting)
    assert not {each.id for each in choosing} & {each.id for each in reporting}
