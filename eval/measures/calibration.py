"""Whether a confidence of .8 is right eight times in ten. Both measures from 0 to 1, 0 best.

They take aligned sequences over the questions of a set, as `selective_prediction` does, and are
nan without questions. The bins are of equal width, so neither ties nor order matter.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence in [low, high), the last bin with 1 as well."""

    low: float
    high: float
    n: int
    confidence: float
    """Mean of theirs."""
    accuracy: float
    """Share of them that is right."""


def reliability(
    confidences: Sequence[float], correct: Sequence[float], *, bins: int = BINS
) -> list[Bin]:
    """Points of a reliability diagram (DeGroot and Fienberg 1983), without empty bins."""
    members: dict[int, list[tuple[float, float]]] = {}
    for pair in zip(confidences, correct, strict=True):
        members.setdefault(_place(pair[0], bins), []).append(pair)
    return [_bin(place, bins, members[place]) for place in sorted(members)]


def ece(confidences: Sequence[float], correct: Sequence[float], *, bins: int = BINS) -> float:
    """Expected calibration error: |accuracy - confidence| by bin, by size (Naeini et al. 2015).

    Over bins of equal width; with few questions it is biased upwards (Roelofs et al. 2022).
    """
    if not confidences:
        return math.nan
    diagram = reliability(confidences, correct, bins=bins)
    return sum(each.n * abs(each.accuracy - each.confidence) for each in diagram) / len(confidences)


def brier(confidences: Sequence[float], correct: Sequence[float]) -> float:
    """Mean squared difference of confidence and outcome (Brier 1950, for one of two outcomes)."""
    if not confidences:
        return math.nan
    pairs = zip(confidences, correct, strict=True)
    return sum((confidence - right) ** 2 for confidence, right in pairs) / len(confidences)


def _place(confidence: float, bins: int) -> int:
    return min(int(confidence * bins), bins - 1)


def _bin(place: int, bins: int, members: Sequence[tuple[float, float]]) -> Bin:
    return Bin(
        place / bins,
        (place + 1) / bins,
        len(members),
        fmean(confidence for confidence, _ in members),
        fmean(right for _, right in members),
    )
