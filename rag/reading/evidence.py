"""Sentences that may answer a question, with all that was found out about each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.documents import Article, Span
from rag.reading.spans import SpanPrediction
from rag.replies import Hit, HowRead
from rag.retrieval.excerpts import Excerpt

Readings = Mapping[Span, SpanPrediction] | None
"""Of each sentence read in a passage; None where none was."""


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
    ahead: float = 0.0
    """Its score less the best of another sentence's."""

    @property
    def sentence(self) -> str:
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class RankedSentences:
    """What reading brought."""

    passages: tuple[Excerpt, ...]
    """All that were examined, in their new order."""
    ranked: tuple[Evidence, ...]
    """Best first."""
    reading: HowRead | None
    """None where there was nothing to read."""


def one_per_article(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best of each article, in their order."""
    best: dict[str, Evidence] = {}
    for evidence in ranked:
        best.setdefault(evidence.article.id, evidence)
    return list(best.values())
