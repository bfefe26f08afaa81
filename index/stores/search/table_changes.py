"""A passage table and what changed -> the next one, as if it had been read whole."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from index.stores.search.columns import StringColumn
from index.stores.search.passage_table import PassageTable
from index.stores.sorted_ids import together, without

Rows = NDArray[np.int64]


def replaced(
    before: PassageTable, articles: Collection[str], new: PassageTable, gone: Rows
) -> PassageTable:
    """Without these articles and the statements `gone`, ascending, and with all that `new` has.

    `new` has of these articles those that are left. Each article is left alone in its story.
    """
    kept = np.ones(len(before.article_ids), np.bool_)
    kept[[row for row in map(before.article_row, articles) if row is not None]] = False
    moved, inserted = _merged(kept, before.article_ids, new.article_ids)
    passages = kept[before.article]
    outlets, outlet = _outlets((before, kept), (new, np.ones(len(new.article_ids), np.bool_)))
    order = np.argsort(np.concatenate([before.passage[passages], new.passage]), kind="stable")
    rows = np.concatenate([np.flatnonzero(kept), len(kept) + np.arange(len(new.article_ids))])
    place = np.argsort(np.concatenate([moved[kept], inserted]), kind="stable")

    def joined(name: str) -> NDArray[np.generic]:
        both = np.concatenate([getattr(before, name)[passages], getattr(new, name)])
        return np.asarray(both[order])

    article = np.concatenate([moved[before.article[passages]], inserted[new.article]])

    def ordered(name: str) -> StringColumn:
        both = [StringColumn.of(getattr(table, name)) for table in (before, new)]
        return both[0].with_others(both[1]).taken(rows[place])

    published = np.concatenate([before.published[kept], new.published])
    return PassageTable(
        passage=joined("passage"),  # type: ignore[arg-type]  # as the columns are declared
        article=article[order].astype(np.int32),
        start=joined("start"),  # type: ignore[arg-type]
        end=joined("end"),  # type: ignore[arg-type]
        embedded=joined("embedded"),  # type: ignore[arg-type]
        article_ids=ordered("article_ids"),
        revisions=ordered("revisions"),
        published=published[place],
        outlet=outlet[place],
        outlets=outlets,
        statement=together(without(before.statement, gone), new.statement),
        story=np.arange(len(place), dtype=np.int32),
    )


def _merged(kept: NDArray[np.bool_], names: Sequence[str], new: Sequence[str]) -> tuple[Rows, Rows]:
    """The next row of each article from before (where it is kept), and of each new one.

    Both are in ascending order of ids; `names` are those of all from before.
    """
    rank = np.cumsum(kept) - 1
    earlier = np.concatenate([[0], rank + 1])
    before = earlier[np.array([bisect_left(names, name) for name in new], np.int64)]
    inserted = before + np.arange(len(new))
    return rank + np.searchsorted(before, rank, side="right"), inserted


def _outlets(
    *parts: tuple[PassageTable, NDArray[np.bool_]],
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The names in use, ascending, and the row of each article's name in them, or -1."""
    used = [np.unique(table.outlet[kept]) for table, kept in parts]
    named = {
        table.outlets[row]
        for (table, _), rows in zip(parts, used, strict=True)
        for row in rows.tolist()
        if row >= 0
    }
    names = tuple(sorted(named))
    rows = []
    for table, kept in parts:
        row = [names.index(each) if each in named else -1 for each in table.outlets]
        rows.append(np.array([*row, -1], np.int32)[table.outlet[kept]])  # -1 is the last
    return names, np.concatenate(rows)
