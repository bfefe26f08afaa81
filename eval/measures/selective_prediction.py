"""Measures of selective prediction: whether confidence separates right answers from wrong ones.

The measures take aligned sequences over the questions of a set: a confidence each, in [0, 1], and
whether the answer would be right (or a score for it in [0, 1]). A missing prediction has confidence
0 and is not right. Where there is nothing to measure (no question, one class only) they are nan.

A threshold cannot separate questions of equal confidence, so they are answered together, and no
measure depends on their order.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

REFUSE_ALL = 2.0
"""A threshold above every probability."""


@dataclass(frozen=True, slots=True)
class Point:
    """Coverage and accuracy when answering from `threshold` upwards."""

    threshold: float
    coverage: float
    """Share of questions answered."""
    accuracy: float
    """Of those answered, share that is right; 0 where none is answered."""

    @property
    def risk(self) -> float:
        return 1.0 - self.accuracy


def auroc(confidences: Sequence[float], positive: Sequence[bool]) -> float:
    """The probability that a positive is above a negative, ties half; .5 is guessing.

    The area under the ROC curve is the Mann-Whitney U over its largest value (Bamber 1975).
    """
    scores, labels = np.asarray(confidences, np.float64), np.asarray(positive, np.bool_)
    above, below = scores[labels], np.sort(scores[~labels])
    if not len(above) or not len(below):
        return math.nan
    beaten = np.searchsorted(below, above, "left") + np.searchsorted(below, above, "right")
    return float(beaten.mean() / 2 / len(below))


def average_precision(confidences: Sequence[float], positive: Sequence[bool]) -> float:
    """Precision at each threshold, weighted by the recall gained there; chance is the base rate.

    The step-wise area under the precision-recall curve (Davis and Goadrich 2006), in [0, 1].
    """
    _, answered, found = _cumulated(confidences, positive)
    if not len(found) or not found[-1]:
        return math.nan
    gained = np.diff(found, prepend=0.0) / found[-1]
    return float((gained * found / answered).sum())


def risk_coverage(confidences: Sequence[float], correct: Sequence[float]) -> list[Point]:
    """Points of all thresholds, from the strictest to answering all (El-Yaniv and Wiener 2010).

    One point for each distinct confidence.
    """
    thresholds, answered, right = _cumulated(confidences, correct)
    return [
        Point(float(threshold), n / len(confidences), float(sum_right / n))
        for threshold, n, sum_right in zip(thresholds, answered.tolist(), right, strict=True)
    ]


def aurc(confidences: Sequence[float], correct: Sequence[float]) -> float:
    """Mean risk of answering the surest 1, 2, ... n questions (Geifman et al. 2019); 0 best.

    Among equal confidences it is the mean over every order they could come in.
    """
    if not confidences:
        return math.nan
    _, answered, right = _cumulated(confidences, correct)
    sizes = np.arange(1, len(confidences) + 1)
    expected = np.interp(sizes, np.r_[0, answered], np.r_[0.0, right])
    return float((1 - expected / sizes).mean())


def coverage_at(confidences: Sequence[float], correct: Sequence[float], accuracy: float) -> float:
    """The largest share that can be answered with at least this accuracy, 0 where none can.

    In [0, 1], 1 best; the threshold may be any (Geifman and El-Yaniv 2017 bound it for new data).
    """
    _, answered, right = _cumulated(confidences, correct)
    enough = answered[right / answered >= accuracy]
    return float(enough[-1] / len(confidences)) if len(enough) else 0.0


def fit_threshold(confidences: Sequence[float], correct: Sequence[float], accuracy: float) -> float:
    """The lowest confidence to answer from with at least this accuracy here, or `REFUSE_ALL`.

    Fitted on one part; evaluate it on another with `at_threshold`.
    """
    points = risk_coverage(confidences, correct)
    return min(
        (point.threshold for point in points if point.accuracy >= accuracy), default=REFUSE_ALL
    )


def at_threshold(confidences: Sequence[float], correct: Sequence[float], threshold: float) -> Point:
    """Coverage and accuracy at a threshold that was fitted elsewhere."""
    right = [
        worth
        for confidence, worth in zip(confidences, correct, strict=True)
        if confidence >= threshold
    ]
    coverage = len(right) / len(confidences) if confidences else 0.0
    return Point(threshold, coverage, sum(right) / len(right) if right else 0.0)


def crag_score(*, answered: bool, right: bool) -> float:
    """Of one question: 1 if it is answered rightly, 0 if it is refused, -1 if wrongly.

    The scoring of the CRAG benchmark (Yang et al. 2024, section 5.1), without its half marks; the
    mean over a set is in [-1, 1], and 0 is what refusing everything earns.
    """
    return (1.0 if right else -1.0) if answered else 0.0


def _cumulated(
    confidences: Sequence[float], worth: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Distinct confidences, falling, with the number at or above each and their summed worth."""
    scores, values = np.asarray(confidences, np.float64), np.asarray(worth, np.float64)
    distinct, place, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    sums = np.bincount(place, weights=values, minlength=len(distinct))
    return -distinct, counts.cumsum(), sums.cumsum()
