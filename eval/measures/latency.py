"""Latency percentiles of each stage, as measured times without interpolation."""

from collections.abc import Iterable, Mapping, Sequence

PERCENTS = (50, 95)


def percentiles(
    timings_ms: Iterable[Mapping[str, float]], percents: Sequence[int] = PERCENTS
) -> dict[str, float]:
    """Milliseconds under "p50_ms/<stage>" and so on, by stage in the order they first come.

    Of each stage over the questions that went through it; a failed question has no time and, unlike
    elsewhere, does not count 0.
    """
    stages: dict[str, list[float]] = {}
    for timings in timings_ms:
        for stage, milliseconds in timings.items():
            stages.setdefault(stage, []).append(milliseconds)
    return {
        f"p{percent}_ms/{stage}": nearest_rank(times, percent)
        for stage, times in stages.items()
        for percent in percents
    }


def nearest_rank(values: Sequence[float], percent: int) -> float:
    """The least value with at least `percent` (1 to 100) per cent of all at or below it.

    Definition 1 of Hyndman and Fan (1996), in whole numbers, so that no rounding moves the rank.
    """
    rank = -(-percent * len(values) // 100)
    return sorted(values)[max(rank, 1) - 1]
