"""Names the other articles of a story beside each citation, and picks the one that is cited.

Only articles that pass the filter are named or cited. Knows no question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Filter, Span
from index.stores.search.passage_table import MISSING, PassageTable
from rag.answering.short_answer import resolved_days
from rag.articles import ArticleCache
from rag.citations import Citation
from rag.replies import Answer, Refusal
from rag.settings import CitedVersion

Version = tuple[Article, Citation | None]
"""An article of a story, and the quote cited from it; None where its text lacks the quote."""
MOST_COPIES = 200
"""Articles named beside a citation at most: each is read, to know that it is still served."""


class StoryCopies:
    """For one question; not for several threads."""

    def __init__(
        self, table: PassageTable, articles: ArticleCache, filter: Filter, cited: CitedVersion
    ) -> None:
        self._table = table
        self._articles = articles
        self._filter = filter
        self._cited = cited

    def in_outcome(self, outcome: Answer | Refusal) -> Answer | Refusal:
        """The outcome with `in_citations` applied to all its citations."""
        if isinstance(outcome, Answer):
            return replace(
                outcome,
                citations=self.in_citations(outcome.citations),
                agreeing=self.in_citations(outcome.agreeing),
                differing=self.in_citations(outcome.differing),
            )
        return replace(outcome, nearest=self.in_citations(outcome.nearest))

    def in_citations(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """Each quote cited from the version the setting asks for, with its copies beside it.

        A cited statement stays as it is: it has the copies of the statement already.
        """
        return tuple(each if each.statement else self._from_version(each) for each in citations)

    def with_copies(self, citation: Citation) -> Citation:
        """The citation with its story's other articles, oldest first."""
        return _with_others(citation, self._versions(citation))

    def _from_version(self, citation: Citation) -> Citation:
        versions = self._versions(citation)
        same = [moved for _, moved in versions if moved]
        if self._cited == "best" or not same:
            return _with_others(citation, versions)
        return _with_others(same[0 if self._cited == "earliest" else -1], versions)

    def _versions(self, citation: Citation) -> list[Version]:
        return [(each, self._moved(citation, each)) for each in self._story(citation)]

    def _moved(self, citation: Citation, version: Article) -> Citation | None:
        """The same quote cited from another version; None unless it stands there verbatim."""
        if version.id == citation.article.id:
            return citation
        start = version.text.find(citation.quote)
        if start < 0:
            return None
        span = Span(start, start + len(citation.quote))
        boilerplate = self._articles.boilerplate(version.id, version.revision)
        if any(mark.span.touches(span) for mark in boilerplate):
            return None
        return _with_short(Citation(version, span.start, span.end, citation.quote), citation)

    def _story(self, citation: Citation) -> tuple[Article, ...]:
        """Its story's served articles, oldest first, undated last; empty where it stands alone."""
        table = self._table
        row = table.article_row(citation.article.id)
        if row is None:
            return ()
        members = np.flatnonzero((table.story == table.story[row]) & self._visible)
        if len(members) < 2:  # noqa: PLR2004 - it stands alone
            return ()
        published = table.published[members]
        oldest = members[np.lexsort((published, published == MISSING))][:MOST_COPIES]
        found = (
            self._articles.article(table.article_ids[each], table.revisions[each])
            for each in oldest.tolist()
        )
        return tuple(article for article in found if article)

    @cached_property
    def _visible(self) -> NDArray[np.bool_]:
        return self._table.visible(self._filter)


def _with_short(moved: Citation, citation: Citation) -> Citation:
    """With the same short answer; the day it means is worked out from this article's date."""
    if citation.short is None:
        return moved
    by = moved.start - citation.start
    short = Span(citation.short.start + by, citation.short.end + by)
    day = resolved_days(moved.article, Span(moved.start, moved.end), short)
    return replace(moved, short=short, resolved=day)


def _with_others(citation: Citation, story: Sequence[Version]) -> Citation:
    others = [(each, moved) for each, moved in story if each.id != citation.article.id]
    copies = tuple(each for each, moved in others if moved)
    versions = tuple(each for each, moved in others if not moved)
    return replace(citation, copies=copies, versions=versions)
