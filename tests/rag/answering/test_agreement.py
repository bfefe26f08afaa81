"""Whether articles give the same short answer."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.documents import Article, Passage, Span
from rag.answering.agreement import agree
from rag.answering.candidates import AnswerCandidates
from rag.query.query import Query, parse
from rag.reading.evidence import Evidence
from rag.reading.spans import SpanPrediction
from rag.replies import Hit


def evidence(answer: str, name: str = "a") -> Evidence:
    article = Article(name, "", answer)
    whole = Span(0, len(answer))
    hit = Hit(Passage(1, name, article.revision, whole), 0.5, 1.0, 0.5, {})
    return Evidence(article, whole, whole, hit, 0.5, 1.0, SpanPrediction(whole, 3.0), 0.5)


HOW_MANY, WHO, WHAT, WHEN, WHY = (
    parse(text, longest=100)
    for text in (
        "How many died?",
        "Who won the cup?",
        "What did the board decide?",
        "When did it sink?",
        "Why did it sink?",
    )
)


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (HOW_MANY, "43 people", "43", True),
        (HOW_MANY, "three", "3 sailors", True),
        (HOW_MANY, "43 people", "45 people", False),
        (HOW_MANY, "1,200", "1200", True),
        (HOW_MANY, "43", "dozens", None),
        (HOW_MANY, "Forty-three", "43 people", True),
        (HOW_MANY, "43 people", "12%", None),
        (HOW_MANY, "2,000", "two thousand", True),
        (HOW_MANY, "about 300", "312 people", True),
        (HOW_MANY, "more than 100", "312 people", False),
        (HOW_MANY, "14", "574 kilometres", None),
        (HOW_MANY, "420 tonnes", "310 kilometres", None),
        (HOW_MANY, "81", "1944", None),
        (HOW_MANY, "14", "18 as the men of the northern shift went home", None),
        (HOW_MANY, "$5 million", "12 people", None),
        (WHEN, "61 passengers", "the Strait of Orrin", None),
        (WHEN, "61 passengers", "May 1911", None),
        (WHEN, "May 1911", "June 1911", False),
        (WHEN, "1911", "12 May 1911", True),
        (WHEN, "1911", "1912", False),
        (WHEN, "in May", "1911", None),
        (WHEN, "on Tuesday", "12 May 1911", None),
        (WHEN, "on Tuesday", "on Friday", None),
        (WHY, "a storm", "the cargo", None),
        (WHO, "two gunmen", "Ines Aalto", None),
        (WHO, "Ivo Brankov", "the ship went down as Renn ignored two warnings", None),
        (WHO, "Ines Aalto", "Aalto", True),
        (WHO, "Ines Aalto", "Tomas Renn", False),
        (WHO, "Ines Aalto", "mayor Aalto", True),
        (WHAT, "to raise the tolls", "a pause", None),
        (WHAT, "to raise the tolls", "raise tolls", True),
    ],
)
def test_short_answers_agree_or_differ_or_are_not_comparable(
    question: Query, one: str, other: str, expected: bool | None
) -> None:
    assert agree(question, evidence(one), evidence(other)) is expected
    assert agree(question, evidence(other), evidence(one)) is expected


def published(answer: str, day: int) -> Evidence:
    """On that day of March 2025; the 6th is a Thursday."""
    found = evidence(answer)
    dated = replace(found.article, published_at=datetime(2025, 3, day, tzinfo=UTC))
    return replace(found, article=dated)


def test_weekdays_are_compared_by_the_days_they_mean() -> None:
    one, same, other = (
        published(answer, day)
        for answer, day in (("on Tuesday", 6), ("yesterday", 5), ("on Tuesday", 12))
    )

    assert agree(WHEN, one, same) is True
    assert agree(WHEN, one, other) is False


def test_a_sentence_that_was_not_read_is_not_compared() -> None:
    unread = replace(evidence("43", "b"), reading=None)
    found = AnswerCandidates(HOW_MANY, (evidence("43"), unread)).compared(min_confidence=0)

    assert found.agreement == "alone"
    assert found.agreeing == found.differing == found.further == ()


def test_a_story_that_differs_is_reported_even_beside_one_that_agrees() -> None:
    stories = evidence("43"), evidence("43", "b"), evidence("45", "c")
    found = AnswerCandidates(HOW_MANY, stories).compared(min_confidence=0)

    assert found.agreement == "differ"
    assert [each.article.id for each in found.agreeing] == ["b"]
    assert [each.article.id for each in found.differing] == ["c"]


def test_a_story_with_too_little_confidence_is_left_out() -> None:
    stories = evidence("43"), evidence("45", "b")

    assert AnswerCandidates(HOW_MANY, stories).compared(min_confidence=1).differing == ()


def said(sentence: str, short: str) -> Evidence:
    at = sentence.index(short)
    read = SpanPrediction(Span(at, at + len(short)), 3.0)
    return replace(evidence(sentence), reading=read)


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        ("How many were injured?", "12 were injured", "killed 3", None),
        ("How many died?", "12 died", "12 were hurt", None),
        ("How many were arrested?", "arrested 40", "charged 9", None),
        ("How many are missing?", "9 are missing", "2 died", None),
        ("How much did it raise?", "raised 40,000", "spent 12,000", None),
        ("How much did it cost?", "cost 38 million", "revenue of 5 million", None),
        ("How many did it hire?", "hired 30", "sacked 12", None),
        ("How many were hurt?", "injured 12", "hurt 15", False),
        ("How many died?", "killed 12", "the death toll is 15", False),
        ("How much did it cost?", "cost 38 million", "paid 40 million for it", False),
        ("How many died?", "killed 12 and hurt 40", "hurt 40, and 12 died", True),
        ("Who bought it?", "Zane bought it", "Borel sold it", None),
    ],
)
def test_only_the_same_thing_can_agree_or_differ(
    question: str, one: str, other: str, expected: bool | None
) -> None:
    first, second = (said(each, _short(each)) for each in (one, other))

    assert agree(parse(question, longest=99), first, second) is expected


def _short(sentence: str) -> str:
    """Its number, the one of the dead where it has two; else its first word."""
    found = re.search("12", sentence) or re.search(r"[\d,]*\d( million)?", sentence)
    return found.group() if found else sentence.split(maxsplit=1)[0]


def further(question: Query, *stories: Evidence, min_confidence: float = 0.0) -> list[str]:
    """Each a little worse than the one before."""
    ranked = (replace(each, score=1 - at / 20) for at, each in enumerate(stories))
    found = AnswerCandidates(question, tuple(ranked)).compared(min_confidence=min_confidence)
    return [each.sentence for each in found.further]


def doubtful(sentence: str, short: str, name: str = "a") -> Evidence:
    """Not so sure that nothing else is worth showing."""
    found = said(sentence, short)
    article = Article(name, "", sentence)
    return replace(found, article=article, lead=0.0, hit=replace(found.hit, dense=0.3))


WHERE = parse("Where was the funeral held?", longest=100)
JAPAN = doubtful("Lisk bade farewell at a funeral.", "Lisk")
HALL = doubtful("Guests came to the service at Orrin Hall.", "Orrin Hall")


def test_another_sentence_of_the_same_article_is_shown_where_its_short_answer_is_another() -> None:
    assert further(WHERE, JAPAN, HALL) == [HALL.sentence]


@pytest.mark.parametrize(
    "repeat",
    [
        doubtful("They met at Orrin Hall in May.", "Orrin Hall"),
        doubtful("The hall of Orrin was full.", "hall of Orrin"),
        doubtful("Orrin was full.", "Orrin"),
    ],
)
def test_an_answer_is_not_shown_twice(repeat: Evidence) -> None:
    assert further(WHERE, JAPAN, HALL, repeat) == [HALL.sentence]


@pytest.mark.parametrize(
    "noise",
    [
        doubtful("A door opened to the rest of the world.", "to the rest of the world"),
        doubtful(
            "Orrin’s hall is old and cold, and it was full then.",
            "Orrin’s hall is old and cold, and it was full",
        ),
        replace(HALL, reading=None),
        replace(HALL, reading=SpanPrediction(HALL.span, -20.0)),
        replace(HALL, hit=replace(HALL.hit, score=0.0, dense=-1.0)),
    ],
    ids=["no place", "long", "unread", "rejected by the reader", "unlikely"],
)
def test_what_can_hardly_answer_is_not_shown_beside_an_answer(noise: Evidence) -> None:
    assert further(WHERE, JAPAN, noise, min_confidence=0.1) == []


def test_another_measure_is_not_shown_beside_an_amount() -> None:
    dead = doubtful("At least 154 people died in the alley.", "154 people")
    more, wide = (
        doubtful("The toll of the alley is 156 people.", "156 people"),
        doubtful("The alley is 4 metres wide.", "4 metres"),
    )

    assert further(HOW_MANY, dead, wide, more) == [more.sentence]


def test_nothing_else_is_shown_beside_an_answer_that_is_certain() -> None:
    certain = replace(JAPAN, hit=replace(JAPAN.hit, score=1.2), lead=0.5)

    assert further(WHERE, certain, HALL) == []


def test_a_sentence_far_below_the_best_is_not_shown() -> None:
    far = replace(HALL, score=JAPAN.score - 0.7)

    assert AnswerCandidates(WHERE, (JAPAN, far)).compared(min_confidence=0).further == ()


def test_where_a_question_takes_no_short_answer_other_articles_are_shown() -> None:
    one, same, other = (doubtful("It sank in a storm.", "storm", name) for name in "aab")
    found = AnswerCandidates(WHY, (one, same, other)).compared(min_confidence=0)

    assert [each.article.id for each in found.further] == ["b"]
