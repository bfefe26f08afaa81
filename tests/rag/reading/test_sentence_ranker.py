"""Sentences ranked by how well they answer, with and without a reader."""

import pytest

from index.documents import Span
from rag.query.query import Query, parse
from rag.reading.sentence_ranker import (
    MOST_CHARACTERS,
    PASSAGES_RANKED,
    PASSAGES_READ,
    READ_WHOLE,
    rank_sentences,
    texts_to_read,
)
from rag.reading.spans import SpanPrediction
from rag.retrieval.term_matching import TermMatcher, term_matcher
from tests.support.fakes import FakeReader
from tests.support.passages import article, excerpts_of


def asked(question: str) -> tuple[Query, TermMatcher]:
    query = parse(question, longest=200)
    return query, term_matcher(query, dict.fromkeys(query.content, 1.0))


def best(question: str, text: str) -> str:
    query, wanted = asked(question)
    first = rank_sentences(query, wanted, excerpts_of((article("a", text), 0.5))).ranked[0]
    return first.span.of(text)


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

    ranked = rank_sentences(
        query, wanted, excerpts_of((article("a", "Ferry sinks. The ferry did sink."), 0.5))
    ).ranked

    assert [(each.span.start, each.span.end) for each in ranked] == [(13, 32)]


def test_a_sentence_that_passages_share_is_kept_once_with_the_better_passage() -> None:
    query, wanted = asked("Did the ferry sink?")
    ferry = article("a", "The ferry did sink off Orrin.")

    ranked = rank_sentences(query, wanted, excerpts_of((ferry, 0.2), (ferry, 0.9))).ranked

    assert [each.hit.score for each in ranked] == [0.9]


def test_only_the_first_passages_are_ranked_and_of_these_only_the_first_are_read() -> None:
    query, wanted = asked("Did the ferry sink?")
    found = [(article(f"a{n:02}", "The ferry did sink off Orrin."), 0.5) for n in range(20)]

    ranked = rank_sentences(query, wanted, excerpts_of(*found), FakeReader({"Orrin": 2.0}))

    assert len(ranked.ranked) == PASSAGES_RANKED
    assert [each.reading is not None for each in ranked.ranked] == [True] * PASSAGES_READ + [
        False
    ] * (PASSAGES_RANKED - PASSAGES_READ)
    assert ranked.reading == "full"


def test_without_passages_there_is_no_evidence() -> None:
    assert rank_sentences(*asked("Did the ferry sink?"), []).ranked == ()


FERRY = article("ferry", "The ferry did sink. Nobody was hurt. A gull had flown into the engine.")
OTHER = article("other", "The ferry did not sink at Orrin. It was late. Nobody minded at all.")


def test_the_reader_finds_a_sentence_without_a_word_of_the_question() -> None:
    query, wanted = asked("What made the ferry sink?")

    first = rank_sentences(
        query, wanted, excerpts_of((FERRY, 0.5)), FakeReader({"A gull": 8.0})
    ).ranked[0]

    assert first.span.of(first.article.text).startswith("A gull")
    assert first.reading == SpanPrediction(Span(37, 43), 8.0)
    assert first.lead > 0


def test_a_passage_that_answers_is_ranked_before_one_that_does_not() -> None:
    query, wanted = asked("What made the ferry sink?")
    passages = excerpts_of((OTHER, 0.5), (FERRY, 0.45))

    unread = rank_sentences(query, wanted, passages)
    seen = rank_sentences(query, wanted, passages, FakeReader({"A gull": 8.0}))

    assert [each.article.id for each in unread.passages] == ["other", "ferry"]
    assert [each.article.id for each in seen.passages] == ["ferry", "other"]
    for excerpt in seen.passages:
        assert sum(excerpt.hit.parts.values()) == pytest.approx(excerpt.hit.score)
        assert 0 <= excerpt.hit.score <= 1


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (FakeReader({}), "full"),
        (FakeReader({}, unread=1), "partial"),
        (FakeReader({}, unread=2), "none"),
        (None, "none"),
    ],
)
def test_the_result_says_how_much_was_read(reader: FakeReader | None, expected: str) -> None:
    query, wanted = asked("What made the ferry sink?")

    found = rank_sentences(query, wanted, excerpts_of((OTHER, 0.5), (FERRY, 0.5)), reader)

    assert found.reading == expected
    assert {each.article.id for each in found.ranked} == {"ferry", "other"}


def test_without_passages_the_result_does_not_say_how_much_was_read() -> None:
    assert rank_sentences(*asked("Did the ferry sink?"), [], FakeReader({})).reading is None


def test_unread_passages_are_ranked_as_without_a_reader() -> None:
    query, wanted = asked("Did the ferry sink?")
    passages = excerpts_of((OTHER, 0.5), (FERRY, 0.4))

    unread = rank_sentences(query, wanted, passages, FakeReader({}, unread=9))

    assert unread == rank_sentences(query, wanted, passages)


def test_later_passages_are_read_where_they_cover_the_question_best() -> None:
    _, wanted = asked("Did the ferry sink?")
    dull = "Nothing at all of note happened there on that day. " * 8
    long = article("long", f"{dull}The ferry did sink off Orrin. {dull}")
    texts = texts_to_read(wanted, excerpts_of(*[(long, 0.5)] * (READ_WHOLE + 1)))

    first, last = texts[0], texts[-1]
    assert first is not None
    assert last is not None
    assert len(first.sentences) == 17
    assert last.sentences[-1].end - last.sentences[0].start <= MOST_CHARACTERS
    assert any("ferry" in each.of(long.text) for each in last.sentences)


def test_a_passage_that_is_asked_for_is_read_in_full_wherever_it_stands() -> None:
    _, wanted = asked("Did the ferry sink?")
    found = excerpts_of(*[(FERRY, 0.5)] * PASSAGES_RANKED)
    last = found[-1].hit.passage.id

    without, with_it = texts_to_read(wanted, found), texts_to_read(wanted, found, last)

    assert [each is not None for each in without[-2:]] == [False, False]
    assert with_it[-2] is None
    assert with_it[-1] == with_it[0]
