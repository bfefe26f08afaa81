"""Answer measures: the published definitions worked by hand."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.questions import Gold
from eval.measures.answers import (
    answer_in_sentence,
    evidence_in_sentence,
    exact_match,
    normalise,
    span_f1,
    token_f1,
)
from eval.runs.predictions import RankedItem

spans = st.lists(
    st.builds(
        lambda article, start, size: Gold(article, start, start + size),
        st.sampled_from("ab"),
        st.integers(0, 15),
        st.integers(1, 8),
    ),
    min_size=1,
    max_size=4,
)


def sentence(start: int, end: int, score: float = 0.5, article: str = "a") -> RankedItem:
    return RankedItem(article, start, end, score, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        pytest.param("The  Ferry,\nGrey Heron!", "ferry grey heron", id="case-marks-space"),
        pytest.param("an apple a day", "apple day", id="articles"),
        pytest.param("Athens and theatre", "athens and theatre", id="articles-only-as-words"),
        pytest.param("$3.5", "35", id="marks-leave-no-space"),
        pytest.param("A-Team", "ateam", id="marks-before-articles"),
        pytest.param("“Café”", "“café”", id="typography-stays"),
        pytest.param("the", "", id="nothing-left"),
    ],
)
def test_normalisation_is_that_of_squad(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_exact_match_takes_any_gold_answer() -> None:
    assert exact_match("the Grey Heron.", ["ferry", "Grey heron"]) == 1
    assert exact_match("Grey Heron ferry", ["ferry", "Grey heron"]) == 0


def test_f1_counts_words_as_a_bag() -> None:
    assert token_f1("red red boat", ["red boat red cat"]) == pytest.approx(6 / 7)
    assert token_f1("red red red", ["red boat"]) == pytest.approx(2 * (1 / 3) * (1 / 2) / (5 / 6))
    assert token_f1("a boat", ["the boat"]) == 1


def test_f1_takes_the_best_gold_answer() -> None:
    assert token_f1("grey boat", ["blue cat", "grey boat there"]) == pytest.approx(4 / 5)


@pytest.mark.parametrize("measure", [exact_match, token_f1])
def test_an_empty_prediction_is_right_only_where_there_is_no_answer(
    measure: Callable[[str, Sequence[str]], float],
) -> None:
    assert measure("", ["boat"]) == measure("boat", []) == 0
    assert measure("", []) == 1


def test_gold_answers_without_a_word_are_left_out() -> None:
    assert token_f1("the", ["the", "boat"]) == exact_match("the", ["the", "boat"]) == 0
    assert token_f1("", ["?"]) == exact_match("", ["?"]) == 1


@given(st.text(), st.lists(st.text(), max_size=3))
def test_an_exact_match_has_an_f1_of_one(prediction: str, golds: list[str]) -> None:
    assert token_f1(prediction, golds) >= exact_match(prediction, golds)
    assert 0 <= token_f1(prediction, golds) <= 1


def test_a_hand_worked_span_f1() -> None:
    precision, recall = 5 / 20, 5 / 10

    f1 = span_f1([Gold("a", 0, 20)], [Gold("a", 15, 25)])

    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_span_f1_takes_the_best_stretch_and_knows_articles() -> None:
    gold = [Gold("a", 0, 10), Gold("b", 0, 4)]

    assert span_f1([Gold("b", 0, 4)], gold) == 1
    assert span_f1([Gold("c", 0, 4)], gold) == span_f1([], gold) == span_f1([gold[0]], []) == 0


@given(spans, spans)
def test_span_f1_is_that_of_the_sets_of_positions(said: list[Gold], gold: list[Gold]) -> None:
    def places(ranges: list[Gold]) -> set[tuple[str, int]]:
        return {(each.article, place) for each in ranges for place in range(each.start, each.end)}

    best = max(
        2 * len(places(said) & places([each])) / (len(places(said)) + len(places([each])))
        for each in gold
    )

    assert span_f1(said, gold) == pytest.approx(best)


def test_an_answer_counts_only_whole_and_in_the_first_k_sentences() -> None:
    sentences = [sentence(0, 15, 0.9), sentence(15, 40, 0.8)]

    assert [answer_in_sentence(sentences, [Gold("a", 20, 25)], k) for k in (1, 2)] == [0, 1]
    assert answer_in_sentence(sentences, [Gold("a", 10, 20)], 2) == 0
    assert answer_in_sentence(sentences, [Gold("b", 20, 25)], 2) == 0
    assert answer_in_sentence([], [Gold("a", 20, 25)], 3) == 0


def test_sentences_count_in_the_order_of_their_scores() -> None:
    sentences = [sentence(0, 10, 0.1), sentence(10, 20, 0.9)]

    assert answer_in_sentence(sentences, [Gold("a", 12, 15)], 1) == 1


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        pytest.param(Gold("a", 12, 18), 1, id="a-clause-of-the-sentence"),
        pytest.param(Gold("a", 0, 90), 1, id="several-sentences"),
        pytest.param(Gold("a", 4, 15), 0, id="less-than-half-of-both"),
        pytest.param(Gold("a", 5, 15), 0, id="exactly-half"),
        pytest.param(Gold("a", 5, 16), 1, id="more-than-half-of-the-shorter"),
        pytest.param(Gold("b", 10, 20), 0, id="another-article"),
    ],
)
def test_evidence_agrees_by_more_than_half_of_the_shorter(evidence: Gold, found: float) -> None:
    assert evidence_in_sentence([sentence(10, 20)], [evidence], 1) == found


def test_evidence_past_the_first_k_sentences_does_not_count() -> None:
    sentences = [sentence(0, 10, 0.9), sentence(10, 20, 0.8)]

    assert [evidence_in_sentence(sentences, [Gold("a", 11, 19)], k) for k in (1, 2)] == [0, 1]
