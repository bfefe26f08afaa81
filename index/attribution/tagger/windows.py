"""Text in, windows of word-pieces out: what the tagger reads, in whole paragraphs.

The encoder is uncased, so every piece carries the shape of its word, whether it is in quotation
marks, and whether it starts a paragraph. Training and tagging share this module. Knows no weights.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.neural.word_pieces import CLS, SEP

PIECES = 256
"""Of a window, including [CLS] and [SEP]: the length that the encoder was trained on."""
ROOM = PIECES - 2
CONTEXT = 64
"""The most pieces of a last paragraph that is repeated at the start of the next window."""
CHARACTERS = 50_000
"""The most that the tokenizer reads at once: it needs a hundred bytes for each character."""

_SURROGATE = re.compile("[\ud800-\udfff]")  # the tokenizer raises on them
_LINE = re.compile(r"[^\n]+")
_MARK = re.compile("[“”«»„\"]|``|''")
_OPENING, _CLOSING = frozenset(("“", "«", "„", "``")), frozenset(("”", "»"))


class Shape(IntEnum):
    """The letter case of a word; SPECIAL is for pieces that are no words."""

    SPECIAL = 0
    LOWER = 1
    CAPITAL = 2
    UPPER = 3
    INITIAL = 4
    DIGITS = 5
    MIXED = 6
    MARK = 7


class QuotePosition(IntEnum):
    """Of a piece: outside or inside quotation marks, or a mark itself."""

    OUTSIDE = 0
    INSIDE = 1
    MARK = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Aligned arrays of the pieces, from [CLS] to [SEP]; of shape (n,), but spans (n, 2)."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    quoting: NDArray[np.int64]
    starting: NDArray[np.int64]
    """1 for the first word of a paragraph."""
    heads: NDArray[np.bool_]
    """True for the first piece of each word, which has the label."""
    spans: NDArray[np.int64]
    """Code points into the text; empty for [CLS] and [SEP]."""
    owned: NDArray[np.bool_]
    """False for context, whose cues are found in the window before or after."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The same arrays for a part of the text, without [CLS] and [SEP]."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    quoting: NDArray[np.int64]
    starting: NDArray[np.int64]
    heads: NDArray[np.bool_]
    spans: NDArray[np.int64]


def windows(text: str, tokenizer: Tokenizer) -> Iterator[Window]:
    """Together they cover the text in order; a longer paragraph is cut between words."""
    parts: list[_Pieces] = []
    read_before = False
    for part in _parts(text, tokenizer, ROOM):
        if parts and sum(map(_size, parts)) + _size(part) > ROOM:
            repeated = _fits_again(parts[-1], part) and (len(parts) > 1 or not read_before)
            leads = repeated and _leads(text, parts[-1])
            yield _window(parts, first_owned=not read_before, last_owned=not leads)
            parts, read_before = ([parts[-1]], not leads) if repeated else ([], False)
        parts.append(part)
    if parts:
        yield _window(parts, first_owned=not read_before, last_owned=True)


def _parts(text: str, tokenizer: Tokenizer, room: int) -> Iterator[_Pieces]:
    """Paragraphs; a paragraph with more pieces than `room` in several parts."""
    for match in _LINE.finditer(text):
        for start in range(match.start(), match.end(), CHARACTERS):
            line = _SURROGATE.sub("\ufffd", text[start : min(start + CHARACTERS, match.end())])
            pieces = _pieces(line, tokenizer, start)
            for first, last in _cuts(pieces.heads, room):
                yield _slice(pieces, first, last)


def _cuts(heads: NDArray[np.bool_], room: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most `room` pieces that end between words, unless one word is longer."""
    first = 0
    while first < len(heads):
        last = min(first + room, len(heads))
        if last < len(heads):
            between = np.flatnonzero(heads[first + 1 : last + 1])
            last = first + 1 + int(between[-1]) if len(between) else last
        yield first, last
        first = last


def _pieces(line: str, tokenizer: Tokenizer, offset: int) -> _Pieces:
    encoded = tokenizer.encode(line, add_special_tokens=False)
    heads = _heads(encoded)
    spans = np.array(encoded.offsets, np.int64).reshape(-1, 2)
    starting = np.zeros(len(heads), np.int64)
    starting[:1] = 1
    return _Pieces(
        ids=np.array(encoded.ids, np.int64),
        shapes=_shapes(line, spans, heads),
        quoting=_quoting(line, spans),
        starting=starting,
        heads=heads,
        spans=spans + offset,
    )


def _heads(encoded: Encoding) -> NDArray[np.bool_]:
    words = np.array([-1 if word is None else word for word in encoded.word_ids], np.int64)
    heads: NDArray[np.bool_] = np.diff(words, prepend=-2) != 0
    return heads


def _shapes(line: str, spans: NDArray[np.int64], heads: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Each piece has the shape of its whole word."""
    shapes = np.zeros(len(heads), np.int64)
    for first, last in pairwise([*np.flatnonzero(heads).tolist(), len(heads)]):
        shapes[first:last] = shape(line[spans[first, 0] : spans[last - 1, 1]])
    return shapes


@lru_cache(maxsize=1 << 15)
def shape(word: str) -> Shape:
    """`word` must not be empty."""
    if any(map(str.isdigit, word)):
        return Shape.DIGITS
    if not word[:1].isalnum():
        return Shape.MARK
    if word.islower() or word.upper() == word.lower():
        return Shape.LOWER
    if word.isupper():
        return Shape.INITIAL if len(word) == 1 else Shape.UPPER
    return Shape.CAPITAL if word.istitle() else Shape.MIXED


def _quoting(line: str, spans: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every paragraph starts outside: a missing mark affects only its own paragraph."""
    state = np.full(len(line) + 1, QuotePosition.OUTSIDE, np.int64)
    inside = False
    for mark in _MARK.finditer(line):
        inside = mark.group() in _OPENING or (mark.group() not in _CLOSING and not inside)
        state[mark.end() :] = QuotePosition.INSIDE if inside else QuotePosition.OUTSIDE
        state[mark.start() : mark.end()] = QuotePosition.MARK
    return state[spans[:, 0]]


def _window(parts: Sequence[_Pieces], *, first_owned: bool, last_owned: bool) -> Window:
    owned = [np.ones(_size(part), np.bool_) for part in parts]
    owned[0][:] = first_owned
    owned[-1][:] &= last_owned
    start, end = parts[0].spans[0, 0], parts[-1].spans[-1, 1]
    return Window(
        ids=_between(CLS, [part.ids for part in parts], SEP),
        shapes=_between(0, [part.shapes for part in parts], 0),
        quoting=_between(0, [part.quoting for part in parts], 0),
        starting=_between(0, [part.starting for part in parts], 0),
        heads=np.concatenate([[False], *(part.heads for part in parts), [False]]),
        spans=np.concatenate([[[start, start]], *(part.spans for part in parts), [[end, end]]]),
        owned=np.concatenate([[False], *owned, [False]]),
    )


def _between(first: int, parts: Sequence[NDArray[np.int64]], last: int) -> NDArray[np.int64]:
    return np.concatenate([[first], *parts, [last]])


def _slice(pieces: _Pieces, first: int, last: int) -> _Pieces:
    return _Pieces(
        ids=pieces.ids[first:last],
        shapes=pieces.shapes[first:last],
        quoting=pieces.quoting[first:last],
        starting=pieces.starting[first:last],
        heads=pieces.heads[first:last],
        spans=pieces.spans[first:last],
    )


def _fits_again(last: _Pieces, following: _Pieces) -> bool:
    return _size(last) <= CONTEXT and _size(last) + _size(following) <= ROOM


def _leads(text: str, part: _Pieces) -> bool:
    """Whether it ends with a colon, so that the next paragraph is its content."""
    return text[part.spans[-1, 0] : part.spans[-1, 1]] == ":"


def _size(part: _Pieces) -> int:
    return len(part.ids)
