"""Sentences that may answer a question, each with its passage, its score and its reading."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.documents import Article, Span
from rag.reading.spans import SpanPrediction
from rag.replies import Hit, HowRead
from rag.retrieval.excerpts import Excerpt

Predictions = Mapping[Span, SpanPrediction] | None
"""By sentence, of one passage; None where it was not read."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer; `score` is comparable within one question only."""

    article: Article
    span: Span
    passage: Span
    hit: Hit
    score: float
    coverage: float
    """Share in [0, 1] of the question's weighted content words that the passage and title hold."""
    reading: SpanPrediction | None = None
    """None where its passage was not read."""
    lead: float = 0.0
    """Its score less that of the best other sentence."""
    preferences: Mapping[str, float] = field(default_factory=dict)
    """The parts of the score that compare it with other candidates, by name; mostly none."""

    @property
    def sentence(self) -> str:
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class RankedSentences:
    """The result of reading the passages of a question."""

    passages: tuple[Excerpt, ...]
    """All of them, in their new order."""
    ranked: tuple[Evidence, ...]
    """Best first."""
    reading: HowRead | None
    """How much the reader read; None if no passage was found."""


def one_per_article(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence of each article, in the order given."""
    best: dict[str, Evidence] = {}
    for evidence in ranked:
        best.setdefault(evidence.article.id, evidence)
    return list(best.values())


def with_leads(ranked: Sequence[Evidence], *, beside: float = -math.inf) -> list[Evidence]:
    """Each with its lead over the best of the others; only the first one's can be positive.

    `beside` is the best score of those that are not among them.
    """
    first = ranked[0].score if ranked else 0.0
    second = ranked[1].score if len(ranked) > 1 else -math.inf
    if second == beside == -math.inf:  # there is no other
        return list(ranked)
    return [
        replace(each, lead=each.score - max(beside, first if place else second))
        for place, each in enumerate(ranked)
    ]
