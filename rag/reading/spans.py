"""Word-pieces into the reader and out of it: packed sequences, and their scores as answer spans.

The odds are against "no answer in this passage", so they compare across passages: the answer to a
question is one of all spans of all passages, or none (Clark and Gardner 2018, shared
normalisation).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from index.documents import Span
from index.neural.word_pieces import CLS, SEP

Pieces = Sequence[int] | NDArray[np.integer[Any]]
LONGEST_QUESTION = 64
LONGEST_TITLE = 32
LONGEST = 40
"""Word-pieces of an answer."""
UNSEEN = -50.0
"""Log odds of a sentence none of whose word-pieces was read."""
_MARKS = "".join(c for c in map(chr, range(0x300, 0x3100)) if category(c).startswith("M"))
"""Combining marks, such as accents and vowel signs, which belong to the word before them."""
_LETTERS = rf"[\w{_MARKS}]+"
_WORD = re.compile(rf"[$£€¥#@]?{_LETTERS}(?:(?:['’./-]|(?<=\d)[,:](?=\d)){_LETTERS})*[%°]?")
_EDGES = " \t\n,;:.!?\"'“”‘’«»()[]-–—"
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ('"', '"'))


@dataclass(frozen=True, slots=True)
class Packed:
    """`[CLS] question [SEP] title [SEP] passage [SEP]`; the passage begins at `start`."""

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    """0 for question and title, 1 for the passage."""
    start: int
    size: int
    """Word-pieces of the passage."""

    def __len__(self) -> int:
        return len(self.ids)


def pack(question: Pieces, passage: Pieces, title: Pieces = ()) -> Packed:
    """Cuts long questions and titles, never the passage.

    Half of the reader's training passages had a title; questions are asked without.
    """
    head = [CLS, *question[:LONGEST_QUESTION], SEP]
    if len(title):
        head += [*title[:LONGEST_TITLE], SEP]
    ids = np.array([*head, *passage, SEP], np.int64)
    kinds = np.zeros(len(ids), np.int64)
    kinds[len(head) :] = 1
    return Packed(ids, kinds, len(head), len(passage))


@dataclass(frozen=True, slots=True)
class SpanPrediction:
    """The reader's result for one sentence."""

    answer: Span
    """The likeliest answer, in whole words of the article."""
    odds: float
    """Natural logarithm of the odds that an answer is in this sentence."""


@dataclass(frozen=True, slots=True)
class PieceScores:
    """Scores of consecutive word-pieces, less the scores of "no answer"."""

    offsets: NDArray[np.int64]
    """(n, 2): code points of the article."""
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]


def best_span(scored: PieceScores, sentence: Span) -> tuple[Span, float] | None:
    """The likeliest span within the sentence, and the summed log odds of all its spans."""
    inside = (scored.offsets[:, 0] >= sentence.start) & (scored.offsets[:, 1] <= sentence.end)
    rows = np.flatnonzero(inside)
    if not len(rows):
        return None
    grid = scored.starts[rows][:, None] + scored.ends[rows][None, :]
    place = np.arange(len(rows))
    length = place[None, :] - place[:, None]
    grid[(length < 0) | (length >= LONGEST)] = -np.inf
    first, last = np.unravel_index(int(grid.argmax()), grid.shape)
    top = grid[first, last]
    odds = float(top + np.log(np.exp(grid - top).sum()))
    places = scored.offsets[rows]
    return Span(int(places[first, 0]), int(places[last, 1])), odds


def snapped(text: str, sentence: Span, found: Span) -> Span:
    """The span widened to whole words of the sentence, without punctuation at its ends."""
    words = [
        Span(sentence.start + match.start(), sentence.start + match.end())
        for match in _WORD.finditer(sentence.of(text))
    ]
    touched = [word for word in words if word.touches(found)]
    if touched:
        found = Span(min(found.start, touched[0].start), max(found.end, touched[-1].end))
    return _trimmed(text, found)


def _trimmed(text: str, found: Span) -> Span:
    start, end = found.start, found.end
    while start < end and text[start] in _EDGES and not _opens(text[start:end]):
        start += 1
    while end > start and text[end - 1] in _EDGES and not _closes(text[start:end]):
        end -= 1
    return Span(start, end) if start < end else found


def _opens(text: str) -> bool:
    """Whether it begins with an opening mark whose closing mark is inside."""
    return any(text.startswith(one) and other in text[1:] for one, other in _PAIRS)


def _closes(text: str) -> bool:
    return any(text.endswith(other) and one in text[:-1] for one, other in _PAIRS)
