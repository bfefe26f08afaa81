"""The kind of thing a question wants, and whether a sentence holds one."""

import pytest

from index.language.terms import analyze
from rag.query.answer_type import (
    AnswerType,
    answer_type,
    holds_type,
    is_of_type,
    is_yes_or_no,
    wants_explanation,
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people lost their homes?", AnswerType.AMOUNT),
        ("how old is the bridge", AnswerType.AMOUNT),
        ("When did the ferry sink?", AnswerType.TIME),
        ("In which year was the mill built?", AnswerType.TIME),
        ("Who opposed the tolls?", AnswerType.PERSON),
        ("Where was the ship built?", AnswerType.PLACE),
        ("Which country signed first?", AnswerType.PLACE),
        ("Why did the council vote again?", AnswerType.REASON),
        ("What was the reason for the delay?", AnswerType.REASON),
        ("What did the council decide?", AnswerType.ANYTHING),
        ("How many of those who voted were turned away?", AnswerType.AMOUNT),
        ("What was the score when Orrin won?", AnswerType.ANYTHING),
        ("What happened where the mill stood?", AnswerType.ANYTHING),
        ("Who was there when it fell?", AnswerType.PERSON),
        ("And when did it fall?", AnswerType.TIME),
    ],
)
def test_a_question_shows_its_answer_type(question: str, expected: AnswerType) -> None:
    assert answer_type(question) is expected


@pytest.mark.parametrize(
    ("kind", "sentence", "held"),
    [
        (AnswerType.AMOUNT, "It cost 40 million crowns.", True),
        (AnswerType.AMOUNT, "Twelve boats were lost.", True),
        (AnswerType.AMOUNT, "It cost more than planned.", False),
        (AnswerType.TIME, "They sailed on Tuesday.", True),
        (AnswerType.TIME, "They sailed at last.", False),
        (AnswerType.REASON, "It closed because the roof leaks.", True),
        (AnswerType.REASON, "It closed.", False),
        (AnswerType.PLACE, "She was born in Antwerp.", True),
        (AnswerType.PLACE, "She was born in winter.", False),
        (AnswerType.PERSON, "The vote was lost, said Ines Aalto.", True),
        (AnswerType.PERSON, "The vote was lost.", False),
        (AnswerType.ANYTHING, "Ines Aalto paid 40 crowns in Antwerp on Tuesday.", False),
    ],
)
def test_a_sentence_contains_the_answer_type_or_not(
    kind: AnswerType, sentence: str, *, held: bool
) -> None:
    assert holds_type(kind, sentence, question_terms=()) is held


def test_a_person_named_in_the_question_is_not_the_answer() -> None:
    sentence = "The vote was lost by Ines Aalto."

    assert not holds_type(
        AnswerType.PERSON, sentence, question_terms=analyze("Who beat Ines Aalto?")
    )


@pytest.mark.parametrize(
    ("kind", "answer", "fits"),
    [
        (AnswerType.AMOUNT, "Forty-three", True),
        (AnswerType.AMOUNT, "almost a third", True),
        (AnswerType.AMOUNT, "time", False),
        (AnswerType.TIME, "after the storm", True),
        (AnswerType.TIME, "3 May", True),
        (AnswerType.TIME, "1911", True),
        (AnswerType.TIME, "61 passengers", False),
        (AnswerType.PERSON, "Ines Aalto", True),
        (AnswerType.PERSON, "two gunmen", False),
        (AnswerType.ANYTHING, "raised tolls", True),
    ],
)
def test_a_short_answer_is_of_the_answer_type_or_not(
    kind: AnswerType, answer: str, *, fits: bool
) -> None:
    assert is_of_type(kind, answer) is fits


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
def test_first_words_show_whether_a_question_wants_an_explanation_or_yes_or_no(
    question: str, explanation: bool, yes_or_no: bool
) -> None:
    assert (wants_explanation(question), is_yes_or_no(question)) == (explanation, yes_or_no)


@pytest.mark.parametrize(
    "word", ["wide", "fast", "deep", "heavy", "hot", "soon", "many", "much", "long", "old"]
)
def test_a_question_for_an_amount_wants_no_explanation(word: str) -> None:
    assert answer_type(f"How {word} is it?") is AnswerType.AMOUNT
    assert not wants_explanation(f"How {word} is it?")
