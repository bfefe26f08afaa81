"""Writes the vectors of the next generation: new ones as a segment, some of the old ones merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.stores.sorted_ids import among, without
from index.stores.vectors.faiss_index import VectorLimits
from index.stores.vectors.segment import (
    SegmentFacts,
    SegmentList,
    all_passages,
    link_segment,
    passages_of,
    write_segment,
)
from index.stores.vectors.store import Ids, VectorReport, Vectors
from index.stores.vectors.tiers import SegmentSize, merges

NONE: Ids = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Mergeable:
    """A segment of the parent, or what is new; `live` are the passages to keep of it."""

    facts: SegmentFacts | None
    live: Ids

    @property
    def size(self) -> SegmentSize:
        return SegmentSize(self.facts.rows if self.facts else len(self.live), len(self.live))


class VectorSegmentWriter:
    """Into `folder`, which is empty; `parent` is the folder of the generation before, or None.

    `vectors_of` gives the vectors of known passages, which merged segments are written from: a
    compressed segment does not have them exactly.
    """

    def __init__(
        self,
        folder: Path,
        *,
        parent: Path | None,
        dimensions: int,
        vectors_of: Callable[[Ids], Vectors],
        limits: VectorLimits | None = None,
    ) -> None:
        self._folder = folder
        self._parent = parent
        self._limits = limits
        self._vectors_of = vectors_of
        known = SegmentList.read(parent) if parent else SegmentList(dimensions, 1, ())
        self._dimensions, self._following = known.dimensions, known.following
        self._kept = {
            facts: np.array(passages_of(parent, facts)) for facts in known.segments if parent
        }
        self._new: list[tuple[Ids, Vectors]] = []

    @property
    def passages(self) -> Ids:
        return all_passages([*self._kept.values(), *(ids for ids, _ in self._new)])

    def remove(self, passages: Ids) -> None:
        if len(passages):
            kept = self._kept.items()
            self._kept = {facts: without(ids, passages) for facts, ids in kept}
            self._new = [_without(passages, *each) for each in self._new]

    def add(self, passages: Ids, vectors: Vectors) -> None:
        if len(passages):
            self._new.append((passages, vectors))

    def publish(self) -> VectorReport:
        parts = [_Mergeable(facts, live) for facts, live in self._kept.items()]
        if added := all_passages([ids for ids, _ in self._new]).tolist():
            parts.append(_Mergeable(None, np.array(added, np.int64)))
        groups = merges([part.size for part in parts])
        written = {number for group in groups for number in group}
        segments = []
        for number, part in enumerate(parts):
            if number not in written and part.facts and len(part.live):
                segments.append(self._linked(part.facts))
            elif number not in written and len(part.live):
                segments.append(self._written(part.live))
        segments += [
            self._written(all_passages([parts[number].live for number in group]))
            for group in groups
        ]
        SegmentList(self._dimensions, self._following, tuple(segments)).write(self._folder)
        return _report(segments)

    def _linked(self, facts: SegmentFacts) -> SegmentFacts:
        assert self._parent  # noqa: S101 - only a parent has segments
        link_segment(self._parent, self._folder, facts.name)
        return facts

    def _written(self, passages: Ids) -> SegmentFacts:
        name = f"{self._following:08d}"
        self._following += 1
        return write_segment(self._folder, name, passages, self._vectors(passages), self._limits)

    def _vectors(self, passages: Ids) -> Vectors:
        """The new ones are at hand; the others are asked for."""
        rows = np.zeros((len(passages), self._dimensions), np.float32)
        waiting = np.ones(len(passages), np.bool_)
        for ids, vectors in self._new:
            places = np.searchsorted(passages, ids)
            places[places == len(passages)] = 0
            there = passages[places] == ids
            rows[places[there]] = vectors[there]
            waiting[places[there]] = False
        if waiting.any():
            rows[waiting] = self._vectors_of(passages[waiting])
        return rows


def _without(gone: Ids, passages: Ids, vectors: Vectors) -> tuple[Ids, Vectors]:
    kept = ~among(passages, gone)
    return passages[kept], vectors[kept]


def _report(segments: Sequence[SegmentFacts]) -> VectorReport:
    largest = max(segments, key=lambda each: each.rows, default=None)
    recall = min((each.recall for each in segments), default=1.0)
    return VectorReport(largest.type if largest else "none", recall, len(segments))
