"""The dates and outlets of the archive, to explain why no article passes a filter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from index.documents import Filter
from index.language.calendar import day_words
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.timestamps import instant

LISTED = 8
"""Outlets listed if an unknown one was asked for."""
ALIKE = 0.6
"""Similarity from which a name is suggested for another (Ratcliff and Obershelp's measure)."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The dates of the first and the last article; None if no article has a date."""

    first: datetime | None
    last: datetime | None

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return "no dated article"
        first, last = day_words(self.first), day_words(self.last)
        return first if first == last else f"{first} to {last}"


def coverage(published: NDArray[np.int64]) -> Coverage:
    """`published` is in seconds since 1970, (m,), `MISSING` if undated."""
    dated = published[published != MISSING]
    if not len(dated):
        return Coverage(None, None)
    return Coverage(instant(int(dated.min())), instant(int(dated.max())))


def why_nothing_visible(columns: PassageTable, wanted: Filter) -> str | None:
    """Why no article passes the filter, and what there is instead; None if one passes."""
    if wanted.empty or not len(columns) or columns.visible(wanted).any():
        return None
    return _no_such_outlet(columns, wanted) or _no_such_dates(columns, wanted)


def _no_such_outlet(columns: PassageTable, filter: Filter) -> str | None:
    """Compared with the outlets of articles up to `as_of`, so that nothing later is revealed."""
    wanted = filter.outlets
    there = np.unique(columns.outlet[columns.visible(Filter(as_of=filter.as_of))])
    names = (columns.outlets[row] for row in there.tolist() if row >= 0)
    known = {name.casefold(): name for name in sorted(names)}
    unknown = [name for name in wanted if name.casefold() not in known]
    if len(unknown) < len(wanted) or not wanted or (filter.as_of and not known):
        return None
    near = get_close_matches(unknown[0].casefold(), known, n=3, cutoff=ALIKE)
    if near:
        offered = ", ".join(known[key] for key in near)
        return f"No article is from “{unknown[0]}”; the nearest name is {offered}."
    return f"No article is from “{unknown[0]}”; {_outlets(list(known.values()))}."


def _outlets(names: Sequence[str]) -> str:
    if not names:
        return "no article names its outlet"
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return f"the archive has {', '.join(names[:LISTED])}{more}"


def _no_such_dates(columns: PassageTable, wanted: Filter) -> str:
    """Within the filter's outlets and `as_of`."""
    where = " or ".join(wanted.outlets) or "the archive"
    rangeless = replace(wanted, published_from=None, published_to=None)
    known = coverage(columns.published[columns.visible(rangeless)])
    if known.first is not None:
        return f"No article of {where} was published in these dates; it covers {known}."
    begins = coverage(columns.published).first
    if wanted.as_of and begins:
        return _nothing_yet(wanted.as_of, begins)
    return f"No article of {where} has a date, so none can be chosen by its date."


def _nothing_yet(as_of: datetime, begins: datetime) -> str:
    """Reveals only the first day of the archive, which is no news."""
    if as_of >= begins:
        return f"As of {day_words(as_of)} there was nothing of this yet."
    return (
        f"As of {day_words(as_of)} there was nothing yet: the first article of the archive "
        f"is from {day_words(begins)}."
    )
