"""The same passages by BM25, by vectors and by what fuses both, worked by hand."""

import pytest

from eval.runs.predictions import PredictedCitation, Prediction, RankedItem
from eval.scoring.baselines import BASELINES, bm25, hybrid, rrf, vectors


def passage(article: str, *, lexical: float, dense: float) -> RankedItem:
    return RankedItem(article, 0, 10, 0.5, lexical, dense)


POOL = Prediction(
    "q1",
    passages=(
        passage("ferry", lexical=2.0, dense=0.1),
        passage("bridge", lexical=8.0, dense=0.3),
        passage("frog", lexical=0.0, dense=0.9),
    ),
)


def articles(prediction: Prediction) -> list[str]:
    return [ranked.article for ranked in prediction.passages]


def test_bm25_finds_only_what_shares_a_term() -> None:
    assert articles(bm25(POOL)) == ["bridge", "ferry"]


def test_vectors_rank_everything_by_cosine() -> None:
    assert articles(vectors(POOL)) == ["frog", "bridge", "ferry"]


def test_reciprocal_ranks_are_summed_over_the_rankings_a_passage_is_in() -> None:
    fused = rrf(POOL)

    assert articles(fused) == ["bridge", "ferry", "frog"]
    assert [ranked.score for ranked in fused.passages] == pytest.approx(
        [1 / 61 + 1 / 62, 1 / 62 + 1 / 63, 1 / 61]
    )


def test_the_hybrid_weighs_both_as_scaled_over_the_pool() -> None:
    weighed = hybrid(POOL)

    assert articles(weighed) == ["bridge", "frog", "ferry"]
    assert [ranked.score for ranked in weighed.passages] == pytest.approx(
        [0.7 + 0.3 * 0.25, 0.3, 0.7 * 0.25]
    )


def test_equal_scores_go_by_article() -> None:
    tied = Prediction("q", tuple(passage(a, lexical=1.0, dense=1.0) for a in ("b", "c", "a")))

    for rank in BASELINES.values():
        assert articles(rank(tied)) == ["a", "b", "c"]


def test_a_baseline_takes_over_no_answer_of_ours() -> None:
    cited = PredictedCitation("ferry", "r", 0, 4, "Four", None, None, verbatim=True)
    answered = Prediction("q", POOL.passages, answered=True, text="Four", citations=(cited,))

    for rank in BASELINES.values():
        ranked = rank(answered)
        assert (ranked.answered, ranked.text, ranked.citations) == (False, "", ())
