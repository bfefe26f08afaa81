"""A search index opened to read: queries put together from parts, and the documents they find."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, FieldType, Occur, Order, Query

from index.documents import Filter
from index.stores.search.segments import open_segments
from index.stores.timestamps import bound, last_second

MOST_TERMS = 64

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


class SearchIndex:
    """It still answers after its folder is deleted, and never writes there."""

    def __init__(self, folder: Path, what: str) -> None:
        """`what` the folder should hold, for the error if it cannot be read."""
        self._schema, self._searcher = open_segments(folder, what)
        self.size: int = self._searcher.num_docs

    def has(self, field: str, term: str, index_option: str = "basic") -> Query:
        return Query.term_query(self._schema, field, term, index_option=index_option)

    def has_similar(self, field: str, term: str, letters: int) -> Query:
        """A term that differs in at most so many letters."""
        return Query.fuzzy_term_query(self._schema, field, term, letters)

    def one_of(self, field: str, values: Sequence[str]) -> list[Query]:
        """That the field holds any of the values; no query if there are no values."""
        if len(values) > 1:
            return [Query.term_set_query(self._schema, field, list(values))]
        return [self.has(field, only) for only in values]

    def any_term(self, terms: Sequence[str], weights: Mapping[str, float]) -> Query:
        """Any of the first 64 distinct terms in any of the fields, which have these weights."""
        distinct = list(dict.fromkeys(terms))[:MOST_TERMS]
        return any_of(
            Query.boost_query(self.has(field, term, "freq"), weight)
            for field, weight in weights.items()
            for term in distinct
        )

    def allowed(self, filter: Filter) -> list[Query]:
        """Over the fields `published`, in seconds, and `outlet`, casefolded.

        A document without a date has no value in the field, so it matches no bound.
        """
        low = None if filter.published_from is None else bound(filter.published_from)
        last = last_second(filter)
        outlets = self.one_of("outlet", [name.casefold() for name in filter.outlets])
        if low is None and last is None:
            return outlets
        dates = Query.range_query(self._schema, "published", FieldType.Integer, low, last)
        return [dates, *outlets]

    def count(self, query: Query) -> int:
        found: Any = self._searcher.search(query, 1)  # `count` is not in the stubs
        return int(found.count)

    def best(self, query: Query, k: int, *, ties: str) -> TopDocuments:
        """By descending score; equal scores by ascending `ties`, a fast integer field."""
        fetch = min(k + TIES, self.size)
        found = self._fetched(query, fetch, ties)
        while len(found.scores) == fetch < self.size and (
            found.scores[k - 1] - found.scores[-1] <= SAME
        ):
            fetch = min(2 * fetch, self.size)
            found = self._fetched(query, fetch, ties)
        order = np.lexsort((found.values, -found.scores))[: max(k, 0)]
        addresses = [found.addresses[place] for place in order.tolist()]
        return TopDocuments(addresses, found.values[order], found.scores[order])

    def first(self, query: Query, limit: int, *, by: str, offset: int = 0) -> list[DocAddress]:
        """By ascending `by`, a fast integer field, unscored."""
        if not self.size:
            return []
        found = self._searcher.search(
            query, limit, count=False, offset=offset, order_by_field=by, order=Order.Asc
        )
        return [address for _, address in found.hits]

    def values(self, field: str, addresses: list[DocAddress]) -> list[int]:
        """Of a fast integer field, for each document."""
        found: list[int] = np.array(
            self._searcher.fast_field_values(field, addresses), np.int64
        ).tolist()
        return found

    def stored(self, address: DocAddress) -> Mapping[str, list[Any]]:
        return self._searcher.doc(address).to_dict()

    def _fetched(self, query: Query, count: int, ties: str) -> TopDocuments:
        if count <= 0:
            return TopDocuments([], np.zeros(0, np.int64), np.zeros(0, np.float32))
        hits = self._searcher.search(query, count, count=False).hits
        addresses = [address for _, address in hits]
        values = np.array(self._searcher.fast_field_values(ties, addresses), np.int64)
        scores = np.array([score for score, _ in hits], np.float64).round(4)
        return TopDocuments(addresses, values, scores.astype(np.float32))


def matching(conditions: Iterable[Query], ranked: Query | None = None) -> Query:
    """All conditions, unscored, and `ranked`, scored; every document if there is neither."""
    unscored = [Query.const_score_query(condition, 0.0) for condition in conditions]
    parts = [*([ranked] if ranked else []), *unscored]
    if not parts:
        return Query.all_query()
    return parts[0] if len(parts) == 1 else all_of(parts)


def boosted(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


def worth(query: Query, score: float) -> Query:
    """The same score for each document that matches."""
    return Query.const_score_query(query, score)


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
