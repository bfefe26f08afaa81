"""What a build and a question ask of a vector store; another engine implements these two.

`writer.VectorSegmentWriter` and `reader.VectorSegments` do it with files in the generation.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class VectorReport:
    """What was published: the type of the largest segment, and the lowest recall@10 of all."""

    type: str
    recall: float
    segments: int


class VectorWriter(Protocol):
    """The vectors of the next generation, which begin as those of its parent."""

    @property
    def passages(self) -> Ids:
        """Those with a vector, ascending; among them removed ones that are not merged away yet."""

    def remove(self, passages: Ids) -> None:
        """Forget them; those without a vector are ignored."""

    def add(self, passages: Ids, vectors: Vectors) -> None:
        """(n, d) unit rows of n passages by ascending id, none of which has a vector yet."""

    def publish(self) -> VectorReport:
        """Make it what the next reader opens; StorageError if it cannot be written."""


class VectorSearch(Protocol):
    """The vectors of a published generation, by the rows of its passage table."""

    @property
    def size(self) -> int:
        """Passages that have a vector."""

    def search(
        self, query: Vectors, k: int, mask: NDArray[np.bool_] | None = None
    ) -> tuple[Ids, Vectors]:
        """The rows nearest to `query` (d,) and their cosines, best first, ties by row.

        With a mask over all rows only its rows are searched, and exactly.
        """

    def stored(self, rows: Ids) -> Vectors:
        """(n, d), to within the precision of the store; NaN for a row without a vector."""

    def scores(self, query: Vectors, rows: Ids) -> Vectors:
        """The cosine of `query` with each of `rows`; NaN for a row without a vector."""
