"""The kind of thing a question wants, and whether a sentence holds one."""

import pytest

from index.language.terms import analyze
from rag.query.answer_type import Wanted, holds_wanted, is_wanted, wanted


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people lost their homes?", Wanted.AMOUNT),
        ("how old is the bridge", Wanted.AMOUNT),
        ("When did the ferry sink?", Wanted.TIME),
        ("In which year was the mill built?", Wanted.TIME),
        ("Who opposed the tolls?", Wanted.PERSON),
        ("Where was the ship built?", Wanted.PLACE),
        ("Which country signed first?", Wanted.PLACE),
        ("Why did the council vote again?", Wanted.REASON),
        ("What was the reason for the delay?", Wanted.REASON),
        ("What did the council decide?", Wanted.ANYTHING),
        ("How many of those who voted were turned away?", Wanted.AMOUNT),
    ],
)
def test_a_question_tells_what_it_wants(question: str, expected: Wanted) -> None:
    assert wanted(question) is expected


@pytest.mark.parametrize(
    ("kind", "sentence", "held"),
    [
        (Wanted.AMOUNT, "It cost 40 million crowns.", True),
        (Wanted.AMOUNT, "Twelve boats were lost.", True),
        (Wanted.AMOUNT, "It cost more than planned.", False),
        (Wanted.TIME, "They sailed on Tuesday.", True),
        (Wanted.TIME, "They sailed at last.", False),
        (Wanted.REASON, "It closed because the roof leaks.", True),
        (Wanted.REASON, "It closed.", False),
        (Wanted.PLACE, "She was born in Antwerp.", True),
        (Wanted.PLACE, "She was born in winter.", False),
        (Wanted.PERSON, "The vote was lost, said Ines Aalto.", True),
        (Wanted.PERSON, "The vote was lost.", False),
        (Wanted.ANYTHING, "Ines Aalto paid 40 crowns in Antwerp on Tuesday.", False),
    ],
)
def test_a_sentence_may_hold_it(kind: Wanted, sentence: str, *, held: bool) -> None:
    assert holds_wanted(kind, sentence, asked=()) is held


def test_whom_the_question_names_is_not_who_is_asked_for() -> None:
    sentence = "The vote was lost by Ines Aalto."

    assert not holds_wanted(Wanted.PERSON, sentence, asked=analyze("Who beat Ines Aalto?"))


@pytest.mark.parametrize(
    ("kind", "answer", "fits"),
    [
        (Wanted.AMOUNT, "Forty-three", True),
        (Wanted.AMOUNT, "almost a third", True),
        (Wanted.AMOUNT, "time", False),
        (Wanted.TIME, "after the storm", True),
        (Wanted.TIME, "3 May", True),
        (Wanted.TIME, "1911", True),
        (Wanted.TIME, "61 passengers", False),
        (Wanted.PERSON, "Ines Aalto", True),
        (Wanted.PERSON, "two gunmen", False),
        (Wanted.ANYTHING, "raised tolls", True),
    ],
)
def test_a_short_answer_may_be_of_the_kind(kind: Wanted, answer: str, *, fits: bool) -> None:
    assert is_wanted(kind, answer) is fits
