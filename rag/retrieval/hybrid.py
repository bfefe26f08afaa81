"""A query -> passages, best first, by terms, vectors, position and date. Reads no text."""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.language.calendar import YEAR_IN_QUESTION
from index.language.synonyms import synonyms
from index.stores.generation.generation import Generation
from index.stores.search.passage_table import MISSING, PassageTable
from rag.query.query import Query
from rag.replies import Hit
from rag.retrieval.scope import Scope

POOL = 100
"""Candidates taken by terms, and as many by vectors, before fusing."""
LEXICAL, DENSE, LEAD, FRESH = 0.103, 0.091, 0.034, 0.189
"""Weights of the parts. With those of the reranker, with which they were learnt, they sum to 1.

The first three are tied as .45 to .40 to .15. They also choose what is read: more weight on vectors
would leave out passages with the question's own words (eval/LOG.md).
"""
SPELLING, SYNONYM = 0.5, 0.2
"""Shares of their BM25 for other spellings and for synonyms of the question's words."""
USUAL_COSINES = 0.1, 0.6
"""The lowest and highest of the candidates of a question, where no candidate has a vector."""
SECONDS_A_DAY = 86_400
HALF_LIFE_DAYS = 14
"""Age at which the bonus for recent news is half."""
OPENING = 600
"""Code points into an article at which the bonus for an early position is half."""

Floats = NDArray[np.float32]


def retrieve(
    generation: Generation, scope: Scope, vector: Floats, *, asked_at: datetime | None, pool: int
) -> list[Hit]:
    """At most `pool` passages by terms and as many by vectors within the scope; ties by id.

    Recent news, seen from `asked_at`, is preferred unless the question names an earlier year.
    """
    table, query = generation.passage_table, scope.query
    mask = table.mask(scope.filter)
    if len(table) == 0 or (mask is not None and not mask.any()):
        return []
    ids, scores = generation.terms.search(
        query.content or query.terms, pool, scope.filter, also=_also(query)
    )
    by_terms = table.rows(ids)
    by_vectors, _ = generation.vectors.search(vector, pool, mask)
    rows = np.union1d(by_terms, by_vectors)
    lexical = _aligned(rows, by_terms, scores)
    dense = with_stand_ins(generation.vectors.scores(vector, rows), lexical)
    parts = fuse(lexical, dense, table.start[rows])
    if asked_at and not _looks_back(query, asked_at):
        published = table.published[table.article[rows]]
        parts["date"] = FRESH * recency(ages(published, asked_at), half_life_days=HALF_LIFE_DAYS)
    return _hits(table, rows, lexical, dense, parts)


def _also(query: Query) -> dict[tuple[str, ...], float]:
    """Other words to search for, each with its weight."""
    others = chain.from_iterable(map(synonyms, query.content))
    return dict.fromkeys(others, SYNONYM) | dict.fromkeys(query.spellings, SPELLING)


def fuse(lexical: Floats, dense: Floats, start: NDArray[np.int32]) -> dict[str, Floats]:
    """The parts of a weighted sum, each from 0 to its weight.

    Term and vector scores are scaled over the candidates. `start` is where each passage begins:
    news puts first what matters most.
    """
    return {
        "lexical": LEXICAL * _scaled(lexical, floor=0.0),
        "dense": DENSE * _scaled(dense),
        "lead": (LEAD / (1 + start / OPENING)).astype(np.float32),
    }


def with_stand_ins(dense: Floats, lexical: Floats) -> Floats:
    """For each NaN, a passage that has no vector yet, the cosine that its words deserve.

    Scaled over the candidates, it is as good by vectors as it is by words.
    """
    known = dense[~np.isnan(dense)]
    low, high = (float(known.min()), float(known.max())) if len(known) else USUAL_COSINES
    stand_in = low + (high - low) * _scaled(lexical, floor=0.0)
    return np.where(np.isnan(dense), stand_in, dense).astype(np.float32)


def _hits(
    table: PassageTable,
    rows: NDArray[np.int64],
    lexical: Floats,
    dense: Floats,
    parts: Mapping[str, Floats],
) -> list[Hit]:
    """Best first; ties by row."""
    fused = sum(parts.values(), np.zeros(len(rows), np.float32))
    order = np.lexsort((rows, -fused))
    by_part = zip(*(part[order].tolist() for part in parts.values()), strict=True)
    return [
        Hit(passage, score, words, cosine, dict(zip(parts, values, strict=True)))
        for passage, score, words, cosine, values in zip(
            table.passages_at(rows[order]),
            *(column[order].tolist() for column in (fused, lexical, dense)),
            by_part,
            strict=True,
        )
    ]


def _looks_back(query: Query, asked_at: datetime) -> bool:
    years = [int(number) for number in query.numbers if re.fullmatch(YEAR_IN_QUESTION, number)]
    return any(year < asked_at.year for year in years)


def _scaled(scores: Floats, *, floor: float | None = None) -> Floats:
    """From 0 for `floor`, or the lowest, to 1 for the highest; nothing for no candidates."""
    low = float(scores.min(initial=np.inf)) if floor is None else floor
    width = float(scores.max(initial=-np.inf)) - low
    scaled: Floats = (scores - low) / width if width > 0 else np.zeros_like(scores)
    return scaled


def _aligned(rows: NDArray[np.int64], found: NDArray[np.int64], scores: Floats) -> Floats:
    """The scores of the `found` rows at their places in `rows` (ascending, a superset), else 0."""
    aligned = np.zeros(len(rows), np.float32)
    aligned[np.searchsorted(rows, found)] = scores
    return aligned


def ages(published: NDArray[np.int64], asked_at: datetime) -> NDArray[np.float32]:
    """Age in days of each article at the instant; NaN where undated, 0 where published later.

    `published` is (m,): seconds since 1970, or `MISSING`.
    """
    seconds = asked_at.timestamp() - published.astype(np.float64)
    days = np.where(published == MISSING, np.nan, np.maximum(seconds, 0) / SECONDS_A_DAY)
    return days.astype(np.float32)


def recency(ages: NDArray[np.float32], *, half_life_days: float) -> NDArray[np.float32]:
    """A bonus from 1 for age 0 down towards 0, `0.5 ** (age / half_life)`; 0 where undated.

    Exponential decay with age is the time-based prior of Li and Croft (2003). It is added to a
    score, as they add logarithms.
    """
    return np.where(np.isnan(ages), 0.0, 0.5 ** (ages / half_life_days)).astype(np.float32)
