"""A run as Markdown tables, for a pull request or a log."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from eval.report.html import run_facts
from eval.report.stored import SetRun, StoredRun, read_run
from eval.report.tables import NONE, Cell, headlines, lines, number, ranged, retrieval
from eval.scoring.measure_labels import label_of


def write_markdown(run: Path, out: Path) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(markdown(read_run(run)), "utf-8")
    return out


def markdown(stored: StoredRun) -> str:
    facts = " · ".join(f"{name}: {_safe(value)}" for name, value in run_facts(stored).items())
    head, rows = headlines(stored.sets)
    parts = ["# Evaluation", facts, table(head, rows)]
    for each in stored.sets:
        parts += [f"## {_safe(each.name)}", *_set(each)]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column is aligned left, the others right."""
    marks = ["---", *(["---:"] * (len(head) - 1))]
    return "\n".join([_row(head), "| " + " | ".join(marks) + " |", *map(_row, rows)])


def _set(stored: SetRun) -> list[str]:
    names, systems = retrieval(stored)
    head = ["", *(label_of(name).label for name in names)]
    rows = [[system, *map(_cell, cells)] for system, cells in systems.items()]
    found = [
        [
            each.label,
            each.value,
            ranged(each.interval) if each.interval else NONE,
            str(each.interval.n) if each.interval else NONE,
        ]
        for group in lines(stored).values()
        for each in group
    ]
    return [
        table(head, rows) if names else "",
        table(["Measure", "Value", "95 % interval", "n"], found) if found else "",
        _slices(stored),
    ]


def _slices(stored: SetRun) -> str:
    rows = [
        [label, label_of(measure).label, number(value.value), ranged(value), str(value.n)]
        for label, values in stored.slices.items()
        for measure, value in values.items()
    ]
    return table(["Slice", "Measure", "Value", "95 % interval", "n"], rows) if rows else ""


def _cell(cell: Cell) -> str:
    value = f"**{cell.value}**" if cell.best else cell.value
    return f"{value} ({cell.interval})" if cell.interval else value


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(_safe, cells)) + " |"


def _safe(text: str) -> str:
    """On one line, without characters that would end the cell or start markup."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
