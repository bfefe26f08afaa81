"""Where to search: first in articles of the question's dates, where dates decide, then in all."""

from dataclasses import dataclass
from enum import StrEnum

from index.documents import Filter
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.timestamps import bound
from rag.dates.period import Period
from rag.query.query import Query, within_period

MOSTLY = 0.5
"""Minimum share of dated articles for a question's dates to choose articles."""


class DateScope(StrEnum):
    """How a scope uses the question's dates."""

    DATES = "dates"
    """They choose the articles; the words for them are not searched for."""
    WORDS = "words"
    """They are words like any others."""
    OTHERS = "others"
    """Not at all: evidence found here answers nothing, but is shown as the nearest."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The terms to search for, and the articles to search in."""

    name: DateScope
    query: Query
    filter: Filter


def scopes(query: Query, table: PassageTable, filter: Filter) -> tuple[Scope, ...]:
    """In the order to try them; a single one where the dates do not choose articles.

    Relative dates such as "last week" have no `WORDS` scope: articles do not contain those words.
    """
    words = Scope(DateScope.WORDS, query, filter)
    if query.period is None or not _chooses_articles(query.period, table):
        return (words,)
    dateless = within_period(query)
    dates = Scope(DateScope.DATES, dateless, filter.narrowed_to(query.period.searched))
    others = Scope(DateScope.OTHERS, dateless, filter)
    return (dates, others) if query.period.derived else (dates, words, others)


def is_dated(table: PassageTable) -> bool:
    """Whether enough of the archive's articles have a date."""
    dated = int((table.published != MISSING).sum())
    return dated > 0 and dated >= MOSTLY * len(table.published)


def _chooses_articles(period: Period, table: PassageTable) -> bool:
    """False for dates before the first article: the archive can only look back on those."""
    if not period.of_publication or not is_dated(table):
        return False
    end = period.searched.published_to
    first = int(table.published[table.published != MISSING].min())
    return end is None or bound(end) > first
