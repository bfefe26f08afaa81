"""How a question is put."""

import pytest

from rag.query.answer_type import AnswerType, answer_type
from rag.query.phrasing import is_yes_or_no, wants_explanation


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
    assert answer_type(f"How {word} is it?") is AnswerType.AMOUNT
    assert not wants_explanation(f"How {word} is it?")
