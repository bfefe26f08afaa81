"""Candidates change places where a preference applies, and only there."""

import pytest

from rag.answering.order.preferences import WEIGHTS, preferred
from rag.query.query import parse
from tests.support.candidates import Told, candidates

NAMELESS = Told("An opposition leader won the Lisk prize.", "2024-05-01", "An opposition leader")
NAMED = Told("In Lisk, Ada Pell won the prize.", "2024-05-01", "Ada Pell")


def order(question: str, *told: Told, step: float = 0.05) -> list[str]:
    found = preferred(parse(question, longest=200), candidates(*told, step=step))
    return [each.sentence for each in found]


@pytest.mark.parametrize(
    "nobody",
    [
        "An opposition leader won the Lisk prize.",
        "Its founder won the Lisk prize.",
        "The French author won the Lisk prize.",
        "She won the Lisk prize.",
        "Two professors won the Lisk prize.",
    ],
)
def test_a_sentence_with_the_name_comes_first_where_a_name_is_asked_for(nobody: str) -> None:
    nameless = Told(nobody, "2024-05-01", nobody.partition(" won")[0])

    assert order("Who won the Lisk prize?", nameless, NAMED) == [NAMED.sentence, nobody]


@pytest.mark.parametrize(
    "question",
    [
        "What is the Lisk prize?",
        "Who is Ada Pell?",
        "When was the Lisk prize won?",
        "Who said that the Lisk prize was won?",
    ],
)
def test_other_questions_need_no_name(question: str) -> None:
    assert order(question, NAMELESS, NAMED) == [NAMELESS.sentence, NAMED.sentence]


def test_the_preferences_are_parts_of_the_score_and_leads_are_counted_again() -> None:
    first, second = candidates(NAMELESS, NAMED)

    better, worse = preferred(parse("Who won the Lisk prize?", longest=200), [first, second])

    assert (better.preferences, worse.preferences) == ({}, {"unnamed": WEIGHTS["unnamed"]})
    assert worse.score == pytest.approx(first.score + WEIGHTS["unnamed"])
    assert better.lead == pytest.approx(better.score - worse.score)
    assert worse.lead == pytest.approx(worse.score - better.score)


def test_without_a_preference_candidates_stay_as_they_are() -> None:
    given = candidates(NAMED, Told("Lisk gave Bo Marsh the prize.", short="Bo Marsh"))

    assert preferred(parse("Who won the Lisk prize?", longest=200), given) == given


def test_a_far_worse_candidate_does_not_come_first() -> None:
    assert order("Who won the Lisk prize?", NAMELESS, NAMED, step=0.6)[0] == NAMELESS.sentence


def test_no_candidates_stay_none() -> None:
    assert order("Who won the Lisk prize?") == []


def test_a_name_in_a_sentence_about_something_else_is_no_better() -> None:
    aside = Told("In Lisk, Ada Pell was there.", "2024-05-01", "Ada Pell")

    assert order("Who won the Lisk prize?", NAMELESS, aside)[0] == NAMELESS.sentence
