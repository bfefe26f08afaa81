"""The kind of thing a question wants, and whether a sentence holds one."""

import pytest

from index.stores.analysis import analyze
from rag.wanted import Wanted, holds_wanted, is_yes_or_no, wanted, wants_explanation


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
    ("question", "explanation", "yes_or_no"),
    [
        ("Why did it close?", True, False),
        ("How does it work?", True, False),
        ("Can you tell me how it works?", True, False),
        ("How wide is the comet?", False, False),
        ("How fast does it travel?", False, False),
        ("Did it close?", False, True),
        ("Do you know who closed it?", False, False),
        ("Could you tell me when it closed?", False, False),
        ("Do you know the way?", False, True),
        ("Did it close or not?", False, False),
        ("Will Smith won which award?", False, False),
        ("Who closed it?", False, False),
    ],
)
def test_how_a_question_is_put_is_told_by_its_first_words(
    question: str, explanation: bool, yes_or_no: bool
) -> None:
    assert (wants_explanation(question), is_yes_or_no(question)) == (explanation, yes_or_no)


@pytest.mark.parametrize(
    "word", ["wide", "fast", "deep", "heavy", "hot", "soon", "many", "much", "long", "old"]
)
def test_what_asks_for_an_amount_asks_for_no_explanation(word: str) -> None:
    assert wanted(f"How {word} is it?") is Wanted.AMOUNT
    assert not wants_explanation(f"How {word} is it?")
