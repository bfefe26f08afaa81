"""Queries put together from parts, and the best documents for one, always in the same order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, FieldType, Occur, Query, Schema, Searcher

from index.documents import Filter
from index.stores.timestamps import bound, last_second

TIES = 6
"""Documents fetched beyond `k` at first, to see whether the last place is a tie."""
SAME = 1e-4
"""Scores summed in another order differ by less; scores are rounded to this."""


@dataclass(frozen=True, slots=True)
class TopDocuments:
    """Addresses of documents, their values in the field that breaks ties, and their scores."""

    addresses: list[DocAddress]
    values: NDArray[np.int64]
    scores: NDArray[np.float32]


def filter_queries(schema: Schema, filter: Filter) -> list[Query]:
    """Over the fields `published`, in seconds, and `outlet`, casefolded."""
    outlets = [name.casefold() for name in filter.outlets]
    return [*_dates(schema, filter), *one_of(schema, "outlet", outlets)]


def one_of(schema: Schema, field: str, values: Sequence[str]) -> list[Query]:
    """That the field holds any of the values; no query if there are no values."""
    if len(values) > 1:
        return [Query.term_set_query(schema, field, list(values))]
    return [Query.term_query(schema, field, only, index_option="basic") for only in values]


def matching(conditions: Iterable[Query], ranked: Query | None = None) -> Query:
    """All conditions, unscored, and `ranked`, scored; every document if there is neither."""
    unscored = [Query.const_score_query(condition, 0.0) for condition in conditions]
    parts = [*([ranked] if ranked else []), *unscored]
    if not parts:
        return Query.all_query()
    return parts[0] if len(parts) == 1 else all_of(parts)


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def top_documents(searcher: Searcher, query: Query, k: int, *, ties: str) -> TopDocuments:
    """By descending score; equal scores by ascending `ties`, a fast integer field."""
    size = searcher.num_docs
    fetch = min(k + TIES, size)
    found = _fetched(searcher, query, fetch, ties)
    while len(found.scores) == fetch < size and found.scores[k - 1] - found.scores[-1] <= SAME:
        fetch = min(2 * fetch, size)
        found = _fetched(searcher, query, fetch, ties)
    order = np.lexsort((found.values, -found.scores))[: max(k, 0)]
    addresses = [found.addresses[place] for place in order.tolist()]
    return TopDocuments(addresses, found.values[order], found.scores[order])


def _dates(schema: Schema, filter: Filter) -> list[Query]:
    """A document without a date has no value in the field, so it matches no bound."""
    low = None if filter.published_from is None else bound(filter.published_from)
    last = last_second(filter)
    if low is None and last is None:
        return []
    return [Query.range_query(schema, "published", FieldType.Integer, low, last)]


def _fetched(searcher: Searcher, query: Query, count: int, ties: str) -> TopDocuments:
    if count <= 0:
        return TopDocuments([], np.zeros(0, np.int64), np.zeros(0, np.float32))
    hits = searcher.search(query, count, count=False).hits
    addresses = [address for _, address in hits]
    values = searcher.fast_field_values(ties, addresses)
    scores = np.array([score for score, _ in hits], np.float64)
    return TopDocuments(addresses, np.array(values, np.int64), scores.round(4).astype(np.float32))
