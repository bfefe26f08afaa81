"""Which sentences answer besides the best, in what order, each told once."""

from dataclasses import replace

import pytest

from rag.answering.candidates import AnswerCandidates
from rag.answering.qualifying import MARGIN, qualifying
from rag.query.query import parse
from rag.reading.evidence import Evidence
from tests.support.candidates import Told, candidates

OPPOSED = "Who opposed the Marl bridge?"
PELL = Told("Ada Pell opposed the Marl bridge.", "2025-03-01", "Ada Pell")
KRALL = Told("Otto Krall opposed the Marl bridge too.", "2025-03-02", "Otto Krall")
HOLM = Told("Freda Holm, a pilot, opposed the Marl bridge in May.", "2025-05-03", "Freda Holm")


def found(question: str, *evidence: Evidence, least: float = 0.0) -> list[str]:
    asked = AnswerCandidates(parse(question, longest=200), evidence)
    stories = asked.compared(min_confidence=least)
    return [each.sentence for each in qualifying(asked, stories, min_confidence=least)]


def test_all_sentences_that_answer_are_found_and_the_best_is_first() -> None:
    assert found(OPPOSED, *candidates(PELL, KRALL, HOLM)) == [
        PELL.sentence,
        HOLM.sentence,
        KRALL.sentence,
    ]


def test_one_that_is_clearly_less_relevant_comes_after_an_older_one() -> None:
    assert found(OPPOSED, *candidates(PELL, KRALL, HOLM, step=0.15)) == [
        PELL.sentence,
        KRALL.sentence,
        HOLM.sentence,
    ]


def test_an_undated_one_comes_after_dated_ones_as_relevant() -> None:
    undated = replace(KRALL, day="")

    assert found(OPPOSED, *candidates(PELL, undated, HOLM))[1:] == [HOLM.sentence, KRALL.sentence]


@pytest.mark.parametrize(
    "copy",
    [PELL.sentence, "Ada Pell opposed the bridge in Marl.", "“Ada Pell opposed the Marl bridge.”"],
)
def test_the_same_words_count_once(copy: str) -> None:
    assert found(OPPOSED, *candidates(PELL, replace(PELL, sentence=copy), HOLM)) == [
        PELL.sentence,
        HOLM.sentence,
    ]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Told("They opposed the Marl bridge.", short="opposed the"), id="no name"),
        pytest.param(Told("The Marl bridge will cost 40 crowns.", short="40"), id="a sum"),
    ],
)
def test_what_has_not_the_kind_of_thing_asked_for_does_not_count(other: Told) -> None:
    assert found(OPPOSED, *candidates(PELL, other)) == [PELL.sentence]


WORRIES = "What worries the Marl pilots?"
MASTS = Told("The height of masts worries the Marl pilots.", short="The height of masts")
TIDE = Told("The strong tide worries the Marl pilots as well.", short="The strong tide")


def test_what_is_far_below_the_best_or_unread_or_unsure_does_not_count() -> None:
    best, other = candidates(MASTS, TIDE)
    far = replace(other, score=best.score - MARGIN - 0.01)
    unread = replace(other, reading=None)

    assert found(WORRIES, best, other) == [MASTS.sentence, TIDE.sentence]
    assert found(WORRIES, best, far) == [MASTS.sentence]
    assert found(WORRIES, best, unread) == [MASTS.sentence]
    assert found(WORRIES, best, other, least=0.999) == [MASTS.sentence]


def test_what_the_reader_finds_no_answer_in_does_not_count() -> None:
    best, other = candidates(MASTS, TIDE)
    same = replace(
        MASTS, sentence="Masts of that height worry Marl pilots, Jon Orr said in Lisk on Friday."
    )
    same = replace(same, short="Masts of that height")
    [repeated] = candidates(MASTS, same)[1:]

    assert found(WORRIES, best, with_odds(other, -4.0)) == [MASTS.sentence]
    assert found(WORRIES, best, with_odds(repeated, -4.0)) == [MASTS.sentence, same.sentence]
    assert found(WORRIES, best, with_odds(repeated, -7.0)) == [MASTS.sentence]


def with_odds(evidence: Evidence, odds: float) -> Evidence:
    assert evidence.reading is not None
    return replace(evidence, reading=replace(evidence.reading, odds=odds))


def test_what_has_too_few_words_of_the_question_does_not_count() -> None:
    short = "The strong tide"
    best, other = candidates(MASTS, Told(f"{short} is a worry too.", short=short))

    assert found(WORRIES, best, other) == [MASTS.sentence]


def test_what_another_story_is_shown_to_say_counts_with_fewer_words_and_lower_odds() -> None:
    told = Told("But Otto Krall was against it.", short="Otto Krall")
    best, other = candidates(PELL, told)

    assert found(OPPOSED, best, with_odds(other, -5.0)) == [PELL.sentence, told.sentence]
    assert found(OPPOSED, best, with_odds(other, -7.0)) == [PELL.sentence]


def test_reasons_are_counted_by_sentences_that_give_one() -> None:
    told = (
        Told("The Marl pool was closed because its roof leaked."),
        Told("The Marl pool was closed after two divers fell ill."),
        Told("The Marl pool opened its doors on Monday morning."),
    )

    assert found("Why was the Marl pool closed?", *candidates(*told)) == [
        told[0].sentence,
        told[1].sentence,
    ]


def test_where_nothing_was_read_sentences_as_sure_as_an_answer_count() -> None:
    unread = [replace(each, reading=None) for each in candidates(PELL, KRALL)]

    assert found(OPPOSED, *unread) == [PELL.sentence, KRALL.sentence]
