"""Parts of a plot: scales, axes, lines and text. Colours come from the page."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from eval.report.elements import element, join

WIDTH = 520.0
"""Width of every plot in its own units; the page scales it."""
PER_LETTER = 6.6
"""Average width of a letter in a label, generously estimated."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low` to `high` to positions from `start` to `end`, clipped."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def drawing(
    name: str,
    described: str,
    height: float,
    children: Iterable[str],
    *,
    stretched: bool = False,
) -> Markup:
    """The picture; `described` says what it shows, for screen readers."""
    return element(
        "svg",
        element("title", name),
        element("desc", described),
        *children,
        role="img",
        aria_label=f"{name}. {described}",
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        width=f"{WIDTH:.0f}",
        height=f"{height:.0f}",
        preserveAspectRatio="none" if stretched else None,
    )


def words(x: float, y: float, said: str, *, anchor: str = "start", kind: str = "") -> Markup:
    """Text, vertically centred on y."""
    return element("text", said, x=x, y=y + 4, text_anchor=anchor, class_=kind or None)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def path(points: Iterable[tuple[float, float]], kind: str, *, closed: bool = False) -> Markup:
    steps = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return element("path", d=f"M{steps}{'Z' if closed else ''}", class_=kind)


def dot(x: float, y: float, radius: float, kind: str) -> Markup:
    return element("circle", cx=x, cy=y, r=radius, class_=kind)


def bar(x: float, y: float, width: float, height: float, kind: str, said: str) -> Markup:
    """A rectangle that shows its numbers as a tooltip."""
    return element(
        "rect", element("title", said), x=x, y=y, width=width, height=height, class_=kind
    )


def axes(x: Scale, y: Scale, *, along: str, up: str) -> Markup:
    """A grid in percent with its numbers and the labels of both axes."""
    across = ticks(x.low, x.high)
    return join(
        [
            *(line(x(at), y.start, x(at), y.end, "grid") for at in across),
            *(words(x(at), y.start + 14, f"{at:.0%}", anchor="middle") for at in across),
            *(line(x.start, y(at), x.end, y(at), "grid") for at in ticks(y.low, y.high)),
            *(words(x.start - 8, y(at), f"{at:.0%}", anchor="end") for at in ticks(y.low, y.high)),
            words(x.end, y.start + 32, along, anchor="end", kind="axis"),
            words(x.start, y.end - 16, up, kind="axis"),
        ]
    )


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round values from low to high: steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return [low]
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def room_for(labels: Iterable[str], *, most: float = 200.0) -> float:
    """The width of a column of labels."""
    return min(most, PER_LETTER * max(map(len, labels), default=0) + 14)
