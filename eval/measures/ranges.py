"""Ranges of article text, and how much of them is shared. Offsets are half-open code points."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from eval.datasets.questions import Gold


class Range(Protocol):
    """A half-open range of one article: gold, a passage, a sentence or a citation."""

    @property
    def article(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def overlap(one: Range, other: Range) -> int:
    """Characters in both."""
    if one.article != other.article:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def inside(inner: Range, outer: Range) -> bool:
    """Whether the whole of `inner` is in `outer`."""
    return inner.article == outer.article and outer.start <= inner.start and inner.end <= outer.end


def agree(one: Range, other: Range) -> bool:
    """Whether more than half of the shorter lies in the longer.

    Of the shorter, because evidence may be a clause of a sentence, or several sentences.
    """
    return 2 * overlap(one, other) > min(one.end - one.start, other.end - other.start)


def merged(ranges: Iterable[Range]) -> list[Gold]:
    """The same characters as disjoint ranges, ascending: none is counted twice."""
    joined: list[Gold] = []
    for each in sorted(Gold(r.article, r.start, r.end) for r in ranges):
        last = joined[-1] if joined else None
        if last and last.article == each.article and each.start <= last.end:
            joined[-1] = Gold(last.article, last.start, max(last.end, each.end))
        else:
            joined.append(each)
    return joined


def length(disjoint: Sequence[Range]) -> int:
    return sum(each.end - each.start for each in disjoint)


def shared(disjoint: Sequence[Range], others: Sequence[Range]) -> int:
    """Characters in both of two disjoint sets of ranges."""
    return sum(overlap(one, other) for one in disjoint for other in others)
