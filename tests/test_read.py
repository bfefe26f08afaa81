"""Sentences in the order of what they say to a question."""

import pytest

from rag.question import Query, parse
from rag.read import PASSAGES_READ, read
from rag.sought import Sought, sought
from tests.passages import article, read_of


def asked(question: str) -> tuple[Query, Sought]:
    query = parse(question, longest=200)
    return query, sought(query, dict.fromkeys(query.content, 1.0))


def best(question: str, text: str) -> str:
    query, wanted = asked(question)
    first = read(query, wanted, read_of((article("a", text), 0.5))).ranked[0]
    return text[first.span.start : first.span.end]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        pytest.param(
            "Did the ferry sink?",
            "It was a quiet night. The ferry did sink off Orrin.",
            "The ferry did sink off Orrin.",
            id="the words asked for",
        ),
        pytest.param(
            "How much are the ferry tolls?",
            "The ferry tolls are high. The ferry tolls are 40 crowns.",
            "The ferry tolls are 40 crowns.",
            id="an amount",
        ),
        pytest.param(
            "When did the ferry sink?",
            "The ferry did sink at sea. The ferry did sink on Tuesday.",
            "The ferry did sink on Tuesday.",
            id="a time",
        ),
        pytest.param(
            "Who raised the ferry tolls?",
            "Nobody raised the ferry tolls. The new mayor Ines Aalto raised the ferry tolls.",
            "The new mayor Ines Aalto raised the ferry tolls.",
            id="a person",
        ),
        pytest.param(
            "Where did the ferry sink?",
            "The ferry did sink at night. The ferry did sink near Orrin.",
            "The ferry did sink near Orrin.",
            id="a place",
        ),
    ],
)
def test_the_sentence_that_answers_comes_first(question: str, text: str, expected: str) -> None:
    assert best(question, text) == expected


def test_a_fragment_is_never_evidence() -> None:
    query, wanted = asked("Did the ferry sink?")

    ranked = read(
        query, wanted, read_of((article("a", "Ferry sinks. The ferry did sink."), 0.5))
    ).ranked

    assert [(each.span.start, each.span.end) for each in ranked] == [(13, 32)]


def test_a_sentence_that_passages_share_is_read_once_with_the_better_passage() -> None:
    query, wanted = asked("Did the ferry sink?")
    ferry = article("a", "The ferry did sink off Orrin.")

    ranked = read(query, wanted, read_of((ferry, 0.2), (ferry, 0.9))).ranked

    assert [each.hit.score for each in ranked] == [0.9]


def test_only_the_first_passages_are_read() -> None:
    query, wanted = asked("Did the ferry sink?")
    found = [(article(f"a{n}", "The ferry did sink off Orrin."), 0.5) for n in range(20)]

    assert len(read(query, wanted, read_of(*found)).ranked) == PASSAGES_READ


def test_without_passages_there_is_no_evidence() -> None:
    assert read(*asked("Did the ferry sink?"), []).ranked == ()
