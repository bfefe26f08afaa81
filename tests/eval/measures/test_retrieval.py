"""Retrieval measures: hand-worked, and against trec_eval on random rankings."""

import math
from random import Random

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import AP, RR, R, Success, nDCG

from eval.datasets.questions import Gold
from eval.measures.retrieval import (
    EVIDENCE,
    average_precision,
    evidence_hit,
    evidence_ranking,
    in_order,
    mrr,
    ndcg,
    ranking_of,
    recall,
    relevant_of,
    success,
)
from eval.runs.predictions import RankedItem

COPIES = {"gazette": "wire", "courier": "wire"}

articles = st.sampled_from("abcdefghij")
rankings = st.lists(articles, unique=True)
relevants = st.dictionaries(articles, st.integers(0, 3))
places = st.builds(
    RankedItem,
    articles,
    start=st.integers(0, 40),
    end=st.integers(41, 90),
    score=st.sampled_from([0.1, 0.2, 0.3]),
    lexical=st.just(0.0),
    dense=st.just(0.0),
)


def group_of(article: str) -> str:
    return COPIES.get(article, article)


def passage(article: str, start: int, end: int, score: float = 0.5) -> RankedItem:
    return RankedItem(article, start, end, score, 0.0, 0.0)


def test_a_hand_worked_ranking() -> None:
    ranking, relevant = ["x", "b", "y", "a"], {"a": 2, "b": 1, "c": 1}

    assert [success(ranking, relevant, k) for k in (1, 2)] == [0, 1]
    assert [recall(ranking, relevant, k) for k in (1, 2, 4)] == pytest.approx([0, 1 / 3, 2 / 3])
    assert [mrr(ranking, relevant, k) for k in (1, 10)] == [0, 1 / 2]
    assert average_precision(ranking, relevant) == pytest.approx((1 / 2 + 2 / 4) / 3)
    found = 1 / math.log2(3) + 2 / math.log2(5)
    best = 2 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(ranking, relevant, 10) == pytest.approx(found / best)


@settings(deadline=None)  # trec_eval is loaded by the first example
@given(rankings, relevants.filter(lambda grades: any(grades.values())), st.integers(1, 12))
def test_trec_eval_says_the_same(ranking: list[str], relevant: dict[str, int], k: int) -> None:
    qrels = [ir_measures.Qrel("q", article, grade) for article, grade in relevant.items()]
    run = [ir_measures.ScoredDoc("q", article, -rank) for rank, article in enumerate(ranking)]
    measures = [Success @ k, R @ k, RR @ k, nDCG @ k, AP]

    theirs = ir_measures.calc_aggregate(measures, qrels, run)

    assert [theirs[measure] for measure in measures] == pytest.approx(
        [
            success(ranking, relevant, k),
            recall(ranking, relevant, k),
            mrr(ranking, relevant, k),
            ndcg(ranking, relevant, k),
            average_precision(ranking, relevant),
        ]
    )


@given(relevants.filter(lambda grades: any(grades.values())), st.integers(10, 20))
def test_the_best_order_scores_one(relevant: dict[str, int], k: int) -> None:
    best = sorted((a for a in relevant if relevant[a]), key=lambda a: -relevant[a])

    assert success(best, relevant, k) == mrr(best, relevant, k) == recall(best, relevant, k) == 1
    assert ndcg(best, relevant, k) == pytest.approx(1)
    assert average_precision(best, relevant) == pytest.approx(1)


@given(relevants, rankings)
def test_nothing_found_or_nothing_relevant_scores_nothing(
    relevant: dict[str, int], ranking: list[str]
) -> None:
    for found, expected in (([], relevant), (ranking, {})):
        assert (
            success(found, expected, 5)
            == recall(found, expected, 5)
            == mrr(found, expected, 5)
            == 0
        )
        assert ndcg(found, expected, 5) == average_precision(found, expected) == 0


def test_what_comes_twice_counts_once() -> None:
    assert recall(["a", "a"], {"a": 1, "b": 1}, 2) == 1 / 2
    assert ndcg(["a", "a"], {"a": 1, "b": 1}, 2) < 1
    assert average_precision(["a", "a"], {"a": 1, "b": 1}) == 1 / 2


def test_ties_are_broken_by_article_then_place() -> None:
    ranked = [passage("b", 0, 9), passage("a", 5, 9), passage("a", 0, 9), passage("c", 0, 9, 0.6)]

    order = [(each.article, each.start) for each in in_order(ranked)]

    assert order == [("c", 0), ("a", 0), ("a", 5), ("b", 0)]


@given(st.lists(places), st.randoms(use_true_random=False))
def test_the_order_given_does_not_matter(ranked: list[RankedItem], random: Random) -> None:
    shuffled = random.sample(ranked, len(ranked))

    assert in_order(shuffled) == in_order(ranked)


def test_copies_collapse_to_the_first_of_their_group() -> None:
    passages = [
        passage("gazette", 0, 9, 0.9),
        passage("wire", 0, 9, 0.8),
        passage("other", 0, 9, 0.7),
        passage("gazette", 9, 20, 0.6),
    ]

    assert ranking_of(passages, group_of) == ["wire", "other"]


def test_relevant_copies_count_as_one_with_the_best_grade() -> None:
    relevant = relevant_of({"wire": 1, "gazette": 2, "courier": 1, "other": 1}, group_of)

    assert relevant == {"wire": 2, "other": 1}
    assert recall(["wire"], relevant, 1) == 1 / 2


def test_evidence_must_be_whole_inside_one_passage() -> None:
    gold = [Gold("a", 10, 20)]
    halves = [passage("a", 0, 15, 0.9), passage("a", 15, 30, 0.8)]

    assert evidence_hit(halves, gold, 2) == 0
    assert evidence_hit([passage("a", 10, 20)], gold, 1) == 1
    assert evidence_hit([passage("b", 0, 99)], gold, 1) == 0
    assert evidence_hit([passage("a", 11, 99)], gold, 1) == 0


def test_any_one_stretch_of_evidence_will_do_within_the_first_k() -> None:
    gold = [Gold("a", 0, 5), Gold("b", 0, 5)]
    passages = [passage("c", 0, 9, 0.9), passage("b", 0, 9, 0.8)]

    assert [evidence_hit(passages, gold, k) for k in (1, 2)] == [0, 1]
    assert evidence_hit([], gold, 5) == evidence_hit(passages, [], 5) == 0


@given(
    st.lists(places, unique_by=lambda each: (each.article, each.start, each.end)),
    st.lists(st.builds(Gold, articles, st.just(20), st.just(60)), max_size=3),
    st.integers(1, 6),
)
def test_at_evidence_level_success_is_an_evidence_hit(
    passages: list[RankedItem], gold: list[Gold], k: int
) -> None:
    ranking = evidence_ranking(passages, gold)

    assert success(ranking, EVIDENCE, k) == evidence_hit(passages, gold, k)


def test_the_reciprocal_rank_of_evidence_is_that_of_the_first_passage_with_it() -> None:
    gold = [Gold("a", 0, 5), Gold("b", 0, 5)]
    passages = [passage("c", 0, 9, 0.9), passage("b", 0, 9, 0.8), passage("a", 0, 9, 0.7)]

    ranking = evidence_ranking(passages, gold)

    assert mrr(ranking, EVIDENCE, 10) == average_precision(ranking, EVIDENCE) == 1 / 2
    assert ndcg(ranking, EVIDENCE, 10) == pytest.approx(1 / math.log2(3))
