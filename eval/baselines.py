"""What simpler systems would have made of the same passages: the bar to clear.

Each gives the prediction with its passages in another order, and nothing that depended on ours.
They rank the pool that was kept, so a passage that never entered it cannot be found by any.
"""

from collections.abc import Callable, Mapping, Sequence

from eval.predictions import Prediction, Ranked

RRF_K = 60
"""As in the paper."""


def bm25(prediction: Prediction) -> Prediction:
    """By BM25 alone (Robertson and Zaragoza 2009): what shares no term is not found."""
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


BASELINES: Mapping[str, Callable[[Prediction], Prediction]] = {
    "bm25": bm25,
    "vectors": vectors,
    "rrf": rrf,
}
"""Prefix of their measures -> how to rank."""


Scores = Mapping[int, float]
"""Place in the pool -> score, of the passages that a ranking has at all."""


def _lexical(passages: Sequence[Ranked]) -> Scores:
    return {place: each.lexical for place, each in enumerate(passages) if each.lexical > 0}


def _dense(passages: Sequence[Ranked]) -> Scores:
    return {place: each.dense for place, each in enumerate(passages)}


def _best_first(passages: Sequence[Ranked], scores: Scores) -> list[int]:
    """Ties by article and place in it, as in every ranking here."""
    return sorted(
        scores, key=lambda place: (-scores[place], passages[place].article, passages[place].start)
    )


def _ordered(prediction: Prediction, scores: Scores) -> Prediction:
    passages = prediction.passages
    ranking = tuple(
        _scored(passages[place], scores[place]) for place in _best_first(passages, scores)
    )
    return Prediction(prediction.question, ranking, error=prediction.error)


def _scored(ranked: Ranked, score: float) -> Ranked:
    return Ranked(ranked.article, ranked.start, ranked.end, score, ranked.lexical, ranked.dense)
