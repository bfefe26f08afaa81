"""Passages in a new order, by what the reader found in them and in their articles.

The shares are learnt (training/fit_ranking.py). Knows no question.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.reading.evidence import Evidence, Predictions
from rag.reading.spans import UNSEEN
from rag.retrieval.excerpts import Excerpt

SHARES: Mapping[str, float] = {
    "read": 0.08,
    "read_article": 0.03,
    "sentence": 0.0,
    "sentence_article": 0.0,
}
"""Of a passage's new score; the score it had keeps the rest. Best sentences win on one development
set what they lose on another (eval/LOG.md); a fit for another reader may give them a share."""
SOFTNESS = 6.0
"""Divides log odds before the logistic function."""
FARTHEST = 1.0
"""A best sentence so far below the best of all counts nothing."""


def reordered(
    excerpts: Sequence[Excerpt],
    predictions: Sequence[Predictions],
    evidence: Sequence[Evidence],
) -> tuple[Excerpt, ...]:
    """Best first; unchanged if none was read. `predictions` are those of the first excerpts."""
    if not any(predictions):
        return tuple(excerpts)
    scores: dict[int, float] = {}
    for each in evidence:
        passage = each.hit.passage.id
        scores[passage] = max(scores.get(passage, -math.inf), each.score)
    found = order_signals(
        [excerpt.article.id for excerpt in excerpts],
        [*map(best_odds, predictions), *[None] * (len(excerpts) - len(predictions))],
        [scores.get(excerpt.hit.passage.id, -math.inf) for excerpt in excerpts],
    )
    return tuple(sorted(map(_rescored, excerpts, found), key=lambda excerpt: -excerpt.hit.score))


def best_odds(predictions: Predictions) -> float | None:
    """The log odds of the likeliest sentence; None where nothing was read."""
    return max((each.odds for each in (predictions or {}).values()), default=None)


def order_signals(
    articles: Sequence[str], odds: Sequence[float | None], scores: Sequence[float]
) -> list[dict[str, float]]:
    """By passage, each in [0, 1]; the article of a passage has the best of its passages.

    `odds` are the reader's best in each passage, `scores` those of the passages' best sentences,
    minus infinity where a passage has none.
    """
    read = [_share(each) for each in odds]
    best = max([-FARTHEST, *scores])  # above minus infinity, which has no distance to itself
    near = [
        max(0.0, 1 + (score - best) / FARTHEST) if score > -math.inf else 0.0 for score in scores
    ]
    of_article = [_best_of(articles, values) for values in (read, near)]
    return [
        {
            "read": read[row],
            "read_article": of_article[0][article],
            "sentence": near[row],
            "sentence_article": of_article[1][article],
        }
        for row, article in enumerate(articles)
    ]


def _share(odds: float | None) -> float:
    """0.5 where an answer is as likely as none, 0 where nothing was read."""
    return 0.0 if odds is None or odds <= UNSEEN else 1 / (1 + math.exp(-odds / SOFTNESS))


def _best_of(articles: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    best: dict[str, float] = {}
    for article, value in zip(articles, values, strict=True):
        best[article] = max(best.get(article, 0.0), value)
    return best


def _rescored(excerpt: Excerpt, found: Mapping[str, float]) -> Excerpt:
    added = {name: (SHARES[name], value) for name, value in found.items()}
    return replace(excerpt, hit=excerpt.hit.blended(added))
