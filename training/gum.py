"""GUM: its documents, the entities of a sentence, and which documents are held out."""

import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

NAMES = {"person": "PER", "organization": "ORG", "place": "LOC"}
"""The kinds of entities that count as names."""
Row = list[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """An entity of one sentence, as rows."""

    cluster: str
    kind: str
    first: int
    last: int


def held_out(splits: Path) -> frozenset[str]:
    """The documents of all parts (dev, test, test2) but train."""
    names, part = set(), ""
    for line in splits.read_text().splitlines():
        part = line.removeprefix("## ").strip() if line.startswith("## ") else part
        name = re.match(r"\s*\* (\w+)", line)
        if name and part != "train":
            names.add(name[1])
    return frozenset(names)


def documents(archive: Path) -> Iterator[tuple[str, str]]:
    """Name and CoNLL-U text of each, in the order of the archive."""
    with tarfile.open(archive) as files:
        for member in files.getmembers():
            opened = files.extractfile(member)
            if opened is not None:
                yield Path(member.name).stem, opened.read().decode()


def rows_of(sentence: str) -> list[Row]:
    """Its lines in columns; a word written as one but analysed as two has a row for each."""
    return [line.split("\t") for line in sentence.splitlines() if line and line[0] != "#"]


def marks(rows: Sequence[Row]) -> Iterator[Mark]:
    """The entities of one sentence, as they close."""
    waiting: dict[str, list[tuple[str, int]]] = {}
    for at, row in enumerate(rows):
        notes = [note for note in row[9].split("|") if note.startswith("Entity=")]
        for bracket in re.findall(r"\([^()]*\)?|[^()]+\)?", notes[0][7:] if notes else ""):
            cluster, *rest = bracket.strip("()").split("-")
            if bracket.startswith("("):
                waiting.setdefault(cluster, []).append((rest[0], at))
            if bracket.endswith(")") and waiting.get(cluster):
                kind, first = waiting[cluster].pop()
                yield Mark(cluster, kind, first, at)


def head(rows: Sequence[Row], first: int, last: int) -> int:
    """The row between these whose own head is outside."""
    inside = {rows[at][0] for at in range(first, last + 1)}
    outward = [at for at in range(first, last + 1) if rows[at][6] not in inside]
    return outward[0] if outward else last
