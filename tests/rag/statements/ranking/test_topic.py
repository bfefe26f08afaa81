"""How much of a topic a statement is: the words that tell, wherever they stand around it."""

from collections.abc import Mapping, Sequence

import pytest

from index.language.terms import analyze
from rag.statements.ranking.topic import (
    IN_PARAGRAPHS,
    IN_SENTENCES,
    OTHER_FORM,
    StatementTerms,
    Topic,
    make_topic,
)


def alike(terms: Sequence[str]) -> Mapping[str, float]:
    return dict.fromkeys(terms, 1.0)


def about(words: str, listener: str = "", *phrases: str) -> Topic:
    return make_topic(words, listener, phrases, stop_words={"the"}, term_weights=alike)


def places(content: str, sentences: str = "", around: str = "") -> StatementTerms:
    return StatementTerms(*(frozenset(analyze(part)) for part in (content, sentences, around)))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(places("the weir at Orrin"), 1.0, id="said"),
        pytest.param(places("", "the weir at Orrin"), IN_SENTENCES, id="in the sentence"),
        pytest.param(places("", "", "the weir at Orrin"), IN_PARAGRAPHS, id="near it"),
        pytest.param(places("the weir"), 0.5, id="half of it"),
        pytest.param(places("the weir, Orrinian"), (1 + OTHER_FORM) / 2, id="another form"),
        pytest.param(places("geese"), 0.0, id="nothing"),
    ],
)
def test_a_topic_is_covered_by_its_words(found: StatementTerms, expected: float) -> None:
    assert about("the weir at Orrin".replace("at ", "")).coverage(found) == pytest.approx(expected)


def test_no_topic_is_covered_by_anything() -> None:
    assert about("").coverage(places("geese")) == 1.0


def test_a_word_that_tells_little_weighs_little_beside_others() -> None:
    assert about("the weir question").coverage(places("the weir")) > 0.75
    assert about("question").coverage(places("a question")) == 1.0


def test_the_listener_is_the_topic_only_where_there_is_no_other() -> None:
    assert about("", "jury").coverage(places("geese")) == 0.0
    assert about("geese", "jury").coverage(places("geese")) > 0.75


def test_a_phrase_stands_word_for_word_and_in_order() -> None:
    asked = about("", "", "We will not wait")

    assert asked.is_quoted_in(analyze("“But we will not wait,” she said"))
    assert not asked.is_quoted_in(analyze("wait, we will not"))
    assert not about("wait").is_quoted_in(analyze("wait"))


@pytest.mark.parametrize("written", ["ceasefire", "cease-fire", "cease fire"])
def test_a_topic_is_searched_for_in_every_spelling(written: str) -> None:
    assert {"ceasefir", "ceas", "fire"} <= set(about(written).search_terms)
