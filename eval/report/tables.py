"""The numbers of a run as rows of text, which HTML and Markdown lay out."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.report.stored import SetRun
from eval.scoring.measure_labels import GROUPS, HEADLINES, LABELS, RETRIEVAL, SYSTEMS, label_of
from eval.scoring.statistics import Interval

NONE = "–"
LATENCY = ("p50_ms/", "p95_ms/")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as text, its interval beneath it, and whether none in its column is better."""

    value: str
    interval: str = ""
    best: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a set."""

    measure: str
    label: str
    meaning: str
    value: str
    interval: Interval | None
    falling: bool
    least: float = 0.0
    """The lowest value it can have."""


def headlines(sets: Sequence[SetRun]) -> tuple[list[str], list[list[str]]]:
    """The head, and a row for each set with the measures to look at first."""
    names = [name for name in HEADLINES if any(name in each.metrics for each in sets)]
    head = ["Set", "Questions", *(label_of(name).label for name in names), "Verbatim"]
    rows = [
        [
            each.name,
            f"{len(each.questions):,}",
            *(number(each.metrics.get(name)) for name in names),
            number(each.metrics.get("verbatim")),
        ]
        for each in sets
    ]
    return head, rows


def retrieval(stored: SetRun) -> tuple[list[str], dict[str, list[Cell]]]:
    """Names of the measures, and a row of cells for our system and each baseline."""
    names = [name for name in RETRIEVAL if name in stored.metrics]
    rows = {
        system: [_cell(stored, prefix, name) for name in names]
        for prefix, system in SYSTEMS.items()
        if any(f"{prefix}{name}" in stored.metrics for name in names)
    }
    return names, rows


def lines(stored: SetRun) -> dict[str, list[Line]]:
    """All measures of our own system except retrieval and latency, by group."""
    groups = {
        group: [_line(stored, name) for name in wordings if name in stored.metrics]
        for group, wordings in GROUPS.items()
        if group != "Retrieval"
    }
    rest = [name for name in stored.metrics if not _is_known(name)]
    groups["Other"] = [_line(stored, name) for name in rest]
    return {group: found for group, found in groups.items() if found}


def number(value: float | None) -> str:
    """A measure with three places, a count (a whole number in JSON too) without; else a dash."""
    if value is None:
        return NONE
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"


def ranged(interval: Interval) -> str:
    return f"{interval.low:.3f}–{interval.high:.3f}"


def _cell(stored: SetRun, prefix: str, name: str) -> Cell:
    value = stored.metrics.get(f"{prefix}{name}")
    if value is None:
        return Cell(NONE)
    interval = stored.intervals.get(f"{prefix}{name}")
    rivals = [stored.metrics.get(f"{system}{name}", 0.0) for system in SYSTEMS]
    return Cell(number(value), ranged(interval) if interval else "", value >= max(rivals))


def _line(stored: SetRun, name: str) -> Line:
    wording = label_of(name)
    return Line(
        measure=name,
        label=wording.label,
        meaning=wording.meaning,
        value=number(stored.metrics[name]),
        interval=stored.intervals.get(name),
        falling=wording.less_is_better,
        least=wording.least,
    )


def _is_known(name: str) -> bool:
    return name in LABELS or name.startswith((*LATENCY, *filter(None, SYSTEMS)))
