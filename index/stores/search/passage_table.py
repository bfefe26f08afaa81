"""Every passage of a generation as parallel arrays, one row a passage. Knows no text and no score.

The vector index answers with rows; the table says which passage a row is, and which rows a filter
allows. Facts shared by the passages of one article are stored once.
"""

import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.documents import Filter, Passage, Span
from index.errors import DamagedIndexError
from index.stores.timestamps import bound, last_second

MISSING = int(np.iinfo(np.int64).min)
"""The value of `published` for an article without a date."""

_ARRAYS: Mapping[str, type[np.integer[Any]]] = {
    "passage": np.int64,
    "article": np.int32,
    "start": np.int32,
    "end": np.int32,
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
    article_ids: tuple[str, ...]
    revisions: tuple[str, ...]
    published: NDArray[np.int64]
    """Seconds since 1970, UTC, or `MISSING`."""
    outlet: NDArray[np.int32]
    """The article's row in `outlets`, or -1."""
    outlets: tuple[str, ...]
    statement: NDArray[np.int64]
    story: NDArray[np.int32]
    """The row of the article that leads this one's story; its own row if it is alone."""

    def __len__(self) -> int:
        return len(self.passage)

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
        return np.asarray(self.visible(filter)[self.article], dtype=np.bool_)

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
        article = self.article[row]
        return Passage(
            id=int(self.passage[row]),
            article_id=self.article_ids[article],
            revision=self.revisions[article],
            span=Span(int(self.start[row]), int(self.end[row])),
        )

    def save(self, path: Path) -> None:
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        strings = {name: _packed(getattr(self, name)) for name in _STRINGS}
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **(arrays | strings))

    @classmethod
    def load(cls, path: Path) -> "PassageTable":
        """What `save` wrote; DamagedIndexError if it is anything else."""
        try:
            table = cls(**_read(path))
            table._check()
        except Exception as error:  # a damaged zip raises whatever its decoders do
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
        by_passage = {len(self), len(self.article), len(self.start), len(self.end)}
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
        if np.any(self.start < 0) or np.any(self.start >= self.end):
            raise ValueError("a passage is empty")


def _outside(rows: NDArray[np.int32], low: int, high: int) -> bool:
    return bool(np.any((rows < low) | (rows >= high)))


def _packed(strings: tuple[str, ...]) -> NDArray[np.uint8]:
    """As the bytes of a JSON array: numpy's own strings lose trailing NULs."""
    return np.frombuffer(json.dumps(strings).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8], name: str) -> tuple[str, ...]:
    strings = json.loads(packed.tobytes())
    if not isinstance(strings, list) or not all(isinstance(string, str) for string in strings):
        raise ValueError(f"{name} is not a list of strings")
    return tuple(strings)


def _read(path: Path) -> Mapping[str, Any]:
    # opened here because numpy leaves a file that is no archive open
    with path.open("rb") as file, np.load(file, allow_pickle=False) as saved:
        arrays = {name: _array(saved[name], name, dtype) for name, dtype in _ARRAYS.items()}
        packed = {name: _array(saved[name], name, np.uint8) for name in _STRINGS}
    return arrays | {name: _unpacked(array, name) for name, array in packed.items()}


def _array(array: NDArray[Any], name: str, dtype: type[np.integer[Any]]) -> NDArray[Any]:
    if array.dtype != dtype or array.ndim != 1:
        raise ValueError(
            f"{name} is {array.dtype} of {array.ndim} dimensions, not {dtype.__name__}"
        )
    return array
