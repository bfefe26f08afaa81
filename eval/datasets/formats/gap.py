"""Pronouns between two names, and which of them each one means: GAP (Webster et al. 2018).

Tab-separated without quoting, plain or gzipped. Offsets are code points into the text of the row.
"""

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import Fault, stop
from index.documents import Span

_NAMES = ("A", "B")


@dataclass(frozen=True, slots=True)
class PronounOfTwo:
    """One pronoun of a paragraph, the name of the person it means, and the other name."""

    id: str
    text: str
    pronoun: Span
    right: str
    other: str


def read_gap(path: Path) -> list[PronounOfTwo]:
    """Rows in which the pronoun means one of the two names; the others are left out."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        rows = enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=2)
        return [found for line, row in rows for found in _meant(row, Fault(path, line, ""))]


def _meant(row: Mapping[str, str], at: Fault) -> Iterator[PronounOfTwo]:
    try:
        right = [name for name in _NAMES if row[f"{name}-coref"].upper() == "TRUE"]
        start, pronoun, text = int(row["Pronoun-offset"]), row["Pronoun"], row["Text"]
        names = {name: row[name] for name in _NAMES}
        span, id = Span(start, start + len(pronoun)), row["ID"]
    except (KeyError, ValueError) as error:
        stop(Fault(at.path, at.line, f"{error}; expected the columns of GAP"))
    if span.of(text) != pronoun:
        stop(Fault(at.path, at.line, f"{pronoun!r} is not at {start} of its text"))
    if len(right) == 1:
        other = _NAMES[1 - _NAMES.index(right[0])]
        yield PronounOfTwo(id, text, span, names[right[0]], names[other])
