"""Pairs of times -> ratios with intervals; sizes and times -> the exponent of growth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Ratio:
    """The geometric mean of paired ratios, and its interval."""

    mean: float
    low: float | None
    """Student's t on the logarithms, 95 %; None for a single pair, which has no spread."""
    high: float | None
    pairs: int


def ratio(over: Sequence[float], under: Sequence[float]) -> Ratio:
    """`over[i] / under[i]` for each round i; ValueError unless all are positive and paired."""
    if len(over) != len(under) or not over:
        raise ValueError(f"{len(over)} and {len(under)} times cannot be paired")
    if min(*over, *under) <= 0:
        raise ValueError("a time is not positive")
    logs = np.log(over) - np.log(under)
    mean = float(logs.mean())
    if len(logs) == 1:
        return Ratio(_rounded(mean), None, None, 1)
    error = float(logs.std(ddof=1)) / len(logs) ** 0.5
    reach = float(t.ppf((1 + LEVEL) / 2, len(logs) - 1)) * error
    return Ratio(_rounded(mean), _rounded(mean - reach), _rounded(mean + reach), len(logs))


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float | None:
    """The b of `value = a * size ** b`, by least squares on logarithms: 1 is in proportion.

    None unless there are two sizes and all values are positive.
    """
    if len(set(sizes)) < 2 or min(*sizes, *values) <= 0:  # noqa: PLR2004  a line has two points
        return None
    slope, _ = np.polyfit(np.log(sizes), np.log(values), 1)
    return round(float(slope), 3)


def _rounded(log: float) -> float:
    return round(float(np.exp(log)), 4)
