"""The best of what is found, in an order that is the same every time. Knows no query."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Query, Searcher

TIES = 6
"""Fetched beyond `k` at first, to see whether the last place is shared."""
SAME = 1e-4
"""Sums in another order differ by less; scores are rounded to this."""


@dataclass(frozen=True, slots=True)
class TopDocuments:
    """Where the documents are, their value in the field that breaks ties, and their scores."""

    addresses: list[DocAddress]
    values: NDArray[np.int64]
    scores: NDArray[np.float32]


def best(searcher: Searcher, query: Query, k: int, *, ties: str) -> TopDocuments:
    """By falling score; equal ones by ascending `ties`, a fast integer field."""
    size = searcher.num_docs
    fetch = min(k + TIES, size)
    found = _fetched(searcher, query, fetch, ties)
    while len(found.scores) == fetch < size and found.scores[k - 1] - found.scores[-1] <= SAME:
        fetch = min(2 * fetch, size)
        found = _fetched(searcher, query, fetch, ties)
    order = np.lexsort((found.values, -found.scores))[: max(k, 0)]
    addresses = [found.addresses[place] for place in order.tolist()]
    return TopDocuments(addresses, found.values[order], found.scores[order])


def _fetched(searcher: Searcher, query: Query, count: int, ties: str) -> TopDocuments:
    if count <= 0:
        return TopDocuments([], np.zeros(0, np.int64), np.zeros(0, np.float32))
    hits = searcher.search(query, count, count=False).hits
    addresses = [address for _, address in hits]
    values = searcher.fast_field_values(ties, addresses)
    scores = np.array([score for score, _ in hits], np.float64)
    return TopDocuments(addresses, np.array(values, np.int64), scores.round(4).astype(np.float32))
