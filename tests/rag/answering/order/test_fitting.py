"""What tells the kind of thing that is asked for comes first: a cause, a date, of whom it is."""

import pytest

from rag.answering.order.fitting import agreed, cause, consequence, dated, of_others
from rag.answering.order.preferences import preferred
from rag.query.query import parse
from tests.support.candidates import Told, accounts, candidates

OUTAGE = "What caused the outage in Lisk?"
DIED = "How did Ada Pell die?"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (OUTAGE, "The outage in Lisk was due to a fire at a mill.", 1),
        (OUTAGE, "A fallen pine caused the Lisk outage, the board said.", 1),
        (OUTAGE, "The board blamed geese; the outage in Lisk was blamed on a goose.", 1),
        (OUTAGE, "The outage in Lisk stemmed from a worn cable.", 1),
        (OUTAGE, "The Lisk outage was triggered by lightning.", 1),
        (OUTAGE, "The board blamed the Lisk outage on a goose.", 1),
        (OUTAGE, "Shops lost sales due to the Lisk outage.", 0),
        (OUTAGE, "The outage in Lisk shut down the ferry, triggering anger.", 0),
        ("What was the cause of the outage?", "The outage came as a result of a flood.", 1),
        (DIED, "Ada Pell died of pneumonia on Monday.", 1),
        (DIED, "Ada Pell was killed by rebels.", 1),
        (DIED, "Ada Pell died in a crash.", 1),
        (DIED, "Ada Pell had a heart attack.", 1),
        (DIED, "Lisk paid tribute to the late Ada Pell.", 0),
        ("What did Ada Pell die of?", "Ada Pell drowned at the weir.", 1),
        ("Who visited Lisk?", "Ada Pell was killed due to a fire.", 0),
    ],
)
def test_a_cause_is_told_by_what_brought_it_about(
    question: str, sentence: str, expected: int
) -> None:
    assert cause(*accounts(question, Told(sentence))) == [expected]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When does the toll end in Lisk?", "The toll in Lisk ends on 1 January 2024.", 1),
        ("When did the toll end?", "The toll ended on Monday.", 1),
        ("When did the toll end?", "The toll of 19 boats ended.", 0),
        ("Where did the toll end?", "The toll ended in May.", 0),
    ],
)
def test_a_time_is_told_by_a_date(question: str, sentence: str, expected: int) -> None:
    assert dated(*accounts(question, Told(sentence))) == [expected]


HERS = Told("Pell was exchanged for Ivo Brandl.", short="Ivo Brandl")
ANOTHERS = Told("Lisk exchanged Mina Sato, a rower, for an engineer.", short="Mina Sato")


@pytest.mark.parametrize(
    "question",
    [
        "Who was Ada Pell exchanged for?",
        "Who helped Ada Pell?",
        "Who replaced Ada Pell?",
        "Who met Pell of the Orrin Guild and Ada Pell?",
        "Who is Ada Pell's coach?",
    ],
)
def test_a_sentence_about_another_gives_way_where_one_has_the_name(question: str) -> None:
    given = "Pell of the Orrin Guild was exchanged for Ivo Brandl."
    hers = Told(given, short="Ivo Brandl")
    query, both = accounts(question, ANOTHERS, hers)

    assert of_others(query, both) == [1, 0]
    assert of_others(query, both[:1]) == [0]


def test_what_is_asked_for_comes_before_a_slightly_better_mention() -> None:
    mention = Told("The outage in Lisk shut down the ferry.")
    told = Told("The outage in Lisk was due to a fire.")

    found = preferred(parse(OUTAGE, longest=200), candidates(mention, told))

    assert [each.sentence for each in found] == [told.sentence, mention.sentence]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (OUTAGE, "The outage in Lisk caused long queues.", 1),
        (OUTAGE, "The Lisk outage led to anger, triggering a vote.", 1),
        (OUTAGE, "A goose caused the outage, and the outage led to anger.", 0),
        (OUTAGE, "The clerk left after an outage that shut the Lisk mill, triggering anger.", 1),
        (OUTAGE, "Shops complained of lost sales due to the Lisk outage.", 1),
        (OUTAGE, "A goose flew into a cable, causing the outage in Lisk.", 0),
        (OUTAGE, "A goose caused it.", 0),
        ("Who caused the outage?", "The outage in Lisk caused long queues.", 0),
    ],
)
def test_what_it_led_to_is_no_cause(question: str, sentence: str, expected: int) -> None:
    assert consequence(*accounts(question, Told(sentence))) == [expected]


def test_what_several_articles_tell_comes_before_what_one_does() -> None:
    one = Told("Bo Marsh opened the Lisk fair.", short="Bo Marsh")
    several = [
        Told(f"The Lisk fair was opened by Ada Pell, {each} said.", short="Ada Pell")
        for each in ("a clerk", "the mayor", "a baker")
    ]
    question = "Who opened the Lisk fair?"

    values = agreed(*accounts(question, one, *several))
    query, found = parse(question, longest=200), candidates(one, *several)

    assert values == [0, *[pytest.approx(2 / 3)] * 3]
    assert preferred(query, found)[0].sentence == several[0].sentence


def test_no_number_of_articles_brings_a_far_worse_sentence_to_the_front() -> None:
    near, *far = (
        Told(text, short=name)
        for text, name in (
            ("Bo Marsh opened it.", "Bo Marsh"),
            ("Ada Pell did.", "Ada Pell"),
            ("Pell did.", "Pell"),
        )
    )

    assert agreed(*accounts("Who opened the fair?", near)) == [0]
    query, found = parse("Who opened the fair?", longest=200), candidates(near, *far, step=0.3)
    assert preferred(query, found)[0].sentence == "Bo Marsh opened it."


@pytest.mark.parametrize(
    "question", ["How many people died in the Lisk fire?", "Who is now the mayor of Lisk?"]
)
def test_agreement_does_not_count_where_what_is_asked_for_changes(question: str) -> None:
    told = [Told("The Lisk fire killed 3 people, said mayor Ada Pell.", short="3 people")] * 3

    assert agreed(*accounts(question, *told)) == [0, 0, 0]
