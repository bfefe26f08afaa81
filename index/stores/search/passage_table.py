"""Every passage of a generation as parallel arrays, one row a passage. Knows no text and no score.

The vector index answers with rows; the table says which passage a row is, and which rows a filter
allows. Facts shared by the passages of one article are stored once.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.documents import Filter, Passage, Span
from index.errors import DamagedIndexError
from index.stores.search.columns import StringColumn, map_columns, string_arrays, write_columns
from index.stores.timestamps import bound, last_second

MISSING = int(np.iinfo(np.int64).min)
"""The value of `published` for an article without a date."""

_ARRAYS: Mapping[str, type[np.generic]] = {
    "passage": np.int64,
    "article": np.int32,
    "start": np.int32,
    "end": np.int32,
    "embedded": np.bool_,
    "published": np.int64,
    "outlet": np.int32,
    "statement": np.int64,
    "story": np.int32,
}
_STRINGS = ("article_ids", "revisions", "outlets")


@dataclass(frozen=True, slots=True, eq=False)
class PassageTable:
    """Arrays of n passages by ascending id, of m articles by ascending id, and outlet names.

    And the ids of all statements, ascending; their content is in the statement index.
    """

    passage: NDArray[np.int64]
    article: NDArray[np.int32]
    """The passage's row in the per-article arrays."""
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    embedded: NDArray[np.bool_]
    """Whether the passage has a vector."""
    article_ids: Sequence[str]
    revisions: Sequence[str]
    published: NDArray[np.int64]
    """Seconds since 1970, UTC, or `MISSING`."""
    outlet: NDArray[np.int32]
    """The article's row in `outlets`, or -1."""
    outlets: Sequence[str]
    statement: NDArray[np.int64]
    story: NDArray[np.int32]
    """The row of the article that leads this one's story; its own row if it is alone."""

    def __len__(self) -> int:
        return len(self.passage)

    @property
    def without_vector(self) -> int:
        return len(self) - int(np.count_nonzero(self.embedded))

    def rows(self, passage_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each passage, -1 if it is not in the table."""
        rows = np.searchsorted(self.passage, passage_ids)
        found = rows < len(self)
        found[found] = self.passage[rows[found]] == passage_ids[found]
        return np.where(found, rows, -1).astype(np.int64)

    def mask(self, filter: Filter) -> NDArray[np.bool_] | None:
        """Which rows the filter allows, (n,); None if it allows all.

        An article without a date matches no date bound; outlets are compared casefolded.
        """
        if filter.empty:
            return None
        visible = self.visible(filter)
        return None if visible.all() else np.asarray(visible[self.article], dtype=np.bool_)

    def article_row(self, article_id: str) -> int | None:
        """The article's row in the per-article arrays, or None."""
        row = bisect_left(self.article_ids, article_id)
        found = row < len(self.article_ids) and self.article_ids[row] == article_id
        return row if found else None

    def story_of(self, article_id: str) -> str:
        """The article that leads this one's story; the article itself if it is alone."""
        row = self.article_row(article_id)
        return article_id if row is None else self.article_ids[self.story[row]]

    def passage_at(self, row: int) -> Passage:
        [passage] = self.passages_at(np.array([row], np.int64))
        return passage

    def passages_at(self, rows: NDArray[np.int64]) -> list[Passage]:
        """In the order of the rows; faster than one by one."""
        articles = self.article[rows].tolist()
        named = {each: (self.article_ids[each], self.revisions[each]) for each in set(articles)}
        columns = (self.passage[rows], self.start[rows], self.end[rows])
        return [
            Passage(passage, *named[article], Span(start, end))
            for article, passage, start, end in zip(
                articles, *(column.tolist() for column in columns), strict=True
            )
        ]

    def save(self, path: Path) -> None:
        write_columns(path, columns_of(self))

    @classmethod
    def load(cls, path: Path) -> "PassageTable":
        """What `save` wrote, mapped; DamagedIndexError if it is anything else."""
        try:
            table = cls(**_read(path))
            table._check()
        except Exception as error:  # damaged JSON and wrong places raise whatever reads them
            raise DamagedIndexError(
                f"{path} cannot be read as a passage table ({error}); run `onrecord index rebuild`"
            ) from error
        return table

    def visible(self, filter: Filter) -> NDArray[np.bool_]:
        """Which articles the filter allows, (m,)."""
        allowed = np.ones(len(self.article_ids), dtype=np.bool_)
        if filter.published_from is not None:  # `MISSING` is below every bound
            allowed &= self.published >= bound(filter.published_from)
        if (last := last_second(filter)) is not None:
            allowed &= (self.published != MISSING) & (self.published <= last)
        if filter.outlets:
            names = {name.casefold() for name in filter.outlets}
            rows = [row for row, name in enumerate(self.outlets) if name.casefold() in names]
            allowed &= np.isin(self.outlet, rows)
        return allowed

    def _check(self) -> None:
        """Raise ValueError unless the arrays fit together."""
        articles = len(self.article_ids)
        by_passage = {len(self)}
        by_passage |= {len(self.article), len(self.start), len(self.end), len(self.embedded)}
        by_article = {len(self.revisions), len(self.published), len(self.outlet), len(self.story)}
        if len(by_passage) > 1 or by_article != {articles}:
            raise ValueError("its arrays differ in length")
        for name, ids in (("passage", self.passage), ("statement", self.statement)):
            if np.any(ids[1:] <= ids[:-1]):
                raise ValueError(f"its {name} ids do not ascend")
        if _outside(self.article, 0, articles) or _outside(self.outlet, -1, len(self.outlets)):
            raise ValueError("a row points outside its table")
        if _outside(self.story, 0, articles) or np.any(self.story[self.story] != self.story):
            raise ValueError("a story is led by an article of another story")
        if np.any(self.embedded.view(np.uint8) > 1):
            raise ValueError("a flag is neither true nor false")
        if np.any(self.start < 0) or np.any(self.start >= self.end):
            raise ValueError("a passage is empty")


def columns_of(table: PassageTable) -> dict[str, NDArray[Any]]:
    """As they are stored."""
    columns = {name: np.asarray(getattr(table, name), dtype) for name, dtype in _ARRAYS.items()}
    for name in _STRINGS:
        columns[f"{name}.bytes"], columns[f"{name}.ends"] = string_arrays(getattr(table, name))
    return columns


def _outside(rows: NDArray[np.int32], low: int, high: int) -> bool:
    return bool(np.any((rows < low) | (rows >= high)))


def _read(path: Path) -> Mapping[str, Any]:
    parts = {f"{name}.bytes": np.uint8 for name in _STRINGS} | {
        f"{name}.ends": np.int64 for name in _STRINGS
    }
    read = map_columns(path, {**_ARRAYS, **parts})
    strings = {
        name: StringColumn(read.pop(f"{name}.bytes"), read.pop(f"{name}.ends")) for name in _STRINGS
    }
    return read | strings
