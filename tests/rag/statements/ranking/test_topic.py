"""How much of a topic a statement is: the words that tell, wherever they stand around it."""

from collections.abc import Mapping, Sequence

import pytest

from index.language.terms import analyze
from rag.statements.ranking.topic import (
    CIRCUMSTANCE,
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


@pytest.mark.parametrize(
    "words",
    [
        "weir after floods",
        "weir before floods",
        "weir during floods",
        "weir when floods came",
        "weir in the wake of floods",
    ],
)
def test_when_it_was_said_is_the_smaller_part_of_a_topic(words: str) -> None:
    weights = about(words).weights

    assert weights["weir"] == 1
    assert weights["flood"] == CIRCUMSTANCE


@pytest.mark.parametrize(
    ("words", "term"),
    [("after floods", "flood"), ("anything after floods", "flood"), ("the day after", "day")],
)
def test_without_another_topic_when_it_was_said_is_the_topic(words: str, term: str) -> None:
    assert about(words).weights[term] == 1


def test_a_word_of_both_parts_keeps_its_weight() -> None:
    assert about("weir after weir").weights == {"weir": 1}


@pytest.mark.parametrize("opener", ["whether", "if", "that", "because", "while"])
def test_the_word_that_opens_a_clause_is_no_part_of_the_topic(opener: str) -> None:
    assert set(about(f"{opener} tolls rise").weights) == {"toll", "rise"}


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Northern Weir Law Centre", "NWLC"),
        ("the Guild of Orm Millers", "GOM"),
        ("the Orm and Lisle Navigation", "OLN"),
        ("fees of the Orrin River Board", "ORB"),
    ],
)
def test_the_initials_of_a_long_name_stand_for_it(name: str, initials: str) -> None:
    fees = "fees " if "fees" in name else ""

    assert about(name).coverage(places(f"{fees}{initials} of the")) == 1.0
    assert analyze(initials)[0] in about(name).search_terms


def test_two_words_and_small_letters_have_no_initials() -> None:
    assert not about("Orm Millers").initials
    assert not about("the northern weir law centre").initials


def test_the_most_telling_word_of_a_topic_is_its_heaviest() -> None:
    weights = {"war": 3.0, "orrin": 4.0}
    asked = make_topic("war in Orrin", "", (), stop_words={"in"}, term_weights=lambda _: weights)

    assert asked.has_heaviest(places("", "", "Orrin"))
    assert not asked.has_heaviest(places("a war elsewhere"))
    assert not about("").has_heaviest(places("Orrin"))
