"""Where a question is looked for: in articles of its dates where those tell, then everywhere."""

from dataclasses import dataclass
from enum import StrEnum

from index.documents import Filter
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.timestamps import bound
from rag.dates.period import Period
from rag.query.query import Query, within_period

MOSTLY = 0.5
"""Of the articles that must have a date, for a question's dates to choose among them."""


class DateScope(StrEnum):
    """What a question's dates do in a scope."""

    DATES = "dates"
    """They choose the articles."""
    WORDS = "words"
    """They are words to be found."""
    OTHERS = "others"
    """Nothing: what is found there does not answer, but is the nearest to it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A question in the words to look for, and the articles to look in."""

    name: DateScope
    query: Query
    filter: Filter


def scopes(query: Query, columns: PassageTable, wanted: Filter) -> tuple[Scope, ...]:
    """One after the other, until one answers; one alone where the dates do not choose articles.

    Dates told by the day of asking stand in no article, so they are not looked for as words.
    """
    words = Scope(DateScope.WORDS, query, wanted)
    if query.period is None or not _tells(query.period, columns):
        return (words,)
    dateless = within_period(query)
    dates = Scope(DateScope.DATES, dateless, wanted.narrowed_to(query.period.searched))
    others = Scope(DateScope.OTHERS, dateless, wanted)
    return (dates, others) if query.period.derived else (dates, words, others)


def is_dated(columns: PassageTable) -> bool:
    """Whether the archive's articles mostly say when they were published."""
    dated = int((columns.published != MISSING).sum())
    return dated > 0 and dated >= MOSTLY * len(columns.published)


def _tells(period: Period, columns: PassageTable) -> bool:
    """Before the first article lies what the archive can only look back to."""
    if not period.of_publication or not is_dated(columns):
        return False
    end = period.searched.published_to
    first = int(columns.published[columns.published != MISSING].min())
    return end is None or bound(end) > first
