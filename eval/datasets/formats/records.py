"""JSON objects with their file and line; each field is checked when it is read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.errors import Fault, Report
from index.documents import Reject
from index.sources.bounded_lines import read_lines
from index.sources.encodings import decode
from index.text.normalization import normalise


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One object; a field of the wrong kind is reported and then counts as missing."""

    fields: Mapping[str, Any]
    path: Path
    line: int
    report: Report

    def fault(self, message: str) -> None:
        self.report(Fault(self.path, self.line, message))

    def string(self, name: str) -> str | None:
        """Canonical, without outer space; None when missing, null or blank."""
        value = self._of_kind(name, str, "a string")
        return normalise(value).strip() or None if value is not None else None

    def needed(self, name: str) -> str:
        """As `string`, but "" when missing, which is reported."""
        if name not in self.fields:
            self.fault(f"the key {name!r} is missing")
            return ""
        value = self.string(name)
        if value is None and isinstance(self.fields[name], str):
            self.fault(f"{name!r} is empty")
        return value or ""

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._of_kind(name, bool, "true or false")
        return default if value is None else value

    def listed(self, name: str) -> list[Any]:
        return self._of_kind(name, list, "a list") or []

    def strings(self, name: str) -> tuple[str, ...]:
        items = self.listed(name)
        if not all(isinstance(item, str) for item in items):
            self.fault(f"{name!r} holds something that is not a string")
        return tuple(normalise(item).strip() for item in items if isinstance(item, str))

    def inner(self, fields: Mapping[str, Any]) -> "JsonRecord":
        """An object inside this one: the same place."""
        return replace(self, fields=fields)

    def _of_kind(self, name: str, kind: type, words: str) -> Any:
        value = self.fields.get(name)
        if value is None or isinstance(value, kind):
            return value
        self.fault(f"{name!r} is {value!r:.60}, expected {words}")
        return None


def read_records(path: Path, report: Report) -> Iterator[JsonRecord]:
    """The objects of a JSONL file, plain or `.gz`, without blank lines."""
    for number, text in text_lines(path, report):
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            report(Fault(path, number, f"it is not JSON ({error}); expected one object a line"))
            continue
        if isinstance(fields, dict):
            yield JsonRecord(fields, path, number, report)
        else:
            report(Fault(path, number, f"expected a JSON object, not {text:.60}"))


def text_lines(path: Path, report: Report) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers."""
    for item in read_lines(path):
        text = item if isinstance(item, Reject) else decode(item[1], path, item[0])
        if isinstance(text, Reject):
            report(Fault(text.path, text.line, text.detail))
        elif text.strip() and not isinstance(item, Reject):
            yield item[0], text


class FirstLines:
    """The first place of each id, to report duplicates."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[Path, int]] = {}

    def admit(self, name: str, record: JsonRecord) -> bool:
        """Whether `name` is new; the second use of one is reported."""
        path, line = self._places.setdefault(name, (record.path, record.line))
        if (path, line) == (record.path, record.line):
            return True
        record.fault(f"the id {name!r} was used before, at {path}:{line}; give it another")
        return False
