"""BM25 over titles and passages. The one home of tantivy, with `analysis`.

Questions never meet a query parser: a query is built term by term, so no punctuation can break
it. Segments are immutable, so a folder may be the hard-linked clone of an older one.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from tantivy import (
    Document,
    FieldType,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
)

from index.documents import Filter
from index.errors import DamagedIndexError, StorageError
from index.stores.analysis import ANALYSER, analyser, analyze, readable
from index.stores.durable import link
from index.stores.instants import bound

__all__ = ["TermRow", "Terms", "analyze", "clone_terms", "dead_share", "sync_terms"]

EVERYTHING = Filter()
TITLE_WEIGHT = 0.4
"""Success@1 with .2/.3/.4/.5/1/2, mean of NewsQA, OneStopQA and RealTimeQA: best at .4."""
MOST_TERMS = 64
TIES = 6
"""Fetched beyond `k` at first, to see whether the last place is shared."""
SAME = 1e-4
"""Sums in another order differ by less; scores are rounded to this."""
REWRITTEN = frozenset({"meta.json", ".managed.json"})
HEAP_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class TermRow:
    """A passage as the term index takes it; `published` in seconds since the epoch, UTC."""

    passage: int
    title: str
    text: str
    published: int | None
    outlet: str | None


def sync_terms(folder: Path, *, remove: Iterable[int] = (), add: Iterable[TermRow] = ()) -> None:
    """Take passages out of the index in `folder` and put others in; durable when it returns."""
    try:
        index = _index(folder)
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
        _write(writer, remove, add)
        del writer
        for lock in folder.glob("*.lock"):
            lock.unlink()
        _share(folder)
    except ValueError as error:  # tantivy's only error, whatever happened
        raise StorageError(f"{folder}: the term index cannot be written ({error}).") from error


def _share(folder: Path) -> None:
    """Whoever may read the folder may read it all: tantivy keeps what it rewrites to its user."""
    for name in REWRITTEN:
        (folder / name).chmod(folder.stat().st_mode & 0o666)


def clone_terms(source: Path, target: Path) -> None:
    """Start `target`, an empty folder, from an index; files that never change are shared."""
    for path in source.iterdir():
        if path.name in REWRITTEN:
            shutil.copy2(path, target / path.name)
        else:
            link(path, target / path.name)


def dead_share(folder: Path) -> float:
    """How much of the index is passages since removed; they still weigh in BM25's statistics."""
    segments = json.loads((folder / "meta.json").read_bytes())["segments"]
    dead = sum(each["deletes"]["num_deleted_docs"] for each in segments if each["deletes"])
    return float(dead / max(1, sum(each["max_doc"] for each in segments)))


class Terms:
    """A published term index, opened to read."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self._frequency = lru_cache(maxsize=65_536)(self._count)
        self.size: int = searcher.num_docs

    @classmethod
    def open(cls, folder: Path) -> Self:
        """It goes on answering when the folder is gone, and never writes there."""
        try:
            with _aside() as aside:
                index = _readable_index(folder, aside)
                return cls(index.schema, index.searcher())
        except (ValueError, OSError) as error:
            raise DamagedIndexError(
                f"{folder} cannot be read as a term index ({error}). Run `onrecord index rebuild`."
            ) from error

    def search(
        self,
        terms: Sequence[str],
        k: int,
        filter: Filter = EVERYTHING,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passage ids with any of the first 64 distinct `terms`, and BM25; ties by id.

        `terms` come from `analyze`. The filter chooses and does not score.
        """
        query = self._filtered(self._any_of(terms), filter)
        fetch = min(k + TIES, self.size)
        ids, scores = self._best(query, fetch)
        while len(ids) == fetch < self.size and scores[k - 1] - scores[-1] <= SAME:
            fetch = min(2 * fetch, self.size)
            ids, scores = self._best(query, fetch)
        order = np.lexsort((ids, -scores))[: max(k, 0)]
        return ids[order], scores[order]

    def document_frequency(self, terms: Sequence[str]) -> list[int]:
        """In how many passages, or their titles, each term stands."""
        return [self._frequency(term) for term in terms]

    def _count(self, term: str) -> int:
        found: Any = self._searcher.search(self._any_of([term]), 1)  # `count` is not in the stubs
        return int(found.count)

    def _any_of(self, terms: Sequence[str]) -> Query:
        distinct = list(dict.fromkeys(terms))[:MOST_TERMS]
        titles = [Query.boost_query(self._has("title", term), TITLE_WEIGHT) for term in distinct]
        bodies = [self._has("body", term) for term in distinct]
        return Query.boolean_query([(Occur.Should, query) for query in titles + bodies])

    def _has(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, index_option="freq")

    def _filtered(self, ranked: Query, chosen: Filter) -> Query:
        conditions = [*self._dates(chosen), *self._outlets(chosen)]
        if not conditions:
            return ranked
        silent = [Query.const_score_query(condition, 0.0) for condition in conditions]
        return Query.boolean_query([(Occur.Must, query) for query in [ranked, *silent]])

    def _dates(self, chosen: Filter) -> list[Query]:
        """A passage with no date has no value here, so no bound lets it through."""
        low = None if chosen.published_from is None else bound(chosen.published_from)
        last = None if chosen.published_to is None else bound(chosen.published_to) - 1
        if low is None and last is None:
            return []
        return [Query.range_query(self._schema, "published", FieldType.Integer, low, last)]

    def _outlets(self, chosen: Filter) -> list[Query]:
        names = [name.casefold() for name in chosen.outlets]
        return [Query.term_set_query(self._schema, "outlet", names)] if names else []

    def _best(self, query: Query, count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        if count <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        hits = self._searcher.search(query, count, count=False).hits
        ids = self._searcher.fast_field_values("passage", [address for _, address in hits])
        scores = np.array([score for score, _ in hits], np.float64)
        return np.array(ids, np.int64), scores.round(4).astype(np.float32)


@contextmanager
def _aside() -> Iterator[Path]:
    """Emptied twice: tantivy's own thread may make its lock file, once, while we remove it."""
    folder = Path(mkdtemp(prefix="onrecord-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _readable_index(folder: Path, aside: Path) -> Index:
    """A lock file is wanted even to read: make it beside links to the files, opened for good."""
    for path in folder.iterdir():
        (aside / path.name).symlink_to(path.absolute())
    index = Index.open(str(aside))
    index.register_tokenizer(ANALYSER, analyser())
    index.config_reader("manual")
    index.reload()
    return index


def _schema() -> Schema:
    """Signed ids: tantivy ignores a deletion by unsigned id without a word."""
    builder = SchemaBuilder()
    builder.add_integer_field("passage", stored=True, indexed=True, fast=True)
    builder.add_text_field("title", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_text_field("body", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _index(folder: Path) -> Index:
    index = Index.open(str(folder)) if Index.exists(str(folder)) else Index(_schema(), str(folder))
    index.register_tokenizer(ANALYSER, analyser())
    return index


def _write(writer: IndexWriter, remove: Iterable[int], add: Iterable[TermRow]) -> None:
    for passage in remove:
        writer.delete_documents_by_term("passage", passage)
    for row in add:
        writer.add_document(_document(row))
    writer.commit()
    writer.wait_merging_threads()


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
