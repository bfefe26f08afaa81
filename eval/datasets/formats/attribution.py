"""News with annotated attributions: who said (source, cue) what (content).

One JSON object a line, plain or gzipped. Spans are code points into the document's own text.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from eval.datasets.formats.records import read_records
from eval.errors import Fault, stop
from index.documents import Span
from index.statements import StatementKind

_MARKS = re.compile("[“”«»\"\n]|``|''")
_OPENING, _CLOSING = frozenset(("“", "«", "``")), frozenset(("”", "»", "\n"))
"""Any other mark opens where none is open, and closes where one is."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class MarkedAttribution:
    """The ranges of each role, ascending; empty where it is not expressed."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: StatementKind


@dataclass(frozen=True, slots=True)
class PolnearDocument:
    """One document of PolNeAR (Newell, Margolin and Ruths 2018)."""

    id: str
    text: str
    attributions: tuple[MarkedAttribution, ...]


@dataclass(frozen=True, slots=True)
class GumAttribution:
    """One attribution relation of GUM (Zeldes 2017): its clause, and who is meant by its source."""

    positive: bool
    """False of what was denied, or not said."""
    clause: Span
    content_head: Span
    """The head unit of what was said; not all of it."""
    source: Span | None
    source_type: str | None
    mentions: tuple[str, ...]
    """How the document names the source, in all places: what a pronoun may resolve to."""


@dataclass(frozen=True, slots=True)
class GumDocument:
    """One document of GUM."""

    id: str
    genre: str
    text: str
    reports: tuple[GumAttribution, ...]


def read_polnear(path: Path) -> list[PolnearDocument]:
    return list(_rows(path, _attributed))


def read_gum(path: Path) -> list[GumDocument]:
    return list(_rows(path, _reporting))


def read_spoken(path: Path) -> frozenset[str]:
    """Cue lemmas of utterances: those with 1 in the column `utterance_lexicon`, tab-separated."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    try:
        return frozenset(row["lemma"] for row in rows if row["utterance_lexicon"] == "1")
    except KeyError as error:
        stop(Fault(path, 1, f"there is no column {error}; expected the cue lemmas of polnear"))


def kind_of(content: Sequence[Span], text: str, quoted: Sequence[bool]) -> StatementKind:
    """By letters and digits alone, so that a missing quotation mark at an end changes nothing."""
    places = (at for span in content for at in range(span.start, span.end))
    inside = [quoted[at] for at in places if text[at].isalnum()]
    if inside and all(inside):
        return StatementKind.DIRECT
    return StatementKind.MIXED if any(inside) else StatementKind.INDIRECT


def in_quotes(text: str) -> list[bool]:
    """Whether each code point is in double quotation marks; these end with the paragraph."""
    inside, ends = False, 0
    quoted: list[bool] = []
    for mark in _MARKS.finditer(text):
        quoted += [inside] * (mark.start() - ends) + [True] * len(mark.group())
        inside, ends = _after(mark.group(), inside), mark.end()
    return quoted + [inside] * (len(text) - ends)


def _after(mark: str, inside: bool) -> bool:
    if mark in _OPENING or mark in _CLOSING:
        return mark in _OPENING
    return not inside


def _rows(path: Path, make: Callable[[Mapping[str, Any]], Row]) -> Iterator[Row]:
    for record in read_records(path, stop):
        try:
            yield make(record.fields)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            record.fault(f"not a document with attributions ({error!r}); correct or remove it")


def _attributed(record: Mapping[str, Any]) -> PolnearDocument:
    text = record["text"]
    quoted = in_quotes(text)
    marks = tuple(_attribution(each, text, quoted) for each in record["attributions"])
    return PolnearDocument(record["doc"], text, marks)


def _attribution(record: Mapping[str, Any], text: str, quoted: Sequence[bool]) -> MarkedAttribution:
    source, cue, content = (_spans(record[role], text) for role in ("source", "cue", "content"))
    return MarkedAttribution(source, cue, content, kind_of(content, text, quoted))


def _reporting(record: Mapping[str, Any]) -> GumDocument:
    text = record["text"]
    reports = tuple(_reported(each, text) for each in record["attributions"])
    return GumDocument(record["doc"], record["genre"], text, reports)


def _reported(record: Mapping[str, Any], text: str) -> GumAttribution:
    source = record["source"] or {}
    return GumAttribution(
        record["rel"] == "attribution-positive",
        _span(record["attribution_edu"], text),
        _span(record["content_head_edu"], text),
        _span(source["span"], text) if source else None,
        source.get("type"),
        tuple(source.get("cluster_mentions", ())),
    )


def _spans(pairs: Sequence[Sequence[int]], text: str) -> tuple[Span, ...]:
    return tuple(sorted(_span(pair, text) for pair in pairs))


def _span(pair: Sequence[int], text: str) -> Span:
    start, end = pair
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the span {start}:{end} is outside the text of {len(text)} characters")
    return Span(start, end)
