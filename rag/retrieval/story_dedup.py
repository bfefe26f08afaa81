"""One article for each story, and the others that carry it. Knows no question and no store.

A story is the group of copies that the generation's columns put together. Under a filter only what
passes it exists: no copy that may not be seen is named or cited.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Filter, Span
from index.stores.search.passage_table import MISSING, PassageTable
from rag.answering.short_answer import resolved
from rag.articles import ArticleCache
from rag.citations import Citation
from rag.replies import Answer, Hit, Refusal
from rag.settings import Shown

Version = tuple[Article, Citation | None]
"""An article of a story, and the same words cited from it, where it has them."""
MOST_COPIES = 200
"""Articles named beside a citation at most: each is read, to know that it is still served."""


class Stories:
    """For one question; not for several threads."""

    def __init__(
        self, columns: PassageTable, library: ArticleCache, filter: Filter, shown: Shown
    ) -> None:
        self._columns = columns
        self._library = library
        self._filter = filter
        self._shown = shown

    def one_each(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Less the hits of a story's other articles than that of its best; their order is kept.

        An article taken down since the index was made stands for nothing.
        """
        live = self._library.live({hit.passage.article_id for hit in hits})
        held = [hit for hit in hits if hit.passage.article_id in live]
        best: dict[int, str] = {}
        stories = self._stories(held)
        for hit, story in zip(held, stories, strict=True):
            best.setdefault(story, hit.passage.article_id)
        return tuple(
            hit
            for hit, story in zip(held, stories, strict=True)
            if hit.passage.article_id == best[story]
        )

    def told(self, outcome: Answer | Refusal) -> Answer | Refusal:
        """With every passage cited as `shown` says, beside its copies."""
        if isinstance(outcome, Answer):
            return replace(
                outcome,
                citations=self.all_told(outcome.citations),
                agreeing=self.all_told(outcome.agreeing),
                differing=self.all_told(outcome.differing),
            )
        return replace(outcome, nearest=self.all_told(outcome.nearest))

    def all_told(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """A statement stays as it is: its copies are those of its words."""
        return tuple(each if each.statement else self._told(each) for each in citations)

    def with_copies(self, citation: Citation) -> Citation:
        """With the other articles of its story, oldest first: those with its words apart."""
        return _beside(citation, self._versions(citation))

    def _told(self, citation: Citation) -> Citation:
        versions = self._versions(citation)
        same = [moved for _, moved in versions if moved]
        if self._shown == "best" or not same:
            return _beside(citation, versions)
        return _beside(same[0 if self._shown == "earliest" else -1], versions)

    def _versions(self, citation: Citation) -> list[Version]:
        return [(each, self._moved(citation, each)) for each in self._articles(citation)]

    def _moved(self, citation: Citation, version: Article) -> Citation | None:
        """The same words cited from another version; None unless it has them, letter for letter."""
        if version.id == citation.article.id:
            return citation
        start = version.text.find(citation.quote)
        if start < 0:
            return None
        span = Span(start, start + len(citation.quote))
        debris = self._library.furniture(version.id, version.revision)
        if any(mark.span.touches(span) for mark in debris):
            return None
        return _with_short(Citation(version, span.start, span.end, citation.quote), citation)

    def _articles(self, citation: Citation) -> tuple[Article, ...]:
        """Of its story, those still served, oldest first and the undated last; () where alone."""
        columns = self._columns
        row = columns.article_row(citation.article.id)
        if row is None:
            return ()
        members = np.flatnonzero((columns.story == columns.story[row]) & self._visible)
        if len(members) < 2:  # noqa: PLR2004 - alone
            return ()
        published = columns.published[members]
        oldest = members[np.lexsort((published, published == MISSING))][:MOST_COPIES]
        found = (self._library.article(*self._place(each)) for each in oldest.tolist())
        return tuple(article for article in found if article)

    @cached_property
    def _visible(self) -> NDArray[np.bool_]:
        return self._columns.visible(self._filter)

    def _place(self, row: int) -> tuple[str, str]:
        return self._columns.article_ids[row], self._columns.revisions[row]

    def _stories(self, hits: Sequence[Hit]) -> list[int]:
        passages = np.array([hit.passage.id for hit in hits], np.int64)
        rows = self._columns.article[self._columns.rows(passages)]
        return [int(story) for story in self._columns.story[rows]]


def _with_short(moved: Citation, citation: Citation) -> Citation:
    """With the same short answer; the day it means is told from this article's date."""
    if citation.short is None:
        return moved
    by = moved.start - citation.start
    short = Span(citation.short.start + by, citation.short.end + by)
    day = resolved(moved.article, Span(moved.start, moved.end), short)
    return replace(moved, short=short, resolved=day)


def _beside(citation: Citation, story: Sequence[Version]) -> Citation:
    others = [(each, moved) for each, moved in story if each.id != citation.article.id]
    copies = tuple(each for each, moved in others if moved)
    versions = tuple(each for each, moved in others if not moved)
    return replace(citation, copies=copies, versions=versions)
