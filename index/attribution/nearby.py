"""Which attributions are near a place in the text, without looking at all. Reads no text."""

from bisect import bisect_left
from collections.abc import Sequence

from index.attribution.annotations import Attribution
from index.documents import Span

STRETCH = 4_096


class Nearby:
    """Finds attributions with a span in the same stretch of text: others cannot overlap."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._held: dict[int, list[int]] = {}
        for at, each in enumerate(attributions):
            for stretch in self._stretches(each):
                self._held.setdefault(stretch, []).append(at)

    def of(self, attribution: Attribution) -> list[int]:
        stretches = self._stretches(attribution)
        return sorted({at for stretch in stretches for at in self._held.get(stretch, ())})

    def _stretches(self, attribution: Attribution) -> set[int]:
        spans = (*attribution.cue, *attribution.content)
        return {
            at for span in spans for at in range(span.start // STRETCH, span.end // STRETCH + 1)
        }


class PartsInOrder:
    """The sources, cues and contents of all attributions by where they start."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        parts = [
            (span.start, at)
            for at, each in enumerate(attributions)
            for span in (*each.source, *each.cue, *each.content)
        ]
        self._attributions = attributions
        self._in_order = sorted(parts)

    def starting_in(self, span: Span) -> list[tuple[int, Attribution]]:
        """The start of each part from the span's first to its last character, and its owner."""
        first = bisect_left(self._in_order, (span.start, 0))
        behind = bisect_left(self._in_order, (span.end, 0))
        return [(start, self._attributions[at]) for start, at in self._in_order[first:behind]]
