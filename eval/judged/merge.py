"""The labels of two readers -> judgements; where they differ, a third file settles it once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.datasets.formats.records import JsonRecord, read_records
from eval.errors import DataError, stop
from eval.judged.judgements import LABELS, Judgement, read_judgements, write_judgements
from eval.judged.pool import POOL
from eval.judged.questions import KINDS, JudgedQuestion, choice, place, read_questions
from eval.measures.agreement import ReaderAgreement, agreement

DISAGREEMENTS = "disagreements.jsonl"

Labels = Mapping[str, str]
"""Item of the pool -> label."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What was merged into the judgements of a set."""

    judged: int
    """Places with a label from both readers."""
    by_one: int
    """Places with a label from one reader only, which are left out."""
    open: int
    """Disagreements that are not settled."""
    agreement: Mapping[str, ReaderAgreement]
    """By type and of all, over every judgement of the set."""


def merge(folder: Path, first: Path, second: Path, settled: Path | None, *, pool: Path) -> Merged:
    """Judgements of the set in `folder`, replacing earlier ones of the same places.

    Open disagreements are written beside the pool. DataError at the first faulty label.
    """
    items = _items(pool)
    one, other = _labels(first, items), _labels(second, items)
    agreed = _labels(settled, items) if settled else {}
    new = {
        name: _judgement(items[name], one[name], other[name], agreed.get(name))
        for name in items
        if name in one and name in other
    }
    kept = {each.key: each for each in (*read_judgements(folder), *new.values())}
    write_judgements(folder, kept.values())
    waiting = [items[name] for name, each in new.items() if each.label is None]
    _write_open(pool.with_name(DISAGREEMENTS), waiting)
    by_one = len({*one, *other}) - len(new)
    found = agreements(read_questions(folder), kept.values())
    return Merged(len(new), by_one, len(waiting), found)


def agreements(
    questions: Iterable[JudgedQuestion], judgements: Iterable[Judgement]
) -> dict[str, ReaderAgreement]:
    """By type of question, then `all`; a type that has none is left out."""
    kind_of, known = {each.id: each.kind for each in questions}, list(judgements)
    groups: dict[str, list[Judgement]] = {
        kind: [each for each in known if kind_of.get(each.question) == kind] for kind in KINDS
    }
    return {
        name: agreement([each.first for each in group], [each.second for each in group])
        for name, group in {**groups, "all": known}.items()
        if group
    }


def pool_of(first: Path) -> Path:
    """The pool beside a reader's labels."""
    return first.with_name(POOL)


def _items(pool: Path) -> dict[str, JsonRecord]:
    if not pool.is_file():
        raise DataError(f"{pool} does not exist: name the pool that the labels are of with --pool")
    return {record.needed("item"): record for record in read_records(pool, stop)}


def _labels(path: Path, items: Mapping[str, JsonRecord]) -> Labels:
    """`{item, label}`, one a line; items without a label, or null, are not judged yet."""
    if not path.is_file():
        raise DataError(f"{path} does not exist")
    found = {}
    for record in read_records(path, stop):
        name = record.needed("item")
        if name not in items:
            record.fault(f"'item' is {name!r:.40}, which is not in the pool")
        elif record.fields.get("label") is not None:
            found[name] = choice(record, "label", _choices(items[name])) or ""
    return found


def _choices(of: JsonRecord) -> Sequence[str]:
    kind = choice(of, "type", KINDS)
    return LABELS[kind] if kind else ()


def _judgement(of: JsonRecord, first: str, second: str, settled: str | None) -> Judgement:
    at = place(of)
    if at is None:
        raise DataError(f"{of.path}:{of.line}: it has no place")
    return Judgement(
        question=of.needed("question"),
        article=at.article,
        start=at.start,
        end=at.end,
        revision=of.string("revision"),
        speaker=of.string("speaker"),
        first=first,
        second=second,
        settled=settled if first != second else None,
    )


def _write_open(path: Path, of: Sequence[JsonRecord]) -> None:
    """As in the pool, without the labels given, so that settling them is a fresh reading."""
    lines = (json.dumps(dict(each.fields), ensure_ascii=False) + "\n" for each in of)
    path.write_text("".join(lines), "utf-8")
