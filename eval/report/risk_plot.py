"""The plot of risk over coverage, with the bound that can be promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eval.report.svg import WIDTH, Scale, axes, dot, drawing, line, path, room_for, words

LEFT, RIGHT, TOP = 48.0, WIDTH - 20.0, 34.0
MOST_POINTS = 240


@dataclass(frozen=True, slots=True)
class Curve:
    """Risk over coverage (El-Yaniv and Wiener 2010), and the operating point of the service."""

    label: str
    points: Sequence[tuple[float, float]]
    """(coverage, risk) in ascending coverage."""
    at: tuple[float, float] | None = None
    """(coverage, risk) of what it answers; off the curve where not only confidence decides."""


@dataclass(frozen=True, slots=True)
class PromisedBound:
    """The share of wrong answers that can be promised, and how far it reaches."""

    max_wrong: float
    coverage: float
    """Share of questions that would be answered under it."""

    @property
    def words(self) -> str:
        return f"At most {self.max_wrong:.0%} wrong can be promised, for {self.coverage:.0%}."


def risk_coverage(
    own: Curve, beside: Curve | None = None, bound: PromisedBound | None = None
) -> Markup:
    """`beside` is dashed, and named in a legend; what can be promised is a line with its words."""
    curves = [own, beside] if beside else [own]
    risks = [risk for curve in curves for _, risk in (*curve.points, *_at(curve))]
    risks += [bound.max_wrong] if bound else []
    x, y = Scale(0, 1, LEFT, RIGHT), Scale(0, max(0.1, max(risks, default=0.0) * 1.08), 236, TOP)
    parts = [
        axes(x, y, along="share of questions answered", up="share of answers that are wrong"),
        *(_area(own, x, y) if own.points else ()),
        *(_dashed(beside, x, y) if beside and beside.points else ()),
        *(dot(x(coverage), y(risk), 4.5, "point") for coverage, risk in _at(own)),
        *(_bound(bound, x, y) if bound else ()),
        *(_legend(own, beside) if beside else ()),
    ]
    described = " ".join(
        [
            *(_describe_risk(curve, named=len(curves) > 1) for curve in curves),
            *([bound.words] if bound else []),
        ]
    )
    return drawing("Risk and coverage", described, 276, parts)


def _area(curve: Curve, x: Scale, y: Scale) -> list[Markup]:
    line = _placed(curve, x, y)
    ends = [(line[-1][0], y.start), (line[0][0], y.start)]
    return [path([*line, *ends], "area", closed=True), path(line, "curve")]


def _dashed(curve: Curve, x: Scale, y: Scale) -> list[Markup]:
    places = (dot(x(coverage), y(risk), 4.5, "place") for coverage, risk in _at(curve))
    return [path(_placed(curve, x, y), "curve dashed"), *places]


def _placed(curve: Curve, x: Scale, y: Scale) -> list[tuple[float, float]]:
    return [(x(coverage), y(risk)) for coverage, risk in _thinned(curve.points)]


def _at(curve: Curve) -> list[tuple[float, float]]:
    return [curve.at] if curve.at else []


def _legend(own: Curve, beside: Curve) -> list[Markup]:
    """In the top right corner, where an axis has no words."""
    left = RIGHT - room_for([own.label, beside.label])
    return [
        part
        for row, (curve, kind) in enumerate(((own, "curve"), (beside, "curve dashed")))
        for part in (
            line(left - 30, 8 + 14 * row, left - 6, 8 + 14 * row, kind),
            words(left, 8 + 14 * row, curve.label),
        )
    ]


def _bound(bound: PromisedBound, x: Scale, y: Scale) -> list[Markup]:
    """Across the plot, strong as far as questions would be answered under it."""
    height, end = y(bound.max_wrong), x(bound.coverage)
    return [
        line(x(0), height, x(1), height, "even"),
        line(x(0), height, end, height, "promised"),
        line(end, height - 6, end, height + 6, "promised"),
        words(x(1), height - 6, f"promised: {bound.max_wrong:.0%}", anchor="end"),
    ]


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most about `MOST_POINTS`, the last among them."""
    step = max(1, len(points) // MOST_POINTS)
    return [*points[:-1:step], *points[-1:]]


def _describe_risk(curve: Curve, *, named: bool) -> str:
    if not curve.points:
        return "No question could be judged."
    coverage, risk = curve.points[-1]
    said = f"With {coverage:.0%} of questions answered, {risk:.0%} of the answers are wrong."
    return f"{curve.label}: {said}" if named else said
