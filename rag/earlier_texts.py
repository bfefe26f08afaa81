"""The archive as of an instant: of articles that were rewritten since, the text that stood then.

Passages are searched in the present text, and read and cited in the earlier one, where the
sentences stand that were rewritten. What only the earlier text said is not searched for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.documents import Passage, Span, unmarked
from index.language.names import name_key
from index.statements import Statement
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generation
from index.stores.search.passage_table import PassageTable
from index.stores.search.statements import StatementHit, StatementIndex, StatementQuery
from rag.articles import ArticleCache
from rag.revisions import Alignment


class RevisedArticles:
    """Which articles have several texts: looked up once for each generation."""

    def __init__(self) -> None:
        self._of: tuple[str, Sequence[str]] = ("", ())

    def as_of(
        self, generation: Generation, archive: Archive, articles: ArticleCache, at: datetime
    ) -> Generation:
        """The generation with the texts of that instant."""
        name, ids = self._of
        if name != generation.name:
            ids = archive.revised()
            self._of = generation.name, ids
        if not ids:
            return generation
        table = generation.passage_table
        present = {
            each: table.revisions[row]
            for each in ids
            if (row := table.article_row(each)) is not None
        }
        then = archive.revisions_at(list(present), at)
        rewritten = {each: revision for each, revision in then.items() if revision != present[each]}
        if not rewritten:
            return generation
        earlier = EarlierTexts(present, rewritten, articles)
        statements = cast("StatementIndex", _StatementsThen(generation.statements, earlier))
        return replace(
            generation, passage_table=table_of_then(table, earlier), statements=statements
        )


class EarlierTexts:
    """For one question; two texts are compared when a part of one is first asked for."""

    def __init__(
        self, present: Mapping[str, str], then: Mapping[str, str], articles: ArticleCache
    ) -> None:
        """Revisions by article: those of the index, and those of the instant where they differ."""
        self.then = then
        self._present = present
        self._articles = articles
        self._alignments: dict[str, Alignment | None] = {}

    def passage(self, passage: Passage) -> Passage:
        """Where it stood; the same passage if its article was not rewritten."""
        if passage.article_id not in self.then:
            return passage
        span = self.span(passage.article_id, passage.span)
        revision = self.then[passage.article_id]
        return replace(passage, revision=revision, span=span or passage.span)

    def span(self, article_id: str, span: Span) -> Span | None:
        """Of the earlier text, without boilerplate; None if that cannot be read."""
        if article_id not in self._alignments:
            self._alignments[article_id] = self._alignment(article_id)
        alignment = self._alignments[article_id]
        moved = alignment.span(span) if alignment else None
        return self._unmarked(article_id, moved) if moved else None

    def statement(self, statement: Statement) -> Statement | None:
        """What the same speaker said at its place in the earlier text; None for nothing."""
        article_id = statement.article_id
        if article_id not in self.then:
            return statement
        place = self.span(article_id, statement.content[0])
        if place is None:
            return None
        key = name_key(statement.speaker or "")
        return next(
            (
                each
                for each in self._articles.statements(article_id, self.then[article_id])
                if each.content[0].touches(place) and name_key(each.speaker or "") == key
            ),
            None,
        )

    def _alignment(self, article_id: str) -> Alignment | None:
        present = self._articles.article(article_id, self._present[article_id])
        then = self._articles.article(article_id, self.then[article_id])
        return Alignment(present.text, then.text) if present and then else None

    def _unmarked(self, article_id: str, span: Span) -> Span:
        """Its longest part without boilerplate; the whole of it if there is none."""
        revision = self.then[article_id]
        article = self._articles.article(article_id, revision)
        marks = self._articles.boilerplate(article_id, revision)
        parts = unmarked(article.text, marks) if article and marks else ()
        cut = (
            Span(max(each.start, span.start), min(each.end, span.end))
            for each in parts
            if each.touches(span)
        )
        return max(cut, key=lambda each: each.end - each.start, default=span)


@dataclass(frozen=True, slots=True, eq=False)
class _TableThen(PassageTable):
    """Its passages stand where they stood in the texts of the instant."""

    earlier: EarlierTexts

    def passages_at(self, rows: NDArray[np.int64]) -> list[Passage]:
        return [self.earlier.passage(each) for each in PassageTable.passages_at(self, rows)]


class _Revisions(Sequence[str]):
    """Those of a table, but for some rows."""

    def __init__(self, of: Sequence[str], others: Mapping[int, str]) -> None:
        self._of = of
        self._others = others

    def __len__(self) -> int:
        return len(self._of)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # nobody slices them
        return self._others.get(at) or self._of[at]


def table_of_then(table: PassageTable, earlier: EarlierTexts) -> PassageTable:
    rows = ((table.article_row(each), revision) for each, revision in earlier.then.items())
    others = {row: revision for row, revision in rows if row is not None}
    columns = {each.name: getattr(table, each.name) for each in fields(PassageTable)}
    columns["revisions"] = _Revisions(table.revisions, others)
    return _TableThen(**columns, earlier=earlier)


class _StatementsThen:
    """Statements as they stood; those that only a later text has are left out."""

    def __init__(self, index: StatementIndex, earlier: EarlierTexts) -> None:
        self._index = index
        self._earlier = earlier
        self.size = index.size
        self.count = index.count
        self.speaker, self.with_roles = index.speaker, index.with_roles
        self.speakers, self.nearest_speakers = index.speakers, index.nearest_speakers
        self.with_office = index.with_office

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]:
        return self._then(self._index.search(query, limit, offset))

    def candidates(
        self, query: StatementQuery, topic: Mapping[str, float], limit: int
    ) -> list[StatementHit]:
        return self._then(self._index.candidates(query, topic, limit))

    def _then(self, hits: Iterable[StatementHit]) -> list[StatementHit]:
        moved = ((hit, self._earlier.statement(hit.statement)) for hit in hits)
        return [replace(hit, statement=each) for hit, each in moved if each is not None]
