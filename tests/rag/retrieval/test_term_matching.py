"""How well a text matches the words of a question, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.terms import analyze
from rag.query.query import parse
from rag.retrieval.term_matching import SYNONYM, TermMatcher, term_matcher

WEIGHTS = {"ferri": 3.0, "toll": 1.0}


def of(question: str, weights: dict[str, float]) -> TermMatcher:
    return term_matcher(parse(question, longest=200), weights)


def test_coverage_is_the_weighted_share_of_the_terms() -> None:
    ferry = of("ferry tolls", WEIGHTS)

    assert ferry.coverage({"ferri", "other"}) == pytest.approx(3 / 4)
    assert ferry.coverage(set()) == 0


def test_words_that_the_question_does_not_have_leave_the_coverage_as_it_is() -> None:
    ferry = of("ferry tolls", WEIGHTS)

    assert ferry.coverage({"toll"}) == ferry.coverage({"toll", "harbour"}) == pytest.approx(1 / 4)


def test_a_synonym_counts_less_than_the_word_itself() -> None:
    sent = of("send troops", {"send": 3.0, "troop": 1.0})

    assert sent.coverage({"dispatch"}) == pytest.approx(SYNONYM * 3 / 4)
    assert sent.coverage({"dispatch", "send"}) == pytest.approx(3 / 4)
    assert sent.coverage({"return"}) == 0


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("the ferry tolls", 1.0),
        ("the ferry and its tolls", 1.0),
        ("the ferry, and all of the tolls", 0.0),
        ("tolls on the ferry", 0.0),
        ("the ferry", 0.0),
    ],
)
def test_a_pair_stands_in_order_with_two_words_between_at_most(text: str, share: float) -> None:
    assert of("ferry tolls", WEIGHTS).pairing(analyze(text)) == share


def test_pairs_weigh_as_much_as_their_terms() -> None:
    weights = {"ferri": 3.0, "toll": 1.0, "rise": 2.0}
    asked = of("ferry tolls rise", weights)

    assert asked.pairing(analyze("ferry tolls")) == pytest.approx(4 / (4 + 3))


def test_a_name_counts_only_in_full() -> None:
    asked = of("What did Ines Aalto tell the Harbour Board?", {})

    assert asked.naming(analyze("Aalto met the Harbour Board")) == 0.5
    assert asked.naming(analyze("Ines Aalto met the Harbour Board")) == 1.0


def test_a_question_without_content_gives_every_measure_0() -> None:
    asked = of("what is it", {})

    assert asked.coverage({"it"}) == asked.pairing(["what", "is"]) == asked.naming(["it"]) == 0


@given(st.text(), st.text())
def test_every_share_is_between_0_and_1(question: str, text: str) -> None:
    terms = analyze(text)
    asked = of(f"who {question[:100]}", dict.fromkeys(analyze(question[:100]), 1.5))

    shares = (asked.coverage(set(terms)), asked.pairing(terms), asked.naming(terms))

    assert all(0 <= share <= 1 + 1e-9 for share in shares)
