"""Whether articles give the same short answer."""

from dataclasses import replace

import pytest

from index.documents import Article, Passage, Span
from rag.agreement import agree, compared
from rag.hit import Hit
from rag.question import Query, parse
from rag.read import Evidence
from rag.spans import Reading


def evidence(answer: str, name: str = "a") -> Evidence:
    article = Article(name, "", answer)
    whole = Span(0, len(answer))
    hit = Hit(Passage(1, name, article.revision, whole), 0.5, 1.0, 0.5, {})
    return Evidence(article, whole, whole, hit, 0.5, 1.0, Reading(whole, 3.0), 0.5)


HOW_MANY, WHO, WHAT = (
    parse(text, longest=100)
    for text in ("How many died?", "Who won the cup?", "What did the board decide?")
)


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (HOW_MANY, "43 people", "43", True),
        (HOW_MANY, "three", "3 sailors", True),
        (HOW_MANY, "43 people", "45 people", False),
        (HOW_MANY, "1,200", "1200", True),
        (HOW_MANY, "43", "dozens", None),
        (WHO, "Ines Aalto", "Aalto", True),
        (WHO, "Ines Aalto", "Tomas Renn", False),
        (WHO, "Ines Aalto", "mayor Aalto", True),
        (WHAT, "to raise the tolls", "a pause", None),
        (WHAT, "to raise the tolls", "raise tolls", True),
    ],
)
def test_short_answers_agree_or_differ_or_cannot_be_told(
    question: Query, one: str, other: str, expected: bool | None
) -> None:
    assert agree(question, evidence(one), evidence(other)) is expected
    assert agree(question, evidence(other), evidence(one)) is expected


def test_what_was_not_read_is_not_compared() -> None:
    unread = replace(evidence("43"), reading=None)

    assert compared(HOW_MANY, evidence("43"), [unread]).agreement == "alone"


def test_one_that_differs_is_told_even_beside_one_that_agrees() -> None:
    found = compared(HOW_MANY, evidence("43"), [evidence("43", "b"), evidence("45", "c")])

    assert found.agreement == "differ"
    assert [each.article.id for each in found.agreeing] == ["b"]
    assert [each.article.id for each in found.differing] == ["c"]
