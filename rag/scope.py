"""Where a question is looked for: in articles of its dates where those tell, then everywhere."""

from dataclasses import dataclass

from index.documents import Filter
from index.stores.columns import MISSING, Columns
from index.stores.instants import bound
from rag.periods import Period, narrowed
from rag.question import Query, within_period

MOSTLY = 0.5
"""Of the articles that must have a date, for a question's dates to choose among them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A question in the words to look for, and the articles to look in."""

    query: Query
    filter: Filter
    narrowed: bool = False
    """Whether by the question's own dates."""


def scopes(query: Query, columns: Columns, wanted: Filter) -> tuple[Scope, ...]:
    """The narrower one first; one alone where the question's dates do not tell articles apart."""
    everywhere = Scope(query, wanted)
    if query.period is None or not _tells(query.period, columns):
        return (everywhere,)
    within = narrowed(wanted, query.period.searched)
    return Scope(within_period(query), within, narrowed=True), everywhere


def is_dated(columns: Columns) -> bool:
    """Whether the archive's articles mostly say when they were published."""
    dated = int((columns.published != MISSING).sum())
    return dated > 0 and dated >= MOSTLY * len(columns.published)


def _tells(period: Period, columns: Columns) -> bool:
    """Before the first article lies what the archive can only look back to."""
    if not period.of_publication or not is_dated(columns):
        return False
    end = period.searched.published_to
    first = int(columns.published[columns.published != MISSING].min())
    return end is None or bound(end) > first
