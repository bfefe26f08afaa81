"""Documents with annotated pronouns: GUM's coreference and GAP."""

import csv
import gzip
import io
import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.attribution.annotations import Mention
from index.attribution.entities.mentions import find_mentions
from index.documents import Span
from index.language.names import PERSON_TITLES
from training.tagger_data import GUM_NAMES, _brackets, _head

Row = list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One text; `clusters` contains the heads of all mentions of each person."""

    id: str
    text: str
    named: tuple[Mention, ...]
    clusters: Mapping[str, tuple[Span, ...]]
    pronouns: Mapping[Span, str]
    """The cluster of each he, she, him, her, his that is annotated."""
    names: Mapping[str, str]
    """The given name of each cluster that has a given name and annotated pronouns."""
    genders: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Mark:
    """An entity of one sentence, as rows."""

    cluster: str
    kind: str
    first: int
    last: int


PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip


def gum_splits(path: Path) -> dict[str, str]:
    """The part of each document: train, dev, test or test2."""
    splits, part = {}, ""
    for line in path.read_text().splitlines():
        part = line.removeprefix("## ").strip() if line.startswith("## ") else part
        name = re.match(r"\s*\* (\w+)", line)
        if name:
            splits[name[1]] = part
    return splits


def gum(archive: Path, *, gold_names: bool) -> Iterator[Document]:
    with tarfile.open(archive) as files:
        for member in sorted(files.getmembers(), key=lambda each: each.name):
            opened = files.extractfile(member)
            if opened is not None:
                yield _gum(Path(member.name).stem, opened.read().decode(), gold_names=gold_names)


def _gum(name: str, written: str, *, gold_names: bool) -> Document:
    marks = _Marks()
    for sentence in written.split("\n\n"):
        marks.add(sentence)
    named = _disjoint(marks.names) if gold_names else tuple(find_mentions(marks.text))
    clusters = {key: tuple(each) for key, each in marks.clusters.items()}
    return Document(name, marks.text, named, clusters, marks.pronouns, marks.given, marks.genders)


@dataclass(slots=True)
class _Marks:
    """The annotations of one document, collected by sentence."""

    text: str = ""
    names: list[Mention] = field(default_factory=list)
    clusters: dict[str, list[Span]] = field(default_factory=dict)
    pronouns: dict[Span, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)

    def add(self, sentence: str) -> None:
        rows = [line.split("\t") for line in sentence.splitlines() if line and line[0] != "#"]
        whole = {row[0].split("-")[0]: row for row in rows if "-" in row[0]}
        rows = [row for row in rows if row[0].isdigit()]
        if "# newpar" in sentence:
            self.text = f"{self.text.rstrip()}\n"
        spans, self.text = _joined(self.text, rows, whole)
        for mark in _marked(rows):
            self._mention(rows, [Span(*span) for span in spans], mark)

    def _mention(self, rows: Sequence[Row], spans: Sequence[Span], mark: _Mark) -> None:
        head = _head(rows, mark.first, mark.last)
        self.clusters.setdefault(mark.cluster, []).append(spans[head])
        word = rows[head][1].casefold()
        if mark.first == mark.last and word in PRONOUNS:
            self.pronouns[spans[head]] = mark.cluster
            self.genders[mark.cluster] = PRONOUNS[word]
        if mark.kind in GUM_NAMES and rows[head][3] == "PROPN":
            start, end = _name(rows, head, mark.first, mark.last)
            span = Span(spans[start].start, spans[end].end)
            self.names.append(Mention(span, GUM_NAMES[mark.kind]))
            if end > start:
                self.given[mark.cluster] = rows[start][1].casefold()


def _marked(rows: Sequence[Row]) -> Iterator[_Mark]:
    """The entities of one sentence, as they close."""
    waiting: dict[str, list[tuple[str, int]]] = {}
    for at, row in enumerate(rows):
        for mark in _entities(row):
            cluster, *rest = mark.strip("()").split("-")
            if mark.startswith("("):
                waiting.setdefault(cluster, []).append((rest[0], at))
            if mark.endswith(")") and waiting.get(cluster):
                kind, first = waiting[cluster].pop()
                yield _Mark(cluster, kind, first, at)


def _entities(row: Row) -> Iterator[str]:
    notes = [note for note in row[9].split("|") if note.startswith("Entity=")]
    return _brackets(notes[0][7:] if notes else "")


def _joined(
    text: str, rows: Sequence[Row], whole: Mapping[str, Row]
) -> tuple[list[tuple[int, int]], str]:
    """The parts of a written word ("daughter" and "'s") have no space between them."""
    spans, inside = [], 0
    for row in rows:
        spans.append((len(text), len(text) + len(row[1])))
        text += row[1]
        if row[0] in whole:
            inside = int(whole[row[0]][0].split("-")[1])
        last = int(row[0]) >= inside
        note = whole.get(str(row[0]), row)[9] if not last else row[9]
        attached = not last or "SpaceAfter=No" in note
        if last and inside == int(row[0]):
            attached = any(
                "SpaceAfter=No" in each[9]
                for each in whole.values()
                if each[0].endswith(f"-{inside}")
            )
        text += "" if attached else " "
    return spans, text


def _name(rows: Sequence[Row], head: int, first: int, last: int) -> tuple[int, int]:
    start = end = head
    while start > first and (rows[start - 1][3] == "PROPN" or rows[start - 1][1] in "-."):
        start -= 1
    while end < last and (rows[end + 1][3] == "PROPN" or rows[end + 1][1] == "-"):
        end += 1
    while start < end and rows[start][1].rstrip(".").casefold() in PERSON_TITLES:
        start += 1
    return start, end


def _disjoint(names: Sequence[Mention]) -> tuple[Mention, ...]:
    """Of overlapping names the longest."""
    kept: list[Mention] = []
    for name in sorted(names, key=lambda each: each.span.start - each.span.end):
        if all(name.span.end <= k.span.start or k.span.end <= name.span.start for k in kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda each: each.span))


def gap(path: Path) -> Iterator[Document]:
    """A pronoun with two candidate names for each row; rows where neither is right are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(
            io.StringIO(lines.read()), delimiter="\t", quoting=csv.QUOTE_NONE
        ):
            document = _gap(row)
            if document is not None:
                yield document


def _gap(row: Mapping[str, str]) -> Document | None:
    text, offsets = row["Text"], {}
    for key in ("A", "B"):
        start = int(row[f"{key}-offset"])
        offsets[key] = Span(start, start + len(row[key]))
    right = [key for key in ("A", "B") if row[f"{key}-coref"].upper() == "TRUE"]
    start = int(row["Pronoun-offset"])
    asked = Span(start, start + len(row["Pronoun"]))
    if len(right) != 1:
        return None
    gold = [Mention(span, "PER") for span in offsets.values()]
    others = [
        each
        for each in find_mentions(text)
        if all(each.span.end <= g.span.start or g.span.end <= each.span.start for g in gold)
    ]
    named = tuple(sorted([*gold, *others], key=lambda each: each.span))
    clusters = {key: (span,) for key, span in offsets.items()}
    gender = PRONOUNS[row["Pronoun"].casefold()]
    words = row[right[0]].split()
    names = {right[0]: words[0].casefold()} if len(words) > 1 else {}
    return Document(row["ID"], text, named, clusters, {asked: right[0]}, names, {right[0]: gender})
