"""How probably a sentence answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logit

from index.documents import Article, Passage, Span
from rag.answering.candidates import AnswerCandidates
from rag.answering.confidence import confidence_alone
from rag.query.query import parse
from rag.reading.evidence import Evidence
from rag.reading.spans import SpanPrediction
from rag.replies import Hit

TEXT = "The ferry Heron sank on 3 May 2019 off Orrin."
ARTICLE = Article("a", "", TEXT)
WHOLE, DAY = Span(0, len(TEXT)), Span(24, 34)
HIT = Hit(Passage(1, "a", ARTICLE.revision, WHOLE), 0.6, 5.0, 0.5, {"read": 0.6})
READ = Evidence(ARTICLE, WHOLE, WHOLE, HIT, 1.0, 0.8, SpanPrediction(DAY, 2.0), 0.2)
LEAST_FALL = 0.1
WHEN = parse("When did the Heron sink?", longest=100)


def confidence(evidence: Evidence, *others: Evidence) -> float:
    return AnswerCandidates(WHEN, (evidence, *others)).confidence


def of_another_story(day: str) -> Evidence:
    article = Article("b", "", TEXT.replace("3", day, 1))
    return replace(READ, article=article, lead=-0.2)


@given(st.floats(-60, 60), st.floats(0, 1), st.floats(-1, 1), st.floats(-3, 3))
def test_confidence_is_a_probability(odds: float, score: float, dense: float, lead: float) -> None:
    evidence = replace(
        READ,
        hit=replace(HIT, score=score, dense=dense),
        reading=SpanPrediction(DAY, odds),
        lead=lead,
    )

    assert 0 < confidence(evidence) < 1
    assert 0 < confidence(replace(evidence, reading=None)) < 1


def test_each_signal_raises_the_confidence() -> None:
    better = (
        replace(READ, reading=SpanPrediction(DAY, 6.0)),
        replace(READ, lead=0.4),
        replace(READ, hit=replace(HIT, score=0.7)),
        replace(READ, hit=replace(HIT, dense=0.6)),
    )

    assert all(confidence(each) > confidence(READ) for each in better)


def test_another_story_with_the_same_answer_raises_the_confidence() -> None:
    assert confidence(READ, of_another_story("3")) > confidence(READ)
    assert confidence(READ, of_another_story("4")) == confidence(READ)


def test_standing_behind_a_sentence_that_may_not_answer_costs_more_than_a_lead_gains() -> None:
    even, ahead, behind = (logit(confidence(replace(READ, lead=lead))) for lead in (0.0, 0.3, -0.3))

    assert even - behind > ahead - even > 0


def test_alone_a_sentence_is_not_compared_with_better_ones() -> None:
    assert confidence_alone(WHEN, of_another_story("3")) > confidence(of_another_story("3"))


def test_the_confidence_of_a_sentence_that_was_not_read_depends_on_its_words() -> None:
    unread = replace(READ, reading=None)

    assert confidence(replace(unread, coverage=1.0)) > confidence(unread)
    assert confidence(replace(unread, lead=0.4)) == confidence(unread)


@pytest.mark.parametrize(
    ("text", "explains"),
    [
        ("The theatre shut on Monday because mould had spread.", True),
        ("The theatre shut on Monday after a fire.", True),
        ("The theatre shut on Monday to save money.", True),
        ("The theatre shut on Monday. Its owner blamed weak sales.", True),
        ("The theatre shut on Monday for fear of falling plaster.", True),
        ("The theatre shut on Monday. Actors sang in the rain.", False),
        ("The theatre shut in Orm on Monday.", False),
    ],
)
def test_a_sentence_without_a_reason_is_a_less_certain_answer_to_why(
    text: str, *, explains: bool
) -> None:
    why, what = (parse(f"{word} did the theatre shut?", longest=99) for word in ("Why", "How"))
    article = Article("a", "", text)
    whole, first = Span(0, len(text)), Span(0, text.index(".") + 1)
    evidence = Evidence(article, first, whole, HIT, 1.0, 0.8, SpanPrediction(first, 4.0), 0.2)

    fell = confidence_alone(what, evidence) - confidence_alone(why, evidence)

    assert (fell == 0) is explains
    assert explains or fell > LEAST_FALL
