"""Named arrays in one file: written at once, mapped when it is opened. Knows no meaning of them.

A line of JSON says where each array stands. Strings are stored as bytes and the ends of each.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

ALIGNED = 64
"""Bytes: where an array may begin."""
LONGEST_HEAD = 65_536


class StringColumn(Sequence[str]):
    """Strings that are decoded when they are looked at; equal to any sequence of the same ones."""

    __slots__ = ("_bytes", "_ends")

    def __init__(self, content: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        """ValueError unless the ends ascend to the end of the content."""
        if np.any(np.diff(ends, prepend=0) < 0) or (ends[-1] if len(ends) else 0) != len(content):
            raise ValueError("strings do not fit their bytes")
        self._bytes = content
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        place = range(len(self))[at]
        start = self._ends[place - 1] if place else 0
        return self._bytes[start : self._ends[place]].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        """All at once: faster than one by one."""
        content, start = self._bytes.tobytes(), 0
        for end in self._ends.tolist():
            yield content[start:end].decode("utf-8", "surrogatepass")
            start = end

    @classmethod
    def of(cls, strings: Sequence[str]) -> "StringColumn":
        """The same strings."""
        return strings if isinstance(strings, StringColumn) else cls(*string_arrays(strings))

    @property
    def arrays(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The bytes of all, and where each ends."""
        return self._bytes, self._ends

    def taken(self, rows: NDArray[np.int64]) -> "StringColumn":
        """The strings in these rows, in their order; neighbouring rows are copied at once."""
        sizes = np.diff(self._ends, prepend=0)
        starts = self._ends - sizes
        runs = np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1) if len(rows) else []
        parts = [self._bytes[starts[run[0]] : self._ends[run[-1]]] for run in runs]
        content = np.concatenate([self._bytes[:0], *parts])
        return StringColumn(content, np.cumsum(sizes[rows], dtype=np.int64))

    def with_others(self, other: "StringColumn") -> "StringColumn":
        """These, then the others."""
        content, ends = other.arrays
        ends = np.concatenate([self._ends, len(self._bytes) + ends])
        return StringColumn(np.concatenate([self._bytes, content]), ends)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, StringColumn):
            content, ends = other.arrays
            return np.array_equal(self._ends, ends) and np.array_equal(self._bytes, content)
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def __repr__(self) -> str:
        return f"StringColumn({list(self)!r})"


def string_arrays(strings: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The bytes of all, and where each ends."""
    if isinstance(strings, StringColumn):
        return strings.arrays
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    content = np.frombuffer(b"".join(encoded), np.uint8)
    return content, np.cumsum([len(each) for each in encoded], dtype=np.int64)


def write_columns(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """One-dimensional arrays of fixed-size numbers."""
    places, end = {}, 0
    for name, array in columns.items():
        places[name] = (array.dtype.str, end, len(array))
        end += _padded(array.nbytes)
    head = json.dumps(places).encode()
    with path.open("wb") as file:
        file.write(head.ljust(_padded(len(head) + 1) - 1) + b"\n")
        for array in columns.values():
            file.write(array.tobytes().ljust(_padded(array.nbytes), b"\0"))


def map_columns(path: Path, expected: Mapping[str, type[np.generic]]) -> dict[str, NDArray[Any]]:
    """What `write_columns` wrote; ValueError, OSError or KeyError if it is anything else.

    The arrays are views of the file; it may be deleted.
    """
    with path.open("rb") as file:
        head = file.readline(LONGEST_HEAD)
    places = json.loads(head)
    content = np.asarray(np.memmap(path, np.uint8, "r"))[len(head) :]
    return {
        name: _array(content, name, places[name], np.dtype(dtype))
        for name, dtype in expected.items()
    }


def _array(
    content: NDArray[np.uint8], name: str, place: Sequence[Any], dtype: np.dtype[Any]
) -> NDArray[Any]:
    written, start, count = place
    if np.dtype(written) != dtype:
        raise ValueError(f"{name} is {written}, not {dtype.str}")
    end = start + count * dtype.itemsize
    if not 0 <= start <= end <= len(content):
        raise ValueError(f"{name} ends beyond its file")
    return content[start:end].view(dtype)


def _padded(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED
