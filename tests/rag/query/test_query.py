"""Reading a question: what to search for, what evidence must cover, and what is refused."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from rag.query.query import Query, parse, within_period

ASKED = datetime(2024, 9, 18, tzinfo=UTC)


def read(question: str) -> Query:
    return parse(question, longest=2000)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("what did Rachel Minyoung Lee say?", ["Rachel Minyoung Lee"], id="full name"),
        pytest.param("Did Robert O’Brien resign?", ["Robert O’Brien"], id="apostrophe"),
        pytest.param("What did Eul-Chul Lim warn of?", ["Eul-Chul Lim"], id="hyphen"),
        pytest.param("Which ferry sank?", [], id="a lone first word is no name"),
        pytest.param("Harbour Trust funds: who decides?", ["Harbour Trust"], id="name first"),
        pytest.param("What did Lan tell Musa?", ["Lan", "Musa"], id="two people"),
        pytest.param("what did the mayor say about flooding", [], id="no capitals"),
        pytest.param("Is Lagos, Nigeria safe?", ["Lagos", "Nigeria"], id="a comma parts names"),
    ],
)
def test_capitalised_runs_are_names(question: str, names: list[str]) -> None:
    assert list(read(question).names) == names


def test_question_words_do_not_count_as_evidence() -> None:
    query = read("What did the council say about the bridge?")

    assert "bridg" in query.content or "bridge" in query.content
    assert not {"what", "did", "say", "the", "about"} & set(query.content)


def test_each_term_is_searched_once() -> None:
    assert len(read("ferry ferry " * 100).terms) == 1


def test_numbers_are_kept_as_written() -> None:
    assert read("Who paid 1,200.50 in 2024?").numbers == ("1,200.50", "2024")


def test_evidence_need_not_have_a_number_that_is_only_compared_with() -> None:
    assert read("Is the bridge longer than 400 metres?").numbers == ()
    assert read("Did at least 43 people die in 2024?").numbers == ("2024",)
    assert read("Did it cost over $4bn?").numbers == ()


def test_a_number_keeps_the_letters_and_the_scale_that_belong_to_it() -> None:
    assert read("Who paid $4bn and £2 million on the m25?").numbers == ("$4bn", "£2 million", "m25")
    assert read("Which 737s flew in mid-2024?").numbers == ("737s", "2024")
    assert read("Who won the 10Best award of 2024?").numbers == ("2024",)
    assert read("Did a 30-year-old win 3-1?").numbers == ("30", "3", "1")
    assert read("Did covid-19 cost US$4 billion?").numbers == ("covid-19", "4 billion")


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Why did it close?", True), ("How does it work?", True), ("How many people came?", False)],
)
def test_why_and_how_want_an_explanation_but_how_many_does_not(
    question: str, expected: bool
) -> None:
    assert read(question).wants_explanation is expected


@pytest.mark.parametrize("question", ["", "   \n", "\x00\x01", "\u200b\u200e"], ids=repr)
def test_a_question_without_a_visible_character_is_refused(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        read(question)


def test_the_error_for_a_long_question_names_the_limit() -> None:
    with pytest.raises(QuestionError, match=r"10,000 characters, at most 2,000"):
        read("a" * 10_000)


@pytest.mark.parametrize(
    "question", ['title:foo AND "', "((((", "* ~5 ^2", "пожар в порту?", "火事"]
)
def test_query_syntax_and_other_scripts_are_just_text(question: str) -> None:
    assert read(question).text == question


@given(st.text(max_size=300))
def test_parsing_raises_only_question_errors(question: str) -> None:
    try:
        query = read(question)
    except QuestionError:
        return

    assert query.text == " ".join(query.text.split())
    assert set(query.content) <= set(query.terms)


def test_within_a_period_its_words_are_not_searched() -> None:
    asked = parse(
        "What did the Harbour Board decide on 12 September 2024?", longest=200, as_of=ASKED
    )
    within = within_period(asked)

    assert (asked.numbers, within.numbers) == (("12", "2024"), ())
    assert within.content == ("harbour", "board", "decid")
    assert within.names == ("Harbour Board",)
    assert (within.text, within.period) == (asked.text, asked.period)


def test_an_explicit_date_alone_is_searched_and_a_relative_one_is_not() -> None:
    named = within_period(parse("What happened in September 2024?", longest=200, as_of=ASKED))
    relative = within_period(parse("What happened last week?", longest=200, as_of=ASKED))

    assert named.content == ("septemb", "2024")
    assert relative.content == ()


def test_dates_can_be_read_as_ordinary_words() -> None:
    ignored = parse("What did Ada Obi say last week?", longest=200, as_of=ASKED, dates=False)

    assert ignored.period is None
    assert ignored.intent is not None
    assert ignored.intent.when == ""
    assert "week" in ignored.content


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many lifeboats did the ferry carry?", "lifeboats"),
        ("How many new hospital beds are there in Orrin?", "beds"),
        ("How many cases of measles were there?", "cases"),
        ("How many people were stranded?", ""),
        ("How many workers died in the fire?", ""),
        ("How many workers were hurt?", "workers"),
        ("How much did it cost?", ""),
    ],
)
def test_the_counted_noun_is_kept_where_evidence_must_name_it(question: str, expected: str) -> None:
    assert parse(question, longest=200).counted_noun == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does item 700 say?", (("item", "700"),)),
        ("What became of Flight 370?", (("flight", "370"),)),
        ("What happened on May 3?", ()),
        ("Did at least 43 people die in 2014?", ()),
    ],
)
def test_a_word_named_by_its_number_is_kept_with_it(
    question: str, expected: tuple[tuple[str, str], ...]
) -> None:
    assert read(question).numbered == expected
