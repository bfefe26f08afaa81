"""Two texts of one article: what changed, and where a part of one stands in the other.

Sentences are compared first, and words only within those that differ: so a long text takes no
longer than its changes do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from itertools import accumulate

from index.documents import Span

_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+|[^.!?\n]+")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
MOST_WORDS = 4_000
"""Of a part that differs: a longer one is told as one change."""


Places = tuple[int, int, int, int]
"""Start and end in the earlier text and in the later one; a range may be empty."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A part of the earlier text and what stands for it in the later one; either may be empty."""

    start: int
    end: int
    removed: str
    """`earlier[start:end]`, in code points."""
    later_start: int
    later_end: int
    added: str
    """`later[later_start:later_end]`."""


def differences(earlier: str, later: str) -> list[TextChange]:
    """In the order of the texts; none if they are equal."""
    found: list[TextChange] = []
    for place in _differing(_cut(_SENTENCE, earlier), _cut(_SENTENCE, later)):
        found += _by_words(earlier, later, place)
    return found


def unified(earlier: str, later: str, names: tuple[str, str]) -> str:
    """By paragraphs, as `diff -u` writes it; "" if they are equal."""
    return "".join(unified_diff(_lines(earlier), _lines(later), *names))


class Alignment:
    """Where the sentences of one text stand in another, or what stands for them."""

    def __init__(self, text: str, other: str) -> None:
        self._starts = _starts(_cut(_SENTENCE, text))
        other_sentences = _cut(_SENTENCE, other)
        self._other_starts = _starts(other_sentences)
        self._length = len(other_sentences)
        matcher = SequenceMatcher(None, _cut(_SENTENCE, text), other_sentences)
        self._blocks = matcher.get_opcodes()

    def span(self, span: Span) -> Span | None:
        """The sentences that stand for those of the span; None if the other text is empty.

        Where nothing stands for them, the sentence before the place.
        """
        first, last = self._sentence(span.start), self._sentence(span.end - 1) + 1
        parts = [part for block in self._blocks if (part := _within(block, first, last))]
        start = min((start for start, _ in parts), default=0)
        end = max((end for _, end in parts), default=0)
        if start == end:
            start, end = max(0, start - 1), max(1, start)
        if not self._length:
            return None
        return Span(self._other_starts[start], self._other_starts[min(end, self._length)])

    def _sentence(self, at: int) -> int:
        """The number of the sentence that has this place."""
        low, high = 0, len(self._starts) - 2
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._starts[middle] <= at else (low, middle - 1)
        return low


def _within(block: tuple[str, int, int, int, int], first: int, last: int) -> tuple[int, int] | None:
    """The part of a block of sentences that stands for these."""
    tag, start, end, other_start, other_end = block
    if end <= first or start >= last:
        return None
    if tag != "equal":
        return other_start, other_end
    return other_start + max(first, start) - start, other_start + min(last, end) - start


def _by_words(earlier: str, later: str, place: Places) -> Iterator[TextChange]:
    start, end, later_start, later_end = place
    words = _cut(_WORD, earlier[start:end]), _cut(_WORD, later[later_start:later_end])
    if max(map(len, words)) > MOST_WORDS:
        yield _difference(earlier, later, place)
        return
    for i1, i2, j1, j2 in _differing(*words):
        inner = start + i1, start + i2, later_start + j1, later_start + j2
        yield _difference(earlier, later, inner)


def _difference(earlier: str, later: str, place: Places) -> TextChange:
    start, end, later_start, later_end = place
    return TextChange(
        start, end, earlier[start:end], later_start, later_end, later[later_start:later_end]
    )


def _differing(earlier: Sequence[str], later: Sequence[str]) -> Iterator[Places]:
    """The ranges of code points in which these pieces differ."""
    starts, later_starts = _starts(earlier), _starts(later)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, earlier, later).get_opcodes():
        if tag != "equal":
            yield starts[i1], starts[i2], later_starts[j1], later_starts[j2]


def _lines(text: str) -> list[str]:
    """Each with its end, the last one too."""
    return [f"{line}\n" for line in text.split("\n")]


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    """The whole text in pieces."""
    return pattern.findall(text)


def _starts(pieces: Sequence[str]) -> list[int]:
    """Where each begins, and where the last ends."""
    return list(accumulate(map(len, pieces), initial=0))
