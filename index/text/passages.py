"""Packs whole sentences into passages that fit a budget. Boilerplate is only a range to avoid.

A passage may cross paragraphs, never boilerplate. `size` measures slices of the text itself, so a
later count of the passage gives the same size.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.documents import Boilerplate, Span, unmarked
from index.text.layout import TextLayout

_CLAUSE = re.compile(r"\S.*?(?:[,;:)—–](?=\s)|\Z)", re.DOTALL)
_WORD = re.compile(r"\S+")


def split(
    text: str,
    boilerplate: Sequence[Boilerplate],
    *,
    size: Callable[[str], int],
    budget: int,
    overlap: int,
) -> list[Span]:
    """Trimmed passages of at most `budget`, starts ascending, of everything but boilerplate.

    A passage begins with the last whole sentences of the one before it, up to size `overlap`.
    A last passage smaller than `overlap` goes back one sentence further if that fits. A sentence
    over budget is cut after clauses, else between words, else inside a word; a single character is
    the smallest piece, whatever its size.
    """
    layout = TextLayout(text)
    packer = _Packer(text, size, budget, overlap, bare=size(""))
    return [
        passage
        for run in unmarked(text, boilerplate)
        for passage in packer.pack(layout.sentences_in(run))
    ]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is packed: a sentence, or a piece of one that is over budget (`whole` is False).

    `cost` is what it adds with the gap before it, so costs add up to the size of a slice, or
    nearly: a slice is counted once more before it becomes a passage.
    """

    start: int
    end: int
    cost: int
    whole: bool


@dataclass(frozen=True, slots=True)
class _Packer:
    text: str
    size: Callable[[str], int]
    budget: int
    overlap: int
    bare: int
    """The size of an empty text, such as an encoder's two marks."""

    def pack(self, run: Sequence[Span]) -> Iterator[Span]:
        """Passages over sentences with nothing but white space between them."""
        units = list(self._units(run))
        first, done, lowest = 0, 0, 0
        while done < len(units):
            after = self._furthest(units, first)
            if after <= done:  # the overlap leaves no room for anything new
                first, after = done, self._furthest(units, done)
            if lowest < first == done and after == len(units):
                first = self._enlarged(units, first)
            yield Span(units[first].start, units[after - 1].end)
            first, done, lowest = self._resumed(units, first, after), after, first + 1

    def _units(self, run: Sequence[Span]) -> Iterator[_Unit]:
        previous = run[0].start if run else 0
        for sentence in run:
            cost = self._cost(previous, sentence)
            if self.bare + cost <= self.budget or self._fits(sentence.start, sentence.end):
                yield _Unit(sentence.start, sentence.end, cost, whole=True)
            else:
                yield from self._cut(sentence, previous)
            previous = sentence.end

    def _cut(self, sentence: Span, previous: int) -> Iterator[_Unit]:
        for piece in self._pieces(sentence):
            yield _Unit(piece.start, piece.end, self._cost(previous, piece), whole=False)
            previous = piece.end

    def _furthest(self, units: Sequence[_Unit], first: int) -> int:
        """The end of the longest run of units from `first` that fits, at least one."""
        after, total = first + 1, self.bare + units[first].cost
        while after < len(units) and total + units[after].cost <= self.budget:
            total += units[after].cost
            after += 1
        while after > first + 1 and self._size(units, first, after) > self.budget:
            after -= 1
        return after

    def _resumed(self, units: Sequence[_Unit], first: int, after: int) -> int:
        """Where the next passage begins: after `first`, within the overlap, leaving room."""
        if after == len(units):
            return after
        start, room = after, min(self.overlap, self.budget - self.bare - units[after].cost)
        while start - 1 > first and units[start - 1].whole and units[start - 1].cost <= room:
            start -= 1
            room -= units[start].cost
        return start

    def _enlarged(self, units: Sequence[_Unit], first: int) -> int:
        """`first`, or for a tiny last passage the sentence before it, if that fits."""
        tiny = self._size(units, first, len(units)) < self.overlap
        fits = tiny and self._size(units, first - 1, len(units)) <= self.budget
        return first - 1 if fits and units[first - 1].whole else first

    def _cost(self, previous: int, span: Span) -> int:
        return self.size(self.text[previous : span.end]) - self.bare

    def _size(self, units: Sequence[_Unit], first: int, after: int) -> int:
        return self.size(self.text[units[first].start : units[after - 1].end])

    def _fits(self, start: int, end: int) -> bool:
        return self.size(self.text[start:end]) <= self.budget

    def _pieces(self, span: Span) -> Iterator[Span]:
        """A span over budget in parts that fit, each as large as possible."""
        for part in _parts(self.text, span):
            if self._fits(part.start, part.end) or part.end - part.start == 1:
                yield part
            else:
                yield from self._pieces(part)


def _parts(text: str, span: Span) -> list[Span]:
    """Two or more: the clauses of the span, else its words, else its halves."""
    for pattern in (_CLAUSE, _WORD):
        parts = [Span(*match.span()) for match in pattern.finditer(text, span.start, span.end)]
        if len(parts) > 1:
            return parts
    middle = (span.start + span.end) // 2
    return [Span(span.start, middle), Span(middle, span.end)]
