"""The short answer in a sentence, and the day it means."""

from datetime import UTC, date, datetime

import pytest

from index.documents import Article, Passage, Span
from rag.answering.short_answer import resolved_days, restates, short_answer
from rag.citations import ResolvedDays
from rag.query.query import parse
from rag.reading.evidence import Evidence
from rag.reading.spans import SpanPrediction
from rag.replies import Hit

TUESDAY = datetime(2024, 11, 12, 9, tzinfo=UTC)


def evidence(text: str, found: str) -> Evidence:
    article = Article("a", "Tolls", text, published_at=TUESDAY)
    whole = Span(0, len(text))
    at = text.index(found)
    hit = Hit(Passage(1, "a", article.revision, whole), 0.5, 1.0, 0.5, {})
    return Evidence(
        article, whole, whole, hit, 0.5, 1.0, SpanPrediction(Span(at, at + len(found)), 3.0), 0.5
    )


def short(question: str, text: str, found: str) -> str | None:
    span = short_answer(parse(question, longest=200), evidence(text, found))
    return span.of(text) if span else None


@pytest.mark.parametrize(
    ("question", "text", "found", "expected"),
    [
        ("Who raised the tolls?", "Ines Aalto raised the tolls.", "Ines Aalto", "Ines Aalto"),
        ("How much is it?", "It cost $5 million in all.", "5", "$5 million"),
        ("How much is it?", "It cost 40 crowns.", "40", "40 crowns"),
        ("How far is it?", "It is 12 nautical miles off.", "12", "12 nautical miles"),
        ("How much did it fall?", "It fell by 4.5% again.", "4.5", "4.5%"),
        ("How many came?", "Of 300 pupils, 43 came.", "43", "43"),
        ("How many came?", "There were forty, it said.", "forty", "forty"),
        ("How many came?", "Forty-three people came.", "Forty-three", "Forty-three people"),
        ("How fast is it?", "It flies at 40 km/h now.", "40", "40 km/h"),
        ("When did it sink?", "It sank in May 1911.", "May 1911", "May 1911"),
        ("When did it sink?", "It sank after a storm.", "after a storm", "after a storm"),
        ("Could you tell me who came?", "Ines Aalto came.", "Ines Aalto", "Ines Aalto"),
        ("Will Smith won which award?", "Smith won an Oscar.", "an Oscar", "an Oscar"),
    ],
)
def test_a_short_answer_is_marked_with_its_unit(
    question: str, text: str, found: str, expected: str
) -> None:
    assert short(question, text, found) == expected


@pytest.mark.parametrize("name", ["Ostra-11", "Lisk-3 crew", "the M-25"])
def test_the_number_of_a_name_counts_nothing(name: str) -> None:
    assert short("How many flew on Ostra-12?", f"It relieved {name} in May.", name) is None


def test_a_number_beside_a_numbered_name_counts() -> None:
    found = "three aboard Ostra-11"

    assert short("How many flew?", f"There were {found}.", found) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Who was the bomber?", "The man believed to be the bomber ran.", "The man believed to be"),
        ("Who was the bomber?", "The bomber ran off.", "The bomber"),
        ("Who is the woman?", "The woman fled by boat.", "fled by boat"),
        ("What did the U21 side do?", "The U21 side won.", "U21"),
        ("Where in Marl was the fire?", "The fire was in Marl.", "in Marl"),
    ],
)
def test_an_answer_that_adds_nothing_to_the_question_is_none(
    question: str, text: str, found: str
) -> None:
    assert short(question, text, found) is None
    assert restates(parse(question, longest=200), evidence(text, found))


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Who was the bomber?", "The bomber was a baker from Tarn.", "a baker from Tarn"),
        ("Who was the bomber?", "Police say the bomber was Kamal.", "Kamal"),
        ("Who rescued the crew?", "Fishermen rescued the crew.", "Fishermen"),
        ("Who struck the deal?", "Drivers struck it.", "Drivers"),
        ("Who spoke?", "In May engineer Freda Holm spoke.", "engineer Freda Holm"),
        ("Who spoke?", "Captain Freda Holm spoke.", "Captain Freda Holm"),
        ("Who spoke?", "Engineer Holm spoke.", "Engineer Holm"),
        ("Who wrote it in red?", "In the book she wrote it in red.", "she"),
        ("Who bought Borel?", "Zane Foods bought Borel from Otto Krall.", "Zane Foods"),
        ("Who bought Borel?", "Borel was bought by Zane Foods.", "Zane Foods"),
        ("Did Arden or Wexley win: which?", "Arden won.", "Arden"),
        ("Which team won, Arden or Wexley?", "Arden won.", "Arden"),
        ("What is the bridge called?", "The Corran bridge is old.", "Corran bridge"),
    ],
)
def test_an_answer_that_adds_a_word_is_kept(question: str, text: str, found: str) -> None:
    assert short(question, text, found) == found


def test_a_role_that_begins_a_sentence_is_no_part_of_a_full_name() -> None:
    text = "Engineer Freda Holm designed it."

    assert short("Who designed it?", text, "Engineer Freda Holm") == "Freda Holm"


def test_who_does_something_stands_before_its_verb() -> None:
    sold = "On Monday Zane Foods has bought Borel from Otto Krall."

    assert short("Who bought Borel?", sold, "Otto Krall") == "Zane Foods"
    assert short("Who bought Borel?", "They bought Borel from Otto Krall.", "Otto Krall") is None


@pytest.mark.parametrize(
    "question",
    [
        "Why did the tolls rise?",
        "How did the tolls rise?",
        "Did the tolls rise?",
        "Isn't it dear?",
    ],
)
def test_sentences_answer_how_and_why_and_yes_or_no(question: str) -> None:
    assert short(question, "The tolls rose for repairs.", "repairs") is None


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("When did it sink?", "61 passengers"),
        ("How long did it take?", "time"),
        ("Who built it?", "1987"),
        ("Where is it from?", "1987"),
    ],
)
def test_words_of_another_kind_are_no_short_answer(question: str, found: str) -> None:
    assert short(question, f"It sank with {found} left.", found) is None


def test_a_choice_is_no_question_of_yes_or_no() -> None:
    assert short("Was it Aalto or Renn?", "It was Renn.", "Renn") == "Renn"


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("It sank on Tuesday.", "Tuesday", ("Tuesday", date(2024, 11, 12), date(2024, 11, 12))),
        ("It sank on Monday.", "on Monday", ("Monday", date(2024, 11, 11), date(2024, 11, 11))),
        ("It sank yesterday.", "yesterday", ("yesterday", date(2024, 11, 11), date(2024, 11, 11))),
        ("It sank in May.", "May", ("May", date(2024, 5, 1), date(2024, 5, 31))),
        ("It sank last week.", "last week", ("last week", date(2024, 11, 4), date(2024, 11, 10))),
        ("It sank on 3 May.", "3 May", ("3 May", date(2024, 5, 3), date(2024, 5, 3))),
    ],
)
def test_a_day_told_by_the_day_of_publication_is_worked_out(
    text: str, found: str, expected: tuple[str, date, date]
) -> None:
    article = Article("a", "Ferry", text, published_at=TUESDAY)
    at = text.index(found)

    days = resolved_days(article, Span(0, len(text)), Span(at, at + len(found)))

    assert days == ResolvedDays(*expected)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It will sail on Friday.", "Friday", id="to come"),
        pytest.param("It sank on 3 May 2019.", "3 May 2019", id="a date in full"),
        pytest.param("It sank near Orrin.", "Orrin", id="no date"),
    ],
)
def test_other_answers_have_no_day_worked_out(text: str, found: str) -> None:
    article = Article("a", "Ferry", text, published_at=TUESDAY)
    at = text.index(found)

    assert resolved_days(article, Span(0, len(text)), Span(at, at + len(found))) is None


def test_the_day_is_that_of_the_place_of_publication() -> None:
    text = "It sank yesterday."
    article = Article(
        "a",
        "Ferry",
        text,
        published_at=datetime(2024, 11, 11, 22, tzinfo=UTC),
        published_original="2024-11-12T07:00:00+09:00",
    )

    days = resolved_days(article, Span(0, len(text)), Span(8, 17))

    assert days is not None
    assert days.first == date(2024, 11, 11)


def test_without_a_date_of_publication_no_day_is_worked_out() -> None:
    text = "It sank yesterday."

    assert resolved_days(Article("a", "Ferry", text), Span(0, len(text)), Span(8, 17)) is None
