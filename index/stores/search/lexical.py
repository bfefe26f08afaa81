"""BM25 over titles and passages.

There is no query parser: a query is built term by term, so no punctuation can break it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from tantivy import Document, Query, Schema, SchemaBuilder, Searcher

from index.documents import Filter
from index.language.terms import ANALYSER, analyze, readable
from index.stores.search import segments
from index.stores.search.queries import any_of, filter_queries, matching, top_documents

__all__ = ["LexicalIndex", "TermRow", "analyze", "sync_terms"]

EVERYTHING = Filter()
TITLE_WEIGHT = 0.4
"""Success@1 with .2/.3/.4/.5/1/2, mean of NewsQA, OneStopQA and RealTimeQA: best at .4."""
MOST_TERMS = 64


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

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self._frequency = lru_cache(maxsize=65_536)(self._count)
        self.size: int = searcher.num_docs

    @classmethod
    def open(cls, folder: Path) -> Self:
        """It still answers after the folder is deleted, and never writes there."""
        return cls(*segments.open_segments(folder, "a term index"))

    def search(
        self,
        terms: Sequence[str],
        k: int,
        filter: Filter = EVERYTHING,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passage ids with any of the first 64 distinct `terms`, and BM25; ties by id.

        `terms` come from `analyze`. The filter selects and does not score.
        """
        query = matching(filter_queries(self._schema, filter), self._any_of(terms))
        found = top_documents(self._searcher, query, k, ties="passage")
        return found.values, found.scores

    def document_frequency(self, terms: Sequence[str]) -> list[int]:
        """In how many passages, or their titles, each term occurs."""
        return [self._frequency(term) for term in terms]

    def _count(self, term: str) -> int:
        found: Any = self._searcher.search(self._any_of([term]), 1)  # `count` is not in the stubs
        return int(found.count)

    def _any_of(self, terms: Sequence[str]) -> Query:
        distinct = list(dict.fromkeys(terms))[:MOST_TERMS]
        titles = [Query.boost_query(self._has("title", term), TITLE_WEIGHT) for term in distinct]
        bodies = [self._has("body", term) for term in distinct]
        return any_of(titles + bodies)

    def _has(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, index_option="freq")


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("passage", stored=True, indexed=True, fast=True)
    builder.add_text_field("title", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_text_field("body", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _document(row: TermRow) -> Document:
    document = Document()
    document.add_integer("passage", row.passage)
    document.add_text("title", readable(row.title))
    document.add_text("body", readable(row.text))
    if row.published is not None:
        document.add_integer("published", row.published)
    if row.outlet is not None:
        document.add_text("outlet", row.outlet.casefold())
    return document
