"""Text as the tagger reads it: word-pieces in windows of whole paragraphs, and what case would say.

The encoder is uncased, so every piece carries the shape of its word, whether it stands in quotation
marks, and whether it starts a paragraph. Knows no model; training and reading share this module.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.neural.word_pieces import CLS, SEP

PIECES = 256
"""Of a window, [CLS] and [SEP] included: what the encoder was trained on."""
ROOM = PIECES - 2
CONTEXT = 64
"""A last paragraph of at most so many pieces is read again at the start of the next window."""
CHARACTERS = 50_000
"""Read by the tokenizer at once, whole lines: it would keep a hundred bytes a character."""

_SURROGATE = re.compile("[\ud800-\udfff]")  # the tokenizer raises on them
_LINE = re.compile(r"[^\n]+")
_MARK = re.compile("[“”«»„\"]|``|''")
_OPENING, _CLOSING = frozenset(("“", "«", "„", "``")), frozenset(("”", "»"))


class Shape(IntEnum):
    """Of a word as written; SPECIAL is no word."""

    SPECIAL = 0
    LOWER = 1
    CAPITAL = 2
    UPPER = 3
    INITIAL = 4
    DIGITS = 5
    MIXED = 6
    MARK = 7


class QuotePosition(IntEnum):
    """Where a piece stands: outside quotation marks, inside, or a mark itself."""

    OUTSIDE = 0
    INSIDE = 1
    MARK = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Aligned rows, one a piece, [CLS] first and [SEP] last; all of shape (n,), spans (n, 2)."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    quoting: NDArray[np.int64]
    starting: NDArray[np.int64]
    """1 for the first word of a paragraph."""
    heads: NDArray[np.bool_]
    """The first piece of each word; labels stand there."""
    spans: NDArray[np.int64]
    """Code points into the text; of no width for [CLS] and [SEP]."""
    owned: NDArray[np.bool_]
    """False for context: its cues are read in the window before or after."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The same rows for a run of text, without [CLS] and [SEP]."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    quoting: NDArray[np.int64]
    starting: NDArray[np.int64]
    heads: NDArray[np.bool_]
    spans: NDArray[np.int64]


def windows(text: str, tokenizer: Tokenizer) -> Iterator[Window]:
    """All of the text, in order; a paragraph longer than a window is cut between words."""
    held: list[_Pieces] = []
    read_before = False
    for part in _parts(text, tokenizer, ROOM):
        if held and sum(map(_size, held)) + _size(part) > ROOM:
            repeated = _fits_again(held[-1], part) and (len(held) > 1 or not read_before)
            leads = repeated and _leads(text, held[-1])
            yield _window(held, first_owned=not read_before, last_owned=not leads)
            held, read_before = ([held[-1]], not leads) if repeated else ([], False)
        held.append(part)
    if held:
        yield _window(held, first_owned=not read_before, last_owned=True)


def _parts(text: str, tokenizer: Tokenizer, room: int) -> Iterator[_Pieces]:
    """Paragraphs; those longer than the room in several parts."""
    for match in _LINE.finditer(text):
        for start in range(match.start(), match.end(), CHARACTERS):
            line = _SURROGATE.sub("\ufffd", text[start : min(start + CHARACTERS, match.end())])
            pieces = _pieces(line, tokenizer, start)
            for first, last in _cuts(pieces.heads, room):
                yield _slice(pieces, first, last)


def _cuts(heads: NDArray[np.bool_], room: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most `room` pieces that end between words, where a word leaves the choice."""
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
    """Every piece has the shape of its whole word."""
    shapes = np.zeros(len(heads), np.int64)
    for first, last in pairwise([*np.flatnonzero(heads).tolist(), len(heads)]):
        shapes[first:last] = shape(line[spans[first, 0] : spans[last - 1, 1]])
    return shapes


def shape(word: str) -> Shape:
    """Of a word that is not empty."""
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
    """No paragraph hands its open quotation mark to the next: one left out costs no more."""
    state = np.full(len(line) + 1, QuotePosition.OUTSIDE, np.int64)
    inside = False
    for mark in _MARK.finditer(line):
        inside = mark.group() in _OPENING or (mark.group() not in _CLOSING and not inside)
        state[mark.end() :] = QuotePosition.INSIDE if inside else QuotePosition.OUTSIDE
        state[mark.start() : mark.end()] = QuotePosition.MARK
    return state[spans[:, 0]]


def _window(held: Sequence[_Pieces], *, first_owned: bool, last_owned: bool) -> Window:
    owned = [np.ones(_size(part), np.bool_) for part in held]
    owned[0][:] = first_owned
    owned[-1][:] &= last_owned
    start, end = held[0].spans[0, 0], held[-1].spans[-1, 1]
    return Window(
        ids=_between(CLS, [part.ids for part in held], SEP),
        shapes=_between(0, [part.shapes for part in held], 0),
        quoting=_between(0, [part.quoting for part in held], 0),
        starting=_between(0, [part.starting for part in held], 0),
        heads=np.concatenate([[False], *(part.heads for part in held), [False]]),
        spans=np.concatenate([[[start, start]], *(part.spans for part in held), [[end, end]]]),
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
    """Whether what it announces stands in the next paragraph."""
    return text[part.spans[-1, 0] : part.spans[-1, 1]] == ":"


def _size(part: _Pieces) -> int:
    return len(part.ids)
