"""Intervals, paired tests, and the smallest difference a set can show.

Questions about one article are not independent, so clusters of questions are resampled, not single
questions. Every random step is seeded: the same values give the same numbers.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

RESAMPLES = 10_000
LEVEL = 0.95
POWER = 0.8
FEWEST, WORK = 200, 300_000
"""Least resamples, and questions in all resamples, of statistics that are not means."""
AT_ONCE = 500
"""Resamples held in memory together."""
EXACT_UP_TO = 13
"""With up to this many differing clusters, all 2**n sign patterns are tried."""
NOTHING = 1e-12
"""Smaller differences are rounding."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the range that holds the true value 95 times in 100."""

    value: float
    low: float
    high: float
    n: int
    """Questions it was taken over."""


@dataclass(frozen=True, slots=True)
class PairedCounts:
    """Questions on which the second of two runs did better, worse, the same."""

    wins: int
    losses: int
    ties: int


def interval(values: Sequence[float], clusters: Sequence[str], *, seed: int = 0) -> Interval:
    """Of the mean of one measure; see `intervals`."""
    return intervals(np.array(values, float)[:, None], clusters, seed=seed)[0]


def intervals(columns: Floats, clusters: Sequence[str], *, seed: int = 0) -> list[Interval]:
    """Of the mean of each column of `columns` (questions, measures), from the same resamples.

    The percentile bootstrap over clusters (Efron and Tibshirani 1993; Davison and Hinkley 1997,
    section 3.8): a resample's mean is over the questions of the clusters drawn. A proportion has
    Wilson's interval over clusters instead where the bootstrap is no better (each question is its
    own cluster) or has no variance (all values are equal).
    """
    sums, sizes = _by_cluster(columns, clusters)
    drawn = _percentiles(sums, sizes, seed)
    return [
        _wilson_over_clusters(column, len(sizes))
        if _is_proportion(column) and (len(sizes) == len(column) or np.all(column == column[0]))
        else Interval(float(column.mean()), float(low), float(high), len(column))
        for column, (low, high) in zip(columns.T, drawn, strict=True)
    ]


def difference(
    a: Sequence[float], b: Sequence[float], clusters: Sequence[str], *, seed: int = 0
) -> Interval:
    """Of the mean of `b - a`, question by question: the paired bootstrap over clusters."""
    differences = np.array(b, float) - np.array(a, float)
    sums, sizes = _by_cluster(differences[:, None], clusters)
    ((low, high),) = _percentiles(sums, sizes, seed)
    return Interval(float(differences.mean()), float(low), float(high), len(differences))


def resampled(
    statistics: Callable[[NDArray[np.int64]], Sequence[float]],
    clusters: Sequence[str],
    *,
    seed: int = 0,
) -> list[Interval]:
    """Of statistics that are not means, each a function of row numbers; nan is left out.

    The same bootstrap with fewer resamples, down to FEWEST for large sets, as each is costly.
    """
    _, row_of = np.unique(np.array(clusters), return_inverse=True)
    members = [np.flatnonzero(row_of == i) for i in range(row_of.max() + 1)]
    draws = np.random.default_rng(seed)
    drawn = [
        statistics(
            np.concatenate([members[i] for i in draws.integers(0, len(members), len(members))])
        )
        for _ in range(max(FEWEST, min(RESAMPLES // 20, WORK // len(clusters))))
    ]
    values = statistics(np.arange(len(clusters)))
    return [
        Interval(value, *_middle(column), len(clusters))
        for value, column in zip(values, np.array(drawn, float).T, strict=True)
    ]


def _middle(column: Floats) -> tuple[float, float]:
    known = column[~np.isnan(column)]
    if len(known) == 0:
        return math.nan, math.nan
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)


def _is_proportion(column: Floats) -> bool:
    return bool(np.all((column == 0) | (column == 1)))


def _wilson_over_clusters(column: Floats, clusters: int) -> Interval:
    share = float(column.mean())
    alike = wilson(round(share * clusters), clusters)
    return Interval(share, alike.low, alike.high, len(column))


def _percentiles(sums: Floats, sizes: Floats, seed: int) -> Floats:
    """(measures, 2): the ends of the interval of each column's mean."""
    tail = (1 - LEVEL) / 2
    ends: Floats = np.quantile(_resampled_means(sums, sizes, seed), [tail, 1 - tail], axis=0)
    return ends.T


def _resampled_means(sums: Floats, sizes: Floats, seed: int) -> Floats:
    """(RESAMPLES, measures): of each draw of as many clusters as there are, with replacement."""
    draws = np.random.default_rng(seed)
    both = np.column_stack([sums, sizes]).astype(np.float64)
    parts = []
    for _ in range(0, RESAMPLES, AT_ONCE):
        totals = _draw(draws, len(sizes)) @ both
        parts.append(totals[:, :-1] / totals[:, -1:])
    return np.concatenate(parts)


def _draw(draws: np.random.Generator, clusters: int) -> Floats:
    """(AT_ONCE, clusters): how often each resample has each cluster."""
    chosen = draws.integers(0, clusters, (AT_ONCE, clusters), dtype=np.int32)
    chosen += np.arange(AT_ONCE, dtype=np.int32)[:, None] * clusters
    counts = np.bincount(chosen.ravel(), minlength=AT_ONCE * clusters)
    return counts.reshape(AT_ONCE, clusters).astype(np.float64)


def _by_cluster(columns: Floats, clusters: Sequence[str]) -> tuple[Floats, Floats]:
    """The sum of each column within each cluster, and the number of questions in each."""
    if len(columns) == 0 or len(columns) != len(clusters):
        raise ValueError(
            f"{len(columns)} values in {len(clusters)} clusters: expected one for each"
        )
    _, row_of = np.unique(np.array(clusters, dtype=object).astype(str), return_inverse=True)
    sizes = np.bincount(row_of).astype(np.float64)
    sums = np.zeros((len(sizes), columns.shape[1]))
    np.add.at(sums, row_of, columns)
    return sums, sizes


def wilson(successes: int, n: int) -> Interval:
    """Of a proportion of independent trials (Wilson 1927); sound at 0, at 1 and for small n."""
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"{successes} successes of {n}: expected 0 <= successes <= n and n > 0")
    ends = binomtest(successes, n).proportion_ci(LEVEL, method="wilson")
    return Interval(successes / n, float(ends.low), float(ends.high), n)


def randomisation(
    a: Sequence[float], b: Sequence[float], clusters: Sequence[str], *, seed: int = 0
) -> float:
    """Two-sided p that runs `a` and `b` score alike.

    The sign of each cluster's difference is flipped at random (Fisher 1935; Smucker, Allan and
    Carterette 2007); exact when few clusters differ.
    """
    differences = np.array(b, float) - np.array(a, float)
    sums, _ = _by_cluster(differences[:, None], clusters)
    moved = sums[np.abs(sums[:, 0]) > NOTHING, 0]
    if len(moved) <= EXACT_UP_TO:
        return float((np.abs(_all_flips(len(moved)) @ moved) >= _reached(moved)).mean())
    extreme = sum(
        int((np.abs(flips @ moved) >= _reached(moved)).sum())
        for flips in _random_flips(len(moved), seed)
    )
    return (extreme + 1) / (RESAMPLES + 1)


def _reached(moved: Floats) -> float:
    """The observed sum, less the rounding error of adding in another order."""
    return float(abs(moved.sum()) - 1e-9 * (1 + np.abs(moved).sum()))


def _all_flips(n: int) -> Floats:
    patterns = np.arange(2**n)[:, None] >> np.arange(n)
    return np.where(patterns & 1, -1.0, 1.0)


def _random_flips(n: int, seed: int) -> Iterator[Floats]:
    draws = np.random.default_rng(seed)
    for _ in range(0, RESAMPLES, AT_ONCE):
        yield np.where(draws.integers(0, 2, (AT_ONCE, n), dtype=np.int8), -1.0, 1.0)


def mcnemar(a: Sequence[float], b: Sequence[float]) -> float:
    """Exact two-sided p for paired zeros and ones (McNemar 1947, the binomial form).

    Of the questions that only one run has right, either run is as likely to have any of them.
    """
    counts = tally(a, b)
    n = counts.wins + counts.losses
    return float(binomtest(counts.wins, n).pvalue) if n else 1.0


def tally(a: Sequence[float], b: Sequence[float]) -> PairedCounts:
    """Where more is better."""
    differences = np.array(b, float) - np.array(a, float)
    wins, losses = int((differences > NOTHING).sum()), int((differences < -NOTHING).sum())
    return PairedCounts(wins, losses, len(differences) - wins - losses)


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted for multiple tests, in the order given (Holm 1979)."""
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    by_p = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, i in enumerate(by_p):
        highest = max(highest, min(1.0, p_values[i] * (len(p_values) - rank)))
        adjusted[i] = highest
    return adjusted


def detectable_effect(differences: Sequence[float], clusters: Sequence[str]) -> float:
    """The smallest true difference that would be found 80 times in 100, tested at 5 %.

    (z(.975) + z(.80)) x the standard error of the mean paired difference (Bloom 1995), the error
    clustered: sqrt(C / (C - 1) x the sum over C clusters of squared sums of deviations) / n, which
    is the standard deviation over sqrt(n) when each question is its own cluster. Infinite when
    there is one cluster.
    """
    values = np.array(differences, float)
    sums, sizes = _by_cluster((values - values.mean())[:, None], clusters)
    if len(sizes) == 1:
        return math.inf
    correction = len(sizes) / (len(sizes) - 1)
    error = math.sqrt(correction * float((sums**2).sum())) / len(values)
    return (_z(LEVEL) + NormalDist().inv_cdf(POWER)) * error


def _z(level: float) -> float:
    """Two-sided."""
    return NormalDist().inv_cdf(0.5 + level / 2)
