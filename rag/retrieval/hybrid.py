"""A query -> passages, best first: terms and vectors fused. Reads no text."""

import re
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from index.documents import Filter
from index.language.calendar import YEAR_IN_QUESTION
from index.stores.generation.generation import Generation
from index.stores.search.passage_table import MISSING
from rag.query.query import Query
from rag.replies import Hit

POOL = 100
"""Candidates taken from each side before fusing."""
LEXICAL, DENSE, LEAD, FRESH = 0.103, 0.091, 0.034, 0.189
"""Weights of the parts, learnt with those of `rag.rerank`: all of them together make 1.

The first three are tied, .45 to .40 to .15: they also choose what is read, and more weight for
vectors would leave out passages with the very words (eval/LOG.md).
"""
SECONDS_A_DAY = 86_400
HALF_LIFE_DAYS = 14
"""After which news of the instant of asking is worth half."""
OPENING = 600
"""Code points into an article at which leading it is worth half."""

Floats = NDArray[np.float32]


def retrieve(
    generation: Generation,
    query: Query,
    vector: Floats,
    *,
    filter: Filter,
    as_of: datetime | None = None,
    pool: int = POOL,
) -> list[Hit]:
    """At most `pool` passages by terms and as many by vectors that pass the filter; ties by id.

    News of `as_of` comes before old news, unless the question names a year gone by.
    """
    columns = generation.passage_table
    mask = columns.mask(filter)
    if len(columns) == 0 or (mask is not None and not mask.any()):
        return []
    ids, scores = generation.terms.search(query.content or query.terms, pool, filter)
    by_terms = columns.rows(ids)
    by_vectors, _ = generation.vectors.search(vector, pool, mask)
    rows = np.union1d(by_terms, by_vectors)
    lexical = _aligned(rows, by_terms, scores)
    dense = generation.vectors.scores(vector, rows)
    parts = fuse(lexical, dense, columns.start[rows])
    if as_of and not _looks_back(query, as_of):
        published = columns.published[columns.article[rows]]
        parts["date"] = FRESH * recency(ages(published, as_of), half_life_days=HALF_LIFE_DAYS)
    fused = sum(parts.values(), np.zeros(len(rows), np.float32))
    return [
        Hit(
            columns.passage_at(int(rows[i])),
            float(fused[i]),
            float(lexical[i]),
            float(dense[i]),
            {name: float(part[i]) for name, part in parts.items()},
        )
        for i in np.lexsort((rows, -fused))
    ]


def fuse(lexical: Floats, dense: Floats, start: NDArray[np.int32]) -> dict[str, Floats]:
    """The parts of a weighted sum, each from 0 to its weight.

    Terms and vectors are scaled over the candidates; `start` is where each passage begins, for
    news says first what matters most.
    """
    return {
        "lexical": LEXICAL * _scaled(lexical, floor=0.0),
        "dense": DENSE * _scaled(dense),
        "lead": (LEAD / (1 + start / OPENING)).astype(np.float32),
    }


def _looks_back(query: Query, as_of: datetime) -> bool:
    years = [int(number) for number in query.numbers if re.fullmatch(YEAR_IN_QUESTION, number)]
    return any(year < as_of.year for year in years)


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


def ages(published: NDArray[np.int64], as_of: datetime) -> NDArray[np.float32]:
    """Days from each article, (m,) seconds since 1970 or `MISSING`, to the instant.

    NaN where undated; 0 for what is published later.
    """
    seconds = as_of.timestamp() - published.astype(np.float64)
    days = np.where(published == MISSING, np.nan, np.maximum(seconds, 0) / SECONDS_A_DAY)
    return days.astype(np.float32)


def recency(ages: NDArray[np.float32], *, half_life_days: float) -> NDArray[np.float32]:
    """What its age is worth, from 1 for news of the instant down to 0: `0.5 ** (age / half_life)`.

    0 where undated: nothing is known in its favour. Exponential decay with age is the time-based
    prior of Li and Croft (2003); added to a score, as that adds logarithms.
    """
    return np.where(np.isnan(ages), 0.0, 0.5 ** (ages / half_life_days)).astype(np.float32)
