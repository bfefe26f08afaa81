"""Another year, another measure and several names do not answer, and the refusal says so."""

from dataclasses import replace

import pytest

from rag.answering.order.admission import admissible_accounts, otherwise
from rag.query.query import parse
from rag.replies import RefusalReason
from tests.support.candidates import Told, candidates


def kept(question: str, *told: Told) -> list[str]:
    query = parse(question, longest=200)
    return [each.sentence for each in admissible_accounts(query, candidates(*told))]


WON = Told("Ada Pell won the Lisk Cup.", "2022-06-01", "Ada Pell")


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Lisk Cup in 2019?",
        "Who won the 2019 Lisk Cup?",
        "Who won Lisk Cup 2019?",
        "In 2019 who won the Lisk Cup?",
        "Who won the Lisk Cup of 2019?",
    ],
)
def test_an_article_of_another_year_does_not_answer(question: str) -> None:
    reason, message = otherwise(parse(question, longest=200), candidates(WON)) or (None, "")

    assert kept(question, WON) == []
    assert reason is RefusalReason.OUTSIDE_DATES
    assert message == "Nothing found for this is of 2019; the nearest article is from 1 June 2022."


@pytest.mark.parametrize(
    "told",
    [
        Told("Ada Pell won the Lisk Cup.", "2019-06-01", "Ada Pell"),
        Told("Ada Pell won the Lisk Cup in 2019.", "2022-06-01", "Ada Pell"),
        Told("Ada Pell won it.", "2022-06-01", "Ada Pell", before="The 2019 cup was close."),
        Told("Ada Pell won it.", "2022-06-01", "Ada Pell", title="Lisk Cup 2019 in pictures"),
        Told("Ada Pell won the Lisk Cup.", "2020-01-05", "Ada Pell"),
        Told("Ada Pell won the Lisk Cup last year.", "2020-11-05", "Ada Pell"),
        Told("Ada Pell won the Lisk Cup.", "", "Ada Pell"),
    ],
)
def test_an_article_that_is_of_the_year_or_names_it_may_answer(told: Told) -> None:
    assert kept("Who won the Lisk Cup in 2019?", told) == [told.sentence]


@pytest.mark.parametrize(
    "question",
    [
        "Who has won the Lisk Cup since 2019?",
        "Who won the Lisk Cup before 2023?",
        "Who killed 2000 people in Lisk?",
        "Who won the Lisk Cup?",
    ],
)
def test_a_year_that_is_only_compared_with_keeps_all_articles(question: str) -> None:
    assert kept(question, WON) == [WON.sentence]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How much did “Orla” gross?", "“Orla” grossed $80 million.", "Seats cost $15."),
        ("How much was Borel fined?", "Borel was fined £5 million.", "Borel has 40 shops."),
        ("How much did the bridge cost?", "The bridge cost $9m.", "The bridge is 900 feet long."),
        ("How long was Pell sentenced?", "Pell was sentenced to nine years.", "Pell is 51."),
        ("How long was Pell jailed for?", "Pell was jailed for life.", "Pell ran for 9 years."),
        ("How long was Pell suspended?", "Pell is banned for 3 weeks.", "Pell played for 9 years."),
    ],
)
def test_the_measure_and_what_is_measured_have_to_agree(
    question: str, right: str, wrong: str
) -> None:
    assert kept(question, Told(right), Told(wrong)) == [right]


def test_a_refusal_names_the_measure_that_is_missing() -> None:
    query = parse("How long was Pell sentenced?", longest=200)

    assert otherwise(query, candidates(Told("Pell is 51."))) == (
        RefusalReason.NO_EVIDENCE,
        "No sentence found for this gives a prison term.",
    )


@pytest.mark.parametrize(
    "question",
    [
        "How long is the bridge?",
        "How much snow fell?",
        "How much did prices rise?",
        "How many ran?",
    ],
)
def test_other_amounts_need_no_such_measure(question: str) -> None:
    told = Told("It is as it was: much.")

    assert kept(question, told) == [told.sentence]


LIST = Told("Ada Pell, Bo Marsh and Cy Holm may follow.", short="Bo Marsh")
BOTH = Told("It is between Ada Pell or Bo Marsh.", short="Ada Pell")
ONE = Told("Ada Pell beat Bo Marsh, Cy Holm and Di Lind.", short="Ada Pell")


@pytest.mark.parametrize(
    "question",
    [
        "Who replaced Ina Frey?",
        "Who will succeed Ina Frey?",
        "Who is the new mayor?",
        "Who took over from Ina Frey?",
        "Who was named mayor?",
    ],
)
def test_a_list_of_names_does_not_answer_a_question_for_one(question: str) -> None:
    assert kept(question, LIST, BOTH, ONE) == [ONE.sentence]


@pytest.mark.parametrize("question", ["Who attended the meeting?", "Who are the candidates?"])
def test_a_list_answers_other_questions(question: str) -> None:
    assert kept(question, LIST) == [LIST.sentence]


def test_a_sentence_without_a_name_does_not_say_who_the_new_one_is() -> None:
    nobody = Told("Lisk has a new mayor, the council said.", short="the council")

    assert kept("Who is the new mayor of Lisk?", nobody) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Pell faces up to 25 years in prison.",
        "Pell could be jailed for nine years.",
        "The charges carry a maximum term of nine years.",
        "If convicted, Pell goes to prison for nine years.",
    ],
)
def test_a_sentence_that_may_still_be_passed_is_no_sentence(sentence: str) -> None:
    assert kept("How long was Pell sentenced?", Told(sentence)) == []


def test_an_unread_sentence_does_not_answer_for_a_year_where_others_were_read() -> None:
    other, unread = candidates(WON, Told("The cup of 2019 was close.", "2022-06-01"))

    found = admissible_accounts(
        parse("Who won the Lisk Cup in 2019?", longest=200), [other, replace(unread, reading=None)]
    )

    assert found == []
