"""The plots of a report, each a function from numbers to one drawing."""

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from eval.measures.calibration import Bin
from eval.measures.latency import nearest_rank
from eval.report.elements import element, join
from eval.report.svg import (
    WIDTH,
    Scale,
    axes,
    bar,
    dot,
    drawing,
    line,
    path,
    room_for,
    ticks,
    words,
)
from eval.scoring.statistics import Interval, PairedCounts

LEFT, RIGHT, TOP = 48.0, WIDTH - 20.0, 34.0
ROW = 26.0
PERCENTS = (5, 25, 50, 75, 95)
"""Percentiles of a latency: whisker, box, median, box, whisker."""
SHORTEST_MS = 0.01


def reliability(bins: Sequence[Bin]) -> Markup:
    """Accuracy over confidence with the diagonal of perfect calibration; below, counts."""
    x, y = Scale(0, 1, LEFT, RIGHT), Scale(0, 1, 236, TOP)
    filled = [each for each in bins if each.n]
    counts = Scale(0, max((each.n for each in filled), default=1), 0, 44)
    parts = [
        axes(x, y, along="confidence", up="share of answers that are right"),
        line(x(0), y(0), x(1), y(1), "even"),
        path([(x(each.confidence), y(each.accuracy)) for each in filled], "curve"),
        *(dot(x(each.confidence), y(each.accuracy), 4, "point") for each in filled),
        words(x.start, 288, "questions", kind="axis"),
        *(_count(each, x, counts) for each in filled),
    ]
    return drawing("Reliability", _describe_bins(filled), 362, parts)


def latency(stages: Mapping[str, Sequence[float]]) -> Markup:
    """Milliseconds of each stage on a log scale: percentiles 5, 25, 50, 75 and 95."""
    spreads = {stage: _spread(times) for stage, times in stages.items() if times}
    fastest = min((times[0] for times in spreads.values()), default=1.0)
    slowest = max((times[-1] for times in spreads.values()), default=10.0)
    low, high = math.floor(_log(fastest)), math.ceil(_log(slowest) + 0.01)
    left = room_for(spreads)
    x = Scale(low, high, left, WIDTH - 118)
    foot = TOP + ROW * len(spreads)
    rows = (
        _stage(stage, times, x, TOP + ROW * (row + 0.5))
        for row, (stage, times) in enumerate(spreads.items())
    )
    parts = [
        *(line(x(at), TOP, x(at), foot, "grid") for at in range(low, high + 1)),
        *(words(x(at), foot + 14, f"{10.0**at:g}", anchor="middle") for at in range(low, high + 1)),
        words(left, TOP - 14, "milliseconds", kind="axis"),
        words(WIDTH, TOP - 14, "median · 95th", anchor="end", kind="axis"),
        *rows,
    ]
    return drawing("Latency by stage", _describe_latency(spreads), foot + 28, parts)


def forest(rows: Mapping[str, Interval], whole: Interval) -> Markup:
    """A value with its interval for each slice, and a line at the value of the whole set."""
    left = room_for(rows)
    x = Scale(0, 1, left, WIDTH - 150)
    foot = TOP + ROW * len(rows)
    lines = (
        _slice(label, value, x, TOP + ROW * (row + 0.5))
        for row, (label, value) in enumerate(rows.items())
    )
    parts = [
        *(line(x(at), TOP, x(at), foot, "grid") for at in ticks(0, 1)),
        *(words(x(at), foot + 14, f"{at:.0%}", anchor="middle") for at in ticks(0, 1)),
        line(x(whole.value), TOP, x(whole.value), foot, "even"),
        words(WIDTH, TOP - 14, "value, interval, n", anchor="end", kind="axis"),
        words(x(whole.value), TOP - 14, "whole set", anchor="middle", kind="axis"),
        *lines,
    ]
    return drawing("Slices", _describe_slices(rows, whole), foot + 28, parts)


def wins_and_losses(rows: Mapping[str, PairedCounts]) -> Markup:
    """Losses to the left and wins to the right of the middle; ties as text."""
    left = room_for(rows, most=170)
    most = max((max(each.wins, each.losses) for each in rows.values()), default=1) or 1
    middle = (left + WIDTH) / 2
    width = Scale(0, most, 0, (WIDTH - left) / 2 - 44)
    foot = TOP + (ROW + 8) * len(rows)
    lines = (
        _tally(label, each, middle, width, TOP + (ROW + 8) * (row + 0.5))
        for row, (label, each) in enumerate(rows.items())
    )
    parts = [
        words(middle - 10, TOP - 14, "lost", anchor="end", kind="axis"),
        words(middle + 10, TOP - 14, "won", kind="axis"),
        *lines,
        line(middle, TOP, middle, foot, "middle"),
    ]
    return drawing("Wins and losses", _describe_tallies(rows), foot + 8, parts)


def shares(counts: Mapping[str, int]) -> Markup:
    """One bar divided into parts; each part has its name as its class."""
    total = sum(counts.values()) or 1
    x = Scale(0, total, 0, WIDTH)
    parts, begun = [], 0
    for name, n in counts.items():
        said = f"{name}: {n} ({n / total:.0%})"
        parts.append(bar(x(begun), 0, max(0.0, x(begun + n) - x(begun) - 1), 16, name, said))
        begun += n
    return drawing(
        "What became of the questions", _describe_shares(counts), 16, parts, stretched=True
    )


def whisker(value: Interval, least: float = 0.0) -> Markup:
    """An interval between `least` and 1, small enough for a table cell."""
    x = Scale(least, 1, 2, 98)
    return element(
        "svg",
        line(2, 8, 98, 8, "grid"),
        line(x(value.low), 8, x(value.high), 8, "whisker"),
        dot(x(value.value), 8, 3.5, "point"),
        viewBox="0 0 100 16",
        width="100",
        height="16",
        aria_hidden="true",
    )


def _count(each: Bin, x: Scale, counts: Scale) -> Markup:
    height = counts(each.n)
    said = f"{each.n} at {each.confidence:.2f}, {each.accuracy:.0%} right"
    return join(
        [
            bar(x(each.confidence) - 9, 358 - height, 18, height, "tally", said),
            words(x(each.confidence), 350 - height, str(each.n), anchor="middle"),
        ]
    )


def _stage(stage: str, times: Sequence[float], x: Scale, y: float) -> Markup:
    least, lower, middle, upper, most = (x(_log(time)) for time in times)
    return join(
        [
            words(0, y, stage, kind="label"),
            line(least, y, most, y, "whisker"),
            bar(lower, y - 6, max(1.5, upper - lower), 12, "box", f"{stage}: middle half"),
            line(middle, y - 8, middle, y + 8, "median"),
            words(WIDTH, y, f"{_ms(times[2])} · {_ms(times[4])}", anchor="end", kind="number"),
        ]
    )


def _slice(label: str, value: Interval, x: Scale, y: float) -> Markup:
    described = f"{value.value:.3f}  {value.low:.2f}–{value.high:.2f}  {value.n:>4}"
    return join(
        [
            words(0, y, label, kind="label"),
            line(x(value.low), y, x(value.high), y, "whisker"),
            dot(x(value.value), y, 3 + min(3, math.sqrt(value.n) / 8), "point"),
            words(WIDTH, y, described, anchor="end", kind="number"),
        ]
    )


def _tally(label: str, each: PairedCounts, middle: float, width: Scale, y: float) -> Markup:
    lost, won = width(each.losses), width(each.wins)
    return join(
        [
            words(0, y - 6, label, kind="label"),
            words(0, y + 9, f"{each.ties} alike", kind="number"),
            bar(middle - lost, y - 8, lost, 16, "lost", f"{label}: {each.losses} lost"),
            bar(middle, y - 8, won, 16, "won", f"{label}: {each.wins} won"),
            words(middle - lost - 6, y, str(each.losses), anchor="end"),
            words(middle + won + 6, y, str(each.wins)),
        ]
    )


def _spread(times: Sequence[float]) -> list[float]:
    return [nearest_rank(times, percent) for percent in PERCENTS]


def _log(time: float) -> float:
    return math.log10(max(SHORTEST_MS, time))


def _ms(time: float) -> str:
    return f"{time:.0f}" if time >= 100 else f"{time:.1f}" if time >= 1 else f"{time:.2f}"  # noqa: PLR2004  three digits


def _describe_bins(bins: Sequence[Bin]) -> str:
    said = (f"at {each.confidence:.2f} {each.accuracy:.0%} of {each.n} right" for each in bins)
    return "; ".join(said).capitalize() + "."


def _describe_latency(stages: Mapping[str, Sequence[float]]) -> str:
    said = (f"{stage} {_ms(times[2])} ms, 95th {_ms(times[4])}" for stage, times in stages.items())
    return "Median: " + "; ".join(said) + "."


def _describe_slices(rows: Mapping[str, Interval], whole: Interval) -> str:
    said = (f"{label} {each.value:.3f} of {each.n}" for label, each in rows.items())
    return f"Whole set {whole.value:.3f}; " + "; ".join(said) + "."


def _describe_tallies(rows: Mapping[str, PairedCounts]) -> str:
    said = (
        f"{label}: {each.wins} won, {each.losses} lost, {each.ties} alike"
        for label, each in rows.items()
    )
    return "; ".join(said) + "."


def _describe_shares(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{name} {n}" for name, n in counts.items()) + "."
