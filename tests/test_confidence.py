"""How probably a sentence answers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article, Passage, Span
from rag.confidence import confidence
from rag.hit import Hit
from rag.read import Evidence
from rag.spans import Reading

ARTICLE = Article("a", "", "The ferry sank.")
WHOLE = Span(0, 15)
HIT = Hit(Passage(1, "a", ARTICLE.revision, WHOLE), 0.6, 5.0, 0.5, {"read": 0.6})
READ = Evidence(ARTICLE, WHOLE, WHOLE, HIT, 1.0, 0.8, Reading(WHOLE, 2.0), 0.2)


@given(st.floats(-60, 60), st.floats(0, 1), st.floats(-1, 1), st.floats(-3, 3))
def test_confidence_is_a_probability(odds: float, score: float, dense: float, ahead: float) -> None:
    evidence = replace(
        READ,
        hit=replace(HIT, score=score, dense=dense),
        reading=Reading(WHOLE, odds),
        ahead=ahead,
    )

    assert 0 < confidence(evidence) < 1
    assert 0 < confidence(replace(evidence, reading=None)) < 1


def test_whatever_speaks_for_a_sentence_makes_it_surer() -> None:
    better = (
        replace(READ, reading=Reading(WHOLE, 6.0)),
        replace(READ, ahead=0.4),
        replace(READ, hit=replace(HIT, score=0.7)),
        replace(READ, hit=replace(HIT, dense=0.6)),
    )

    assert all(confidence(each) > confidence(READ) for each in better)


def test_what_was_not_read_is_judged_by_its_words() -> None:
    unread = replace(READ, reading=None)

    assert confidence(replace(unread, coverage=1.0)) > confidence(unread)
    assert confidence(replace(unread, ahead=0.4)) == confidence(unread)
