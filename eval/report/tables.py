"""The numbers of a run as tables: rows of text first, which HTML and Markdown both lay out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from eval.report.elements import Markup, element, join
from eval.report.plots import whisker
from eval.report.stored import SetRun
from eval.scoring.measure_labels import FINDING, GROUPS, HEADLINES, SYSTEMS, WORDINGS, worded
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


def headlines(sets: Sequence[SetRun]) -> tuple[list[str], list[list[str]]]:
    """What to look at first: a row for each set."""
    names = [name for name in HEADLINES if any(name in each.metrics for each in sets)]
    head = ["Set", "Questions", *(worded(name).label for name in names), "Verbatim"]
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


def finding(stored: SetRun) -> tuple[list[str], dict[str, list[Cell]]]:
    """Measures of retrieval along, our system and the baselines down."""
    names = [name for name in FINDING if name in stored.metrics]
    rows = {
        system: [_cell(stored, prefix, name) for name in names]
        for prefix, system in SYSTEMS.items()
        if any(f"{prefix}{name}" in stored.metrics for name in names)
    }
    return names, rows


def lines(stored: SetRun) -> dict[str, list[Line]]:
    """Everything measured of our own system but finding and latency, in groups."""
    groups = {
        group: [_line(stored, name) for name in wordings if name in stored.metrics]
        for group, wordings in GROUPS.items()
        if group != "Finding"
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


def finding_table(stored: SetRun) -> Markup:
    names, rows = finding(stored)
    head = [element("td"), *(_heading(name) for name in names)]
    body = [
        [element("th", system, scope="row"), *(_value(cell) for cell in cells)]
        for system, cells in rows.items()
    ]
    return table("Finding, beside the baselines on the same passages", head, body)


def lines_table(group: str, found: Iterable[Line]) -> Markup:
    head = [
        element("th", name, scope="col", class_=kind)
        for name, kind in (("Measure", None), ("Value", "n"), ("95 % interval", "n"))
    ]
    head += [
        element("td", class_="range"),
        element("th", "n", scope="col", class_="n"),
        element("th", "Meaning", scope="col"),
    ]
    return table(group, head, [_told(each) for each in found], kind="measures")


def headline_table(sets: Sequence[SetRun]) -> Markup:
    head, rows = headlines(sets)
    names = [
        element("th", name, scope="col", class_="n" if i else None) for i, name in enumerate(head)
    ]
    body = [
        [
            element("th", element("a", row[0], href=f"#set-{quote(row[0])}"), scope="row"),
            *(element("td", value, class_="n") for value in row[1:]),
        ]
        for row in rows
    ]
    return table("At a glance", names, body)


def pairs_table(caption: str, pairs: Mapping[str, str]) -> Markup:
    rows = [
        [element("th", name, scope="row"), element("td", value)] for name, value in pairs.items()
    ]
    return table(caption, [], rows, kind="pairs")


def table(
    caption: str,
    head: Sequence[Markup],
    rows: Iterable[Sequence[Markup]],
    *,
    kind: str | None = None,
) -> Markup:
    """In a frame of its own that scrolls, also by keyboard, where the page is narrow."""
    body = element("tbody", *(element("tr", *row) for row in rows))
    top = element("thead", element("tr", *head)) if head else Markup()
    whole = element("table", element("caption", caption), top, body, class_=kind)
    return element("div", whole, class_="wide", role="region", aria_label=caption, tabindex=0)


def _cell(stored: SetRun, prefix: str, name: str) -> Cell:
    value = stored.metrics.get(f"{prefix}{name}")
    if value is None:
        return Cell(NONE)
    interval = stored.intervals.get(f"{prefix}{name}")
    rivals = [stored.metrics.get(f"{system}{name}", 0.0) for system in SYSTEMS]
    return Cell(number(value), ranged(interval) if interval else "", value >= max(rivals))


def _line(stored: SetRun, name: str) -> Line:
    wording = worded(name)
    return Line(
        measure=name,
        label=wording.label,
        meaning=wording.meaning,
        value=number(stored.metrics[name]),
        interval=stored.intervals.get(name),
        falling=wording.falling,
    )


def _is_known(name: str) -> bool:
    return name in WORDINGS or name.startswith((*LATENCY, *filter(None, SYSTEMS)))


def _heading(name: str) -> Markup:
    wording = worded(name)
    return element("th", wording.label, scope="col", class_="n", title=wording.meaning)


def _value(cell: Cell) -> Markup:
    said = element("strong", cell.value) if cell.best else cell.value
    return element("td", said, element("small", cell.interval), class_="n")


def _told(each: Line) -> list[Markup]:
    interval = each.interval
    less = [element("small", " less is better", class_="less")] if each.falling else []
    return [
        element("th", each.label, scope="row"),
        element("td", each.value, class_="n"),
        element("td", ranged(interval) if interval else NONE, class_="n soft"),
        element("td", whisker(interval) if interval else "", class_="range"),
        element("td", f"{interval.n:,}" if interval else NONE, class_="n soft"),
        element("td", join([each.meaning, *less]), class_="soft"),
    ]
