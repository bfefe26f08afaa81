"""BM25 over titles and passages.

There is no query parser: a query is built term by term, so no punctuation can break it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tantivy import Document, Query, Schema, SchemaBuilder

from index.documents import EVERYTHING, Filter
from index.language.terms import ANALYSER, readable
from index.stores.search import segments
from index.stores.search.queries import SearchIndex, all_of, any_of, boosted, matching

MOST_OTHERS = 64
MOST_KEPT = 65_536
"""Terms whose number of passages is kept."""
NO_OTHERS: Mapping[tuple[str, ...], float] = MappingProxyType({})
TITLE_WEIGHT = 0.4
"""Success@1 with .2/.3/.4/.5/1/2, mean of NewsQA, OneStopQA and RealTimeQA: best at .4."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """A passage to index; `published` in seconds since 1970, UTC."""

    passage: int
    title: str
    text: str
    published: int | None
    outlet: str | None


def sync_terms(folder: Path, *, remove: Iterable[int] = (), add: Iterable[TermRow] = ()) -> None:
    """Remove passages from the index in `folder` and add others; durable when it returns."""
    documents = (_document(row) for row in add)
    segments.write(folder, _schema(), number="passage", remove=remove, add=documents)


class LexicalIndex:
    """A published term index, opened to read."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._frequencies: dict[str, int] = {}
        self.size = index.size

    @classmethod
    def open(cls, folder: Path) -> Self:
        return cls(SearchIndex(folder, "a term index"))

    def search(
        self,
        terms: Sequence[str],
        k: int,
        filter: Filter = EVERYTHING,
        *,
        also: Mapping[tuple[str, ...], float] = NO_OTHERS,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passage ids with any of the first 64 distinct `terms`, and BM25; ties by id.

        `terms` come from `analyze`. The filter selects and does not score. Each of the first 64
        of `also`, whose terms count only where all of them stand, adds that share of its score.
        """
        others = [self._together(*each) for each in islice(also.items(), MOST_OTHERS)]
        ranked = any_of([self._any_of(terms), *others]) if others else self._any_of(terms)
        query = matching(self._index.allowed(filter), ranked)
        found = self._index.best(query, k, ties="passage")
        return found.values, found.scores

    def holding(
        self, terms: Sequence[str], k: int, filter: Filter = EVERYTHING
    ) -> NDArray[np.int64]:
        """Ids of passages that have all the terms, in the title or the text; best first."""
        every = all_of(self._any_of([term]) for term in dict.fromkeys(terms))
        return self._index.best(
            matching(self._index.allowed(filter), every), k, ties="passage"
        ).values

    def document_frequency(self, terms: Sequence[str]) -> list[int]:
        """In how many passages, or their titles, each term occurs."""
        return [self._frequency(term) for term in terms]

    def _frequency(self, term: str) -> int:
        """Kept here: an `lru_cache` on a method would keep the files of this index mapped."""
        if term not in self._frequencies:
            if len(self._frequencies) >= MOST_KEPT:
                self._frequencies.clear()
            self._frequencies[term] = self._index.count(self._any_of([term]))
        return self._frequencies[term]

    def _together(self, terms: Sequence[str], share: float) -> Query:
        return boosted(all_of(self._any_of([term]) for term in terms), share)

    def _any_of(self, terms: Sequence[str]) -> Query:
        return self._index.any_term(terms, {"title": TITLE_WEIGHT, "body": 1.0})


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("passage", stored=True, indexed=True, fast=True)
    builder.add_text_field("title", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_text_field("body", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _document(row: TermRow) -> Document:
    return Document(
        passage=row.passage,
        title=readable(row.title),
        body=readable(row.text),
        published=[] if row.published is None else row.published,
        outlet=[] if row.outlet is None else row.outlet.casefold(),
    )
