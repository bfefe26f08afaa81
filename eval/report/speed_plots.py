"""Benchmarks as pictures that stand alone: growth over sizes, and ratios to peers."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eval.report.elements import element, join
from eval.report.svg import WIDTH, Scale, dot, drawing, line, path, room_for, words

LEFT, RIGHT, TOP, FOOT = 62.0, WIDTH - 140.0, 34.0, 260.0
ROW = 26.0
NAMESPACE = "http://www.w3.org/2000/svg"
STYLE = """
svg { background: #fbf9f4; font: 11px system-ui, sans-serif; }
text { fill: #5f584e; } .label, .number { fill: #1e1b17; } .axis { font-style: italic; }
.grid { stroke: #ddd6c8; } .even { stroke: #1e1b17; stroke-dasharray: 4 3; }
.curve { fill: none; stroke: #8c2f1b; stroke-width: 2; }
.point { fill: #8c2f1b; } .whisker { stroke: #8c2f1b; stroke-width: 2; stroke-opacity: .55; }
"""


@dataclass(frozen=True, slots=True)
class RatioRow:
    """A ratio to show, with its interval where there is one."""

    mean: float
    low: float | None
    high: float | None


def growth_plot(name: str, unit: str, curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """(size, value) of each curve on logarithmic axes; all must be positive, at least one point."""
    points = [point for curve in curves.values() for point in curve]
    x = _decades([size for size, _ in points], LEFT, RIGHT)
    y = _decades([value for _, value in points], FOOT, TOP)
    parts = [
        *(line(x(at), y.start, x(at), y.end, "grid") for at in _whole(x)),
        *(words(x(at), FOOT + 14, f"{10**at:,}", anchor="middle") for at in _whole(x)),
        *(line(x.start, y(at), x.end, y(at), "grid") for at in _whole(y)),
        *(words(LEFT - 8, y(at), f"{10.0**at:g}", anchor="end") for at in _whole(y)),
        words(LEFT, TOP - 16, unit, kind="axis"),
        *(_curve(label, curve, x, y) for label, curve in curves.items()),
    ]
    said = "; ".join(f"{label}: {_described(curve)}" for label, curve in curves.items())
    return _alone(name, said, FOOT + 30, parts)


def ratio_plot(name: str, rows: Mapping[str, RatioRow]) -> str:
    """A ratio with its interval in each row, on a logarithmic axis with a line at 1."""
    ends = [end for row in rows.values() for end in (row.mean, row.low, row.high) if end]
    reach = max(0.31, *(abs(math.log10(end)) for end in ends)) if ends else 1.0
    left = room_for(rows)
    x = Scale(-reach, reach, left, WIDTH - 120)
    foot = TOP + ROW * len(rows)
    marks = [each for each in (0.1, 0.25, 0.5, 1, 2, 4, 10) if abs(math.log10(each)) <= reach]
    parts = [
        *(line(x(math.log10(at)), TOP, x(math.log10(at)), foot, "grid") for at in marks),
        *(words(x(math.log10(at)), foot + 14, f"{at:g}", anchor="middle") for at in marks),
        line(x(0), TOP, x(0), foot, "even"),
        *(
            _row(label, row, x, TOP + ROW * (number + 0.5))
            for number, (label, row) in enumerate(rows.items())
        ),
    ]
    said = "; ".join(f"{label} {row.mean:.2f}" for label, row in rows.items())
    return _alone(name, said, foot + 28, parts)


def _row(label: str, row: RatioRow, x: Scale, y: float) -> Markup:
    interval = f" [{row.low:.2f}, {row.high:.2f}]" if row.low and row.high else ""
    low, high = (math.log10(end or row.mean) for end in (row.low, row.high))
    return join(
        [
            words(0, y, label, kind="label"),
            line(x(low), y, x(high), y, "whisker"),
            dot(x(math.log10(row.mean)), y, 4, "point"),
            words(WIDTH, y, f"{row.mean:.2f}{interval}", anchor="end", kind="number"),
        ]
    )


def _curve(label: str, curve: Sequence[tuple[float, float]], x: Scale, y: Scale) -> Markup:
    places = [(x(math.log10(size)), y(math.log10(value))) for size, value in curve]
    return join(
        [
            path(places, "curve"),
            *(dot(*place, 3, "point") for place in places),
            words(places[-1][0] + 8, places[-1][1], label, kind="label"),
        ]
    )


def _decades(values: Iterable[float], start: float, end: float) -> Scale:
    """From the power of ten below the least to the one above the greatest."""
    logs = [math.log10(value) for value in values]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    return Scale(low, max(high, low + 1), start, end)


def _whole(scale: Scale) -> range:
    return range(int(scale.low), int(scale.high) + 1)


def _described(curve: Sequence[tuple[float, float]]) -> str:
    return ", ".join(f"{value:g} at {size:,.0f}" for size, value in curve)


def _alone(name: str, said: str, height: float, parts: Iterable[str]) -> str:
    """A file of its own needs the namespace, and colours, which a page would give."""
    made = drawing(name, said, height, [element("style", Markup(STYLE)), *parts])  # noqa: S704  ours
    return str(made).replace("<svg ", f'<svg xmlns="{NAMESPACE}" ', 1)
