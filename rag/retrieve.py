"""A query -> passages, best first: terms and vectors fused. Knows nothing of sentences."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.documents import Filter, Passage
from index.stores.generation import Generation
from rag.question import Query

POOL = 100
"""Candidates taken from each side before fusing."""
LEXICAL_WEIGHT = 0.7
"""Of the fused score; reciprocal rank fusion loses to BM25 at rank 1 on news (eval/LOG.md)."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores: `score` in [0, 1] is comparable within one question only."""

    passage: Passage
    score: float
    lexical: float
    """BM25, 0 where no term of the question occurs."""
    dense: float
    """Cosine of question and passage."""


def retrieve(
    generation: Generation, query: Query, vector: Floats, *, filter: Filter, k: int = POOL
) -> list[Hit]:
    """At most `k` passages that pass the filter; ties by passage id."""
    mask = generation.columns.mask(filter)
    if len(generation.columns) == 0 or (mask is not None and not mask.any()):
        return []
    ids, scores = generation.terms.search(query.terms, POOL, filter)
    by_terms = generation.columns.rows(ids)
    by_vectors, _ = generation.vectors.search(vector, POOL, mask)
    rows = np.union1d(by_terms, by_vectors)
    lexical = _aligned(rows, by_terms, scores)
    dense = generation.vectors.scores(vector, rows)
    fused = fuse(lexical, dense)
    return [
        Hit(
            generation.columns.passage_at(int(rows[i])),
            float(fused[i]),
            float(lexical[i]),
            float(dense[i]),
        )
        for i in np.lexsort((rows, -fused))[:k]
    ]


def fuse(lexical: Floats, dense: Floats) -> Floats:
    """A weighted sum of each side scaled to [0, 1] over the candidates."""
    return LEXICAL_WEIGHT * _scaled(lexical, floor=0.0) + (1 - LEXICAL_WEIGHT) * _scaled(dense)


def _scaled(scores: Floats, *, floor: float | None = None) -> Floats:
    low = float(scores.min()) if floor is None else floor
    width = float(scores.max()) - low
    scaled: Floats = (scores - low) / width if width > 0 else np.zeros_like(scores)
    return scaled


def _aligned(rows: NDArray[np.int64], found: NDArray[np.int64], scores: Floats) -> Floats:
    """`scores` of the `found` rows laid out over `rows` (ascending, a superset), 0 elsewhere."""
    laid = np.zeros(len(rows), np.float32)
    laid[np.searchsorted(rows, found)] = scores
    return laid
