"""Documents with annotated pronouns: GUM's coreference and GAP."""

import csv
import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.attribution.annotations import Mention
from index.attribution.entities.mentions import find_mentions
from index.documents import Span
from index.language.names import PERSON_TITLES
from training.gum import NAMES, Mark, Row, documents, head, marks, rows_of


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


PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip


NamesIn = Callable[[str], Sequence[Mention]]
"""The names of a text as the attributor finds them."""


def gum(archive: Path, names_in: NamesIn | None = None) -> Iterator[Document]:
    """With the annotated names, unless `names_in` finds them."""
    for name, written in sorted(documents(archive)):
        found = _Marks()
        for sentence in written.split("\n\n"):
            found.add(sentence)
        named = tuple(names_in(found.text)) if names_in else _disjoint(found.names)
        clusters = {key: tuple(each) for key, each in found.clusters.items()}
        yield Document(
            name, found.text, named, clusters, found.pronouns, found.given, found.genders
        )


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
        rows = rows_of(sentence)
        whole = {row[0].split("-")[0]: row for row in rows if "-" in row[0]}
        rows = [row for row in rows if row[0].isdigit()]
        if "# newpar" in sentence:
            self.text = f"{self.text.rstrip()}\n"
        spans, self.text = _joined(self.text, rows, whole)
        for mark in marks(rows):
            self._mention(rows, spans, mark)

    def _mention(self, rows: Sequence[Row], spans: Sequence[Span], mark: Mark) -> None:
        at = head(rows, mark.first, mark.last)
        self.clusters.setdefault(mark.cluster, []).append(spans[at])
        word = rows[at][1].casefold()
        if mark.first == mark.last and word in PRONOUNS:
            self.pronouns[spans[at]] = mark.cluster
            self.genders[mark.cluster] = PRONOUNS[word]
        if mark.kind in NAMES and rows[at][3] == "PROPN":
            start, end = _name(rows, at, mark.first, mark.last)
            span = Span(spans[start].start, spans[end].end)
            self.names.append(Mention(span, NAMES[mark.kind]))
            if end > start:
                self.given[mark.cluster] = rows[start][1].casefold()


def _joined(text: str, rows: Sequence[Row], whole: Mapping[str, Row]) -> tuple[list[Span], str]:
    """The parts of a written word ("daughter" and "'s") have no space between them."""
    spans, inside = [], 0
    for row in rows:
        spans.append(Span(len(text), len(text) + len(row[1])))
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


def _name(rows: Sequence[Row], at: int, first: int, last: int) -> tuple[int, int]:
    start = end = at
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
        if not any(name.span.touches(other.span) for other in kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda each: each.span))


def gap(path: Path, names_in: NamesIn | None = None) -> Iterator[Document]:
    """A pronoun with two candidate names for each row; rows where neither is right are left out.

    These two names are annotated, unless `names_in` finds them.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            document = _gap(row)
            if document is not None:
                yield _found(document, names_in) if names_in else document


def _found(document: Document, names_in: NamesIn) -> Document:
    """The same with other names: of an annotated name only the last word need be in a found one."""
    pronouns = document.pronouns
    named = (
        each
        for each in names_in(document.text)
        if not any(each.span.touches(pronoun) for pronoun in pronouns)
    )
    heads = {
        key: tuple(_last_word(document.text, span) for span in spans)
        for key, spans in document.clusters.items()
    }
    return replace(document, named=tuple(named), clusters=heads)


def _last_word(text: str, name: Span) -> Span:
    words = name.of(text).rstrip()
    return Span(name.start + words.rfind(" ") + 1, name.end)


def _gap(row: Mapping[str, str]) -> Document | None:
    right = [key for key in ("A", "B") if row[f"{key}-coref"].upper() == "TRUE"]
    if len(right) != 1:
        return None
    spans = {}
    for key in ("A", "B", "Pronoun"):
        start = int(row[f"{key}-offset"])
        spans[key] = Span(start, start + len(row[key]))
    text, pronoun = row["Text"], spans.pop("Pronoun")
    others = [
        each
        for each in find_mentions(text)
        if not any(each.span.touches(span) for span in spans.values())
    ]
    gold = [Mention(span, "PER") for span in spans.values()]
    named = tuple(sorted([*gold, *others], key=lambda each: each.span))
    clusters = {key: (span,) for key, span in spans.items()}
    gender = PRONOUNS[row["Pronoun"].casefold()]
    words = row[right[0]].split()
    names = {right[0]: words[0].casefold()} if len(words) > 1 else {}
    return Document(
        row["ID"], text, named, clusters, {pronoun: right[0]}, names, {right[0]: gender}
    )
