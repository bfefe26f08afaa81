"""The files of vector segments: `NAME.faiss`, `NAME.ids`, and the list of those in use.

A segment never changes, so generations share it by a hard link; the list is written for each.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import DamagedIndexError, StorageError
from index.stores.durable_files import link
from index.stores.vectors.faiss_index import SegmentReport, VectorIndex, VectorLimits
from index.stores.vectors.store import Ids, Vectors

LIST = "segments.json"
INDEX, IDS = ".faiss", ".ids"


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """One segment as the list has it."""

    name: str
    rows: int
    type: str
    recall: float


@dataclass(frozen=True, slots=True)
class SegmentList:
    dimensions: int
    following: int
    """The number of the next segment: no name is used twice."""
    segments: tuple[SegmentFacts, ...]

    def write(self, folder: Path) -> None:
        (folder / LIST).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="ascii")

    @classmethod
    def read(cls, folder: Path) -> "SegmentList":
        try:
            facts: dict[str, Any] = json.loads((folder / LIST).read_bytes())
            segments = tuple(SegmentFacts(**each) for each in facts.pop("segments"))
            return cls(segments=segments, **facts)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _damaged(folder / LIST, error) from error


def write_segment(
    folder: Path, name: str, passages: Ids, vectors: Vectors, limits: VectorLimits | None
) -> SegmentFacts:
    """Vectors (n, d) of n passages by ascending id."""
    report: SegmentReport = VectorIndex.build(vectors, folder / f"{name}{INDEX}", limits=limits)
    try:
        (folder / f"{name}{IDS}").write_bytes(passages.astype("<i8").tobytes())
    except OSError as error:
        raise StorageError(f"{folder / name}{IDS} cannot be written ({error}).") from error
    return SegmentFacts(name, len(passages), report.type, report.recall)


def link_segment(source: Path, target: Path, name: str) -> None:
    for ending in (INDEX, IDS):
        link(source / f"{name}{ending}", target / f"{name}{ending}")


def passages_of(folder: Path, segment: SegmentFacts) -> Ids:
    """Of each of its rows, ascending; mapped. DamagedIndexError if that is not what is there."""
    path = folder / f"{segment.name}{IDS}"
    try:
        ids: Ids = np.memmap(path, "<i8", "r") if segment.rows else np.zeros(0, np.int64)
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    if len(ids) != segment.rows or np.any(ids[1:] <= ids[:-1]):
        raise _damaged(path, "its ids do not ascend, or are not as many as its rows")
    return ids


def index_of(folder: Path, segment: SegmentFacts) -> VectorIndex:
    path = folder / f"{segment.name}{INDEX}"
    index = VectorIndex.open(path)
    if index.size != segment.rows:
        raise _damaged(path, f"it has {index.size} rows, not {segment.rows}")
    return index


def all_passages(parts: Sequence[Ids]) -> Ids:
    """Of several segments, ascending."""
    return np.sort(np.concatenate([np.zeros(0, np.int64), *parts]), kind="stable")


def _damaged(path: Path, reason: object) -> DamagedIndexError:
    return DamagedIndexError(
        f"{path} cannot be read as vectors ({reason}). Run `onrecord index rebuild`."
    )
