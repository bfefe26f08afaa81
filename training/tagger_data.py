"""Annotated articles as labelled windows: PolNeAR for attributions, GUM and WikiGold for names."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.attribution.tagger.tagger import NAMES
from index.attribution.tagger.windows import Window, windows
from training.gum import NAMES as GUM_NAMES
from training.gum import documents, head, marks, rows_of

IGNORED = -100
NAME_LABELS = ("O", *(f"{edge}-{name}" for name in NAMES for edge in "BI"))
CUE_LABELS = ("O", "B", "I")
ROLE_LABELS = ("O", "B-source", "I-source", "B-content", "I-content")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """The attributions of a window: `cues[i]` marks the pieces of the cue of `roles[i]`."""

    window: Window
    cue_tags: NDArray[np.int64]
    """Shape (n,)."""
    cues: NDArray[np.bool_]
    """Shape (attributions, n)."""
    roles: NDArray[np.int64]
    """Shape (attributions, n)."""


@dataclass(frozen=True, slots=True)
class Named:
    """The names of a window; IGNORED where the annotation is unknown."""

    window: Window
    tags: NDArray[np.int64]


def polnear(path: Path, tokenizer: Tokenizer) -> Iterator[Marked]:
    with gzip.open(path, "rt") as lines:
        for line in lines:
            record = json.loads(line)
            marks = [each for each in record["attributions"] if each["cue"]]
            for window in windows(record["text"], tokenizer):
                yield _marked(window, marks)


def _marked(window: Window, marks: Sequence[dict[str, list[Range]]]) -> Marked:
    """Cues that are completely in the window, with the parts of source and content in it."""
    whole = [mark for mark in marks if _inside(window, mark["cue"])]
    tags = np.zeros(len(window), np.int64)
    cues = np.zeros((len(whole), len(window)), np.bool_)
    roles = np.zeros((len(whole), len(window)), np.int64)
    for row, mark in enumerate(whole):
        _tag(window, tags, mark["cue"], 1)
        cues[row] = _covered(window, mark["cue"])
        _tag(window, roles[row], mark["content"], 3)
        _tag(window, roles[row], mark["source"], 1)
    tags[~window.heads] = IGNORED
    roles[:, ~window.heads] = IGNORED
    return Marked(window, tags, cues, roles)


def wikigold(path: Path, tokenizer: Tokenizer) -> Iterator[Named]:
    for block in path.read_text().split("-DOCSTART- O"):
        text, names = _joined([line.split() for line in block.splitlines()])
        yield from _named(text, tokenizer, names)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, list[tuple[str, Range]]]:
    """Words separated by spaces, sentences by newlines."""
    text, names, last = "", [], "O"
    for row in rows:
        if not row:
            text, last = f"{text.rstrip()}\n", "O"
            continue
        word, label = row[0], row[-1]
        kind = label.partition("-")[2]
        if label != "O" and label == last and names:
            names[-1] = (kind, (names[-1][1][0], len(text) + len(word)))
        elif label != "O":
            names.append((kind, (len(text), len(text) + len(word))))
        text, last = f"{text}{word} ", label
    return text, names


def gum(archive: Path, tokenizer: Tokenizer, *, held_out: frozenset[str]) -> Iterator[Named]:
    """Proper nouns inside a person, an organisation or a place; other proper nouns are ignored."""
    for name, document in documents(archive):
        if name not in held_out:
            text, names, unknown = _conllu(document)
            yield from _named(text, tokenizer, names, unknown)


def _named(
    text: str,
    tokenizer: Tokenizer,
    names: Sequence[tuple[str, Range]],
    unknown: Sequence[Range] = (),
) -> Iterator[Named]:
    for window in windows(text, tokenizer):
        tags = np.zeros(len(window), np.int64)
        _tag(window, tags, unknown, IGNORED, IGNORED)
        for kind, span in names:
            _tag(window, tags, [span], 1 + 2 * NAMES.index(kind))
        tags[~window.heads] = IGNORED
        yield Named(window, tags)


def _conllu(document: str) -> tuple[str, list[tuple[str, Range]], list[Range]]:
    text, names, unknown = "", [], []
    for sentence in document.split("\n\n"):
        rows = [row for row in rows_of(sentence) if row[0].isdigit()]
        if "# newpar" in sentence:
            text = f"{text.rstrip()}\n"
        spans = []
        for row in rows:
            spans.append((len(text), len(text) + len(row[1])))
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
        proper = [row[3] == "PROPN" for row in rows]
        named = np.zeros(len(rows), np.bool_)
        for mark in sorted(marks(rows), key=lambda each: each.last - each.first):
            start = end = head(rows, mark.first, mark.last)
            if mark.kind not in GUM_NAMES or not proper[start] or named[start]:
                continue
            while start > mark.first and proper[start - 1]:
                start -= 1
            while end < mark.last and proper[end + 1]:
                end += 1
            named[start : end + 1] = True
            names.append((GUM_NAMES[mark.kind], (spans[start][0], spans[end][1])))
        unknown += [spans[at] for at in range(len(rows)) if proper[at] and not named[at]]
    return text, names, unknown


def _inside(window: Window, spans: Sequence[Range]) -> bool:
    start, end = window.spans[0, 0], window.spans[-1, 1]
    return all(start <= span[0] and span[1] <= end for span in spans)


def _covered(window: Window, spans: Sequence[Range]) -> NDArray[np.bool_]:
    inside = np.zeros(len(window), np.bool_)
    for start, end in spans:
        inside |= (window.spans[:, 0] >= start) & (window.spans[:, 0] < end)
    return inside & (window.spans[:, 1] > window.spans[:, 0])


def _tag(
    window: Window,
    tags: NDArray[np.int64],
    spans: Sequence[Range],
    begin: int,
    inside: int | None = None,
) -> None:
    for span in spans:
        covered = np.flatnonzero(_covered(window, [span]) & window.heads)
        tags[covered] = begin + 1 if inside is None else inside
        tags[covered[:1]] = begin
