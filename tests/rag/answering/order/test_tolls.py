"""The number beside what is counted, whatever else a sentence counts."""

import pytest

from rag.answering.order.tolls import asks_for_a_toll, toll
from tests.support.candidates import Told, accounts

DIED = "How many people died in the Tarn flood?"


def value(question: str, sentence: str, day: str = "2024-10-04") -> float | None:
    [account] = accounts(question, Told(sentence, day))[1]
    found = toll(account)
    return found.value if found else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At least 39 people died.", 39),
        ("The death toll surpassed 1,200 as hundreds of thousands fled.", 1200),
        ("The flood killed four people and injured 50.", 4),
        ("It left 49 people ill and resulted in one death.", 1),
        ("Dozens were killed.", 24),
        ("The dead number 12, aged 20 to 80, in 3 counties.", 12),
    ],
)
def test_the_toll_is_the_number_nearest_to_the_word(sentence: str, expected: float) -> None:
    assert value(DIED, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Six more people died.",
        "Another 6 people died.",
        "In Lisk 33 people died.",
        "The flood of 1953 killed 300.",
        "An 88-year-old died.",
        "Many people died.",
        "It cost $40 and flooded 7 streets.",
        "In 2024 people died.",
    ],
)
def test_an_increase_a_part_an_age_or_another_year_is_no_toll(sentence: str) -> None:
    assert value(DIED, sentence) is None


def test_each_question_has_its_own_toll() -> None:
    sentence = "The flood killed four people and injured 50."

    assert value("How many people were injured in the Tarn flood?", sentence) == 50


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (DIED, True),
        ("How many homes were destroyed in Tarn?", True),
        ("How many rides has the fair?", False),
        ("Who died in Tarn?", False),
    ],
)
def test_only_what_grows_after_an_event_is_a_toll(question: str, *, expected: bool) -> None:
    assert asks_for_a_toll(accounts(question, Told("It rained."))[0]) is expected
