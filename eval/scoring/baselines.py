"""Simple baselines that rank the same passages.

Each returns the prediction with its passages in another order and without an answer. They rank the
stored pool, so none can find a passage that is not in it.
"""

from collections.abc import Callable, Mapping, Sequence

from eval.runs.predictions import Prediction, RankedItem

RRF_K = 60
"""As in the paper."""
HYBRID = 0.7
"""Weight of BM25: the best tenth on the development sets."""


def bm25(prediction: Prediction) -> Prediction:
    """By BM25 alone (Robertson and Zaragoza 2009), without passages that share no term."""
    return _ordered(prediction, _lexical(prediction.passages))


def vectors(prediction: Prediction) -> Prediction:
    """By the cosine of question and passage alone."""
    return _ordered(prediction, _dense(prediction.passages))


def rrf(prediction: Prediction, k: int = RRF_K) -> Prediction:
    """By the sum of 1 / (k + rank) in both (Cormack, Clarke and Buettcher 2009)."""
    passages = prediction.passages
    totals: dict[int, float] = {}
    for scores in (_lexical(passages), _dense(passages)):
        for rank, place in enumerate(_best_first(passages, scores), start=1):
            totals[place] = totals.get(place, 0.0) + 1 / (k + rank)
    return _ordered(prediction, totals)


def hybrid(prediction: Prediction) -> Prediction:
    """By .7 of BM25 and .3 of the cosine, each scaled over the pool (Bruch et al. 2023)."""
    passages = prediction.passages
    lexical = _scaled({place: each.lexical for place, each in enumerate(passages)}, low=0.0)
    dense = _scaled(_dense(passages))
    weighed = {place: HYBRID * lexical[place] + (1 - HYBRID) * dense[place] for place in dense}
    return _ordered(prediction, weighed)


BASELINES: Mapping[str, Callable[[Prediction], Prediction]] = {
    "bm25": bm25,
    "vectors": vectors,
    "rrf": rrf,
    "hybrid": hybrid,
}
"""Prefix of their measures -> how to rank."""


Scores = Mapping[int, float]
"""Place in the pool -> score, of the passages that a ranking includes."""


def _lexical(passages: Sequence[RankedItem]) -> Scores:
    return {place: each.lexical for place, each in enumerate(passages) if each.lexical > 0}


def _dense(passages: Sequence[RankedItem]) -> Scores:
    return {place: each.dense for place, each in enumerate(passages)}


def _scaled(scores: Scores, *, low: float | None = None) -> Scores:
    """From 0 to 1; all 0 where they are equal."""
    floor = min(scores.values(), default=0.0) if low is None else low
    width = max(scores.values(), default=0.0) - floor
    return {at: (each - floor) / width if width > 0 else 0.0 for at, each in scores.items()}


def _best_first(passages: Sequence[RankedItem], scores: Scores) -> list[int]:
    """Ties by article and place, as in every ranking here."""
    return sorted(
        scores, key=lambda place: (-scores[place], passages[place].article, passages[place].start)
    )


def _ordered(prediction: Prediction, scores: Scores) -> Prediction:
    passages = prediction.passages
    ranking = tuple(
        _scored(passages[place], scores[place]) for place in _best_first(passages, scores)
    )
    return Prediction(prediction.question, ranking, error=prediction.error)


def _scored(ranked: RankedItem, score: float) -> RankedItem:
    return RankedItem(ranked.article, ranked.start, ranked.end, score, ranked.lexical, ranked.dense)
