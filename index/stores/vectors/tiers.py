"""Which segments to write again as one: by size, and where many of their rows are gone.

Segments of one size class become one as soon as there are `TOGETHER` (the tiers of Lucene and
Cassandra), so that a row is written again about log4(n) times and n rows are in at most
3 log4(n) segments.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

TOGETHER = 4
MOST_DEAD = 0.25
"""Share of removed rows above which a segment is written again: they are searched in vain."""


@dataclass(frozen=True, slots=True)
class SegmentSize:
    rows: int
    live: int
    """Rows whose passage was not removed."""


def merges(segments: Sequence[SegmentSize]) -> list[tuple[int, ...]]:
    """Groups of segments, by position, to be written as one each; of one without a live row, none.

    A group of a single segment is one with many removed rows.
    """
    groups: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for number, segment in enumerate(segments):
        if segment.live:
            groups[_tier(segment.live)].append((number,))
    tier = 0
    while tier <= max(groups, default=-1):
        if len(groups[tier]) >= TOGETHER:
            joined = tuple(sorted(sum(groups.pop(tier), ())))
            tier = _tier(sum(segments[number].live for number in joined))
            groups[tier].append(joined)
        else:
            tier += 1
    written = (group for each in groups.values() for group in each)
    return sorted(group for group in written if len(group) > 1 or _mostly_gone(segments[group[0]]))


def _tier(live: int) -> int:
    """0 for 1 to 3 rows, 1 for 4 to 15, and so on."""
    return (live.bit_length() - 1) // (TOGETHER.bit_length() - 1)


def _mostly_gone(segment: SegmentSize) -> bool:
    return segment.rows - segment.live > MOST_DEAD * segment.rows
