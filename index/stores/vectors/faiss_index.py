"""One segment's vectors by position: written once, then mapped and read. Imports faiss.

Adding while searching crashes faiss, so nothing is added to an index that has been written. Knows
no passage.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndexError, StorageError

NEIGHBOURS = 10
PROBES = 200
BLOCK = 65_536
TRAINABLE = 624
"""Fewer rows cannot train a codebook of 16 words (39 points a word)."""
TIES = 6
"""Rows fetched beyond `k` at first, to see whether the last place is a tie."""


@dataclass(frozen=True, slots=True)
class VectorLimits:
    """The most rows for each type of index, and the recall it must reach."""

    exact: int = 30_000
    signs: int = 200_000
    compressed: int = 2_000_000
    recall: float = 0.97


@dataclass(frozen=True, slots=True)
class SegmentReport:
    """The type of index that was built, as faiss names it, and its measured recall@10."""

    type: str
    recall: float


@dataclass(frozen=True, slots=True)
class _Recipe:
    type: str
    k_factor: float = 1
    probes: int = 0


EXACT = _Recipe("SQfp16")
SIGNS = _Recipe("RaBitQfs,Refine(SQfp16)", k_factor=20)
"""Codes of one bit a dimension (Gao and Long 2024, arXiv:2405.12497) choose 20 times `k`
candidates, which the full rows rank; with 10 times `k`, .003 of the best 100 are lost."""


class VectorIndex:
    """Unit rows to search by inner product, which for unit rows is the cosine."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._store = _store(index)
        self.size: int = index.ntotal
        self.dimensions: int = index.d

    @staticmethod
    def build(
        vectors: NDArray[np.float32], path: Path, *, limits: VectorLimits | None = None
    ) -> SegmentReport:
        """Write `vectors`, (n, d) unit rows, as the fastest type that keeps the recall.

        What is not compressed misses nothing, so its recall is not measured.
        """
        limits = limits or VectorLimits()
        for recipe in _recipes(len(vectors), vectors.shape[1], limits):
            index = _made(recipe, vectors)
            recall = 1.0 if recipe is EXACT else _recall(index, vectors)
            report = SegmentReport(recipe.type, recall)
            if report.recall >= limits.recall:
                break
        try:
            faiss.write_index(index, str(path))
        except RuntimeError as error:
            reason = str(error).rsplit("Error: ", 1)[-1].strip()
            raise StorageError(f"{path} cannot be written ({reason}).") from error
        return report

    @classmethod
    def open(cls, path: Path) -> Self:
        """Mapped: rows are read from the file when they are compared."""
        library: Any = faiss  # the stubs lack the flag
        try:
            return cls(faiss.read_index(str(path), library.IO_FLAG_MMAP_IFC))
        except (RuntimeError, MemoryError) as error:
            raise DamagedIndexError(
                f"{path} cannot be read as vectors. Run `onrecord index rebuild`."
            ) from error

    def search(
        self, query: NDArray[np.float32], k: int, mask: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The rows nearest to `query` (d,) and their cosines, best first, ties by row.

        With a mask (n,) only its rows are searched, and exactly.
        """
        if mask is not None and mask.shape != (self.size,):
            raise ValueError(f"the mask is {mask.shape}, the vectors are ({self.size},)")
        available = self.size if mask is None else int(np.count_nonzero(mask))
        fetch = min(k + TIES, available)
        while True:
            rows, cosines = self._nearest(query, fetch, mask)
            if fetch == available or len(rows) < fetch or cosines[-1] < cosines[k - 1]:
                break
            fetch = min(2 * fetch, available)
        order = np.lexsort((rows, -cosines))[: max(k, 0)]
        return rows[order], cosines[order]

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n, d), as stored."""
        if not len(rows):
            return np.zeros((0, self.dimensions), np.float32)
        if not 0 <= rows.min() <= rows.max() < self.size:
            raise ValueError(f"rows are 0 to {self.size - 1}, not {rows.min()} to {rows.max()}")
        return np.asarray(self._store.reconstruct_batch(np.ascontiguousarray(rows)), np.float32)

    def _nearest(
        self, query: NDArray[np.float32], count: int, mask: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        if count <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        rows = np.ascontiguousarray(query, np.float32).reshape(1, -1)
        with _threads(1):
            if mask is None:
                cosines, found = self._index.search(rows, count)
            else:
                cosines, found = self._store.search(rows, count, params=_only(mask))
        there = found[0] >= 0
        return found[0][there], cosines[0][there]


def _store(index: Any) -> Any:
    """The index of full rows: a compressed index keeps them to refine its candidates."""
    is_refined = isinstance(index, faiss.IndexRefine)
    return faiss.downcast_index(index.refine_index) if is_refined else index


def _only(mask: NDArray[np.bool_]) -> Any:
    library: Any = faiss  # the stubs describe the C++ classes
    bitmap = library.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
    return library.SearchParameters(sel=bitmap)


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """One OpenMP thread per query is fastest; torch shares the setting, so it is restored."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _recipes(n: int, dimensions: int, limits: VectorLimits) -> list[_Recipe]:
    """The types to try for `n` rows, in order; the last one is exact."""
    if n <= max(limits.exact, TRAINABLE) or dimensions % 2:
        return [EXACT]
    if n <= limits.signs:
        return [SIGNS, EXACT]
    # Four dimensions to a 4-bit code: 96 codes for 384 dimensions, as measured.
    codes = f"PQ{dimensions // (2 if dimensions % 4 else 4)}x4fs,Refine(SQ8)"
    compressed = [_Recipe(codes, k_factor=30), EXACT]
    if n <= limits.compressed:
        return compressed
    return [_Recipe(f"IVF{_lists(n)}_HNSW32,{codes}", k_factor=40, probes=16), *compressed]


def _lists(n: int) -> int:
    """About four times the root of n, as a power of two, with 39 training rows for each list."""
    return int(2 ** np.floor(np.log2(min(4 * np.sqrt(n) * np.sqrt(2), n / 39))))


def _made(recipe: _Recipe, vectors: NDArray[np.float32]) -> Any:
    """Seeds are faiss's own fixed ones; a graph is only reproducible on one thread."""
    vectors = np.ascontiguousarray(vectors, np.float32)
    index: Any = faiss.index_factory(vectors.shape[1], recipe.type, faiss.METRIC_INNER_PRODUCT)
    if recipe.probes:
        lists = faiss.extract_index_ivf(index.base_index)
        lists.nprobe, lists.cp.max_points_per_centroid = recipe.probes, 64
        with _threads(1):
            index.train(vectors)
    if not index.is_trained:
        index.train(vectors)
    index.add(vectors)
    if recipe.k_factor > 1:
        index.k_factor = recipe.k_factor
    return index


def _recall(index: Any, vectors: NDArray[np.float32]) -> float:
    """Recall of the ten nearest other rows, over up to 200 evenly spaced rows."""
    n = len(vectors)
    k = min(NEIGHBOURS, n - 1)
    if k < 1:
        return 1.0
    probes = np.unique(np.linspace(0, n - 1, PROBES).astype(np.int64))
    enough = _kth_best(vectors, probes, k)
    _, found = index.search(np.ascontiguousarray(vectors[probes]), k + 1)
    right = [
        _right(vectors, probe, rows, k, least)
        for probe, rows, least in zip(probes, found, enough, strict=True)
    ]
    return float(np.sum(right) / (k * len(probes)))


def _kth_best(
    vectors: NDArray[np.float32], probes: NDArray[np.int64], k: int
) -> NDArray[np.float32]:
    """The exact cosine of each probe's k-th nearest other row."""
    best = np.full((len(probes), k), -np.inf, np.float32)
    for start in range(0, len(vectors), BLOCK):
        cosines = vectors[probes] @ vectors[start : start + BLOCK].T
        own = np.flatnonzero((probes >= start) & (probes < start + BLOCK))
        cosines[own, probes[own] - start] = -np.inf
        best = np.partition(np.hstack([best, cosines]), -k)[:, -k:]
    return np.asarray(best.min(axis=1), np.float32)


def _right(
    vectors: NDArray[np.float32], probe: int, found: NDArray[np.int64], k: int, least: float
) -> int:
    """Counts rows at least as near as the k-th, so that copies of a text are not misses."""
    others = found[(found >= 0) & (found != probe)][:k]
    return int(np.count_nonzero(vectors[others] @ vectors[probe] >= least - 1e-6))
