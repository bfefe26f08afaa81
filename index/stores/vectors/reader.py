"""All segments of a generation searched as one: results do not depend on how rows are cut.

A removed passage is not in the generation's passage table, so its row in a segment is skipped.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndexError
from index.stores.vectors.faiss_index import VectorIndex
from index.stores.vectors.segment import SegmentList, index_of, passages_of
from index.stores.vectors.store import Ids, Vectors


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    index: VectorIndex
    row: Ids
    """Of each position, its row in the passage table; -1 if the passage was removed."""
    places: Ids
    """The positions that have a row, ascending as their rows are."""

    def search(self, query: Vectors, k: int) -> tuple[Ids, Vectors]:
        """More are fetched while removed ones are among them."""
        wanted = min(k, len(self.places))
        fetch = wanted
        while True:
            places, cosines = self.index.search(query, fetch)
            rows = self.row[places]
            if fetch >= self.index.size or np.count_nonzero(rows >= 0) >= wanted:
                return rows[rows >= 0][:wanted], cosines[rows >= 0][:wanted]
            fetch = min(2 * fetch, self.index.size)

    def search_among(self, query: Vectors, k: int, mask: NDArray[np.bool_]) -> tuple[Ids, Vectors]:
        allowed = np.zeros(len(self.row), np.bool_)
        allowed[self.places] = mask[self.row[self.places]]
        places, cosines = self.index.search(query, k, allowed)
        return self.row[places], cosines

    def vectors(self, rows: Ids) -> tuple[NDArray[np.bool_], Vectors]:
        """Which of `rows` are in this segment, and their vectors."""
        known = self.row[self.places]
        at = np.minimum(np.searchsorted(known, rows), max(len(known) - 1, 0))
        here = known[at] == rows if len(known) else np.zeros(len(rows), np.bool_)
        return here, self.index.vectors(self.places[at[here]])


class VectorSegments:
    """Opened to read; it still answers after its folder is deleted."""

    def __init__(self, segments: list[_Segment], rows: int, dimensions: int) -> None:
        self._segments = segments
        self._rows = rows
        self._dimensions = dimensions
        self.size = sum(len(segment.places) for segment in segments)

    @classmethod
    def open(cls, folder: Path, passages: Ids) -> Self:
        """`passages` of the table, ascending; each may have one vector or none."""
        known = SegmentList.read(folder)
        segments = []
        for facts in known.segments:
            row = _rows(passages, passages_of(folder, facts))
            segments.append(_Segment(index_of(folder, facts), row, np.flatnonzero(row >= 0)))
        _check(folder, segments, known.dimensions, len(passages))
        return cls(segments, len(passages), known.dimensions)

    def search(
        self, query: Vectors, k: int, mask: NDArray[np.bool_] | None = None
    ) -> tuple[Ids, Vectors]:
        """The best of each segment are sorted together, so no segment's order matters."""
        if mask is not None and mask.shape != (self._rows,):
            raise ValueError(f"the mask is {mask.shape}, the table has ({self._rows},) rows")
        found = [
            each.search(query, k) if mask is None else each.search_among(query, k, mask)
            for each in self._segments
        ]
        rows = np.concatenate([np.zeros(0, np.int64), *(rows for rows, _ in found)])
        cosines = np.concatenate([np.zeros(0, np.float32), *(cosines for _, cosines in found)])
        order = np.lexsort((rows, -cosines))[: max(k, 0)]
        return rows[order], cosines[order]

    def scores(self, query: Vectors, rows: Ids) -> Vectors:
        """All vectors are gathered and multiplied at once, so that cuts change no last digit."""
        return np.asarray(self.stored(rows) @ query, np.float32)

    def stored(self, rows: Ids) -> Vectors:
        """(n, d), as the segments have them; NaN for a row without a vector."""
        if len(rows) and not 0 <= rows.min() <= rows.max() < self._rows:
            raise ValueError(f"rows are 0 to {self._rows - 1}, not {rows.min()} to {rows.max()}")
        gathered = np.full((len(rows), self._dimensions), np.nan, np.float32)
        for segment in self._segments:
            here, vectors = segment.vectors(rows)
            gathered[here] = vectors
        return gathered


def _rows(table: Ids, passages: Ids) -> Ids:
    """The row of each passage in the table, -1 if it is not there."""
    if not len(table):
        return np.full(len(passages), -1, np.int64)
    rows = np.searchsorted(table, passages)
    rows[rows == len(table)] = 0
    return np.where(table[rows] == passages, rows, -1).astype(np.int64)


def _check(folder: Path, segments: list[_Segment], dimensions: int, rows: int) -> None:
    if any(segment.index.dimensions != dimensions for segment in segments):
        raise DamagedIndexError(
            f"The segments in {folder} differ in dimensions. Run `onrecord index rebuild`."
        )
    seen = np.zeros(rows, np.bool_)
    for each in segments:
        seen[each.row[each.places]] = True
    if np.count_nonzero(seen) != sum(len(each.places) for each in segments):
        raise DamagedIndexError(
            f"A passage has two vectors in {folder}. Run `onrecord index rebuild`."
        )
