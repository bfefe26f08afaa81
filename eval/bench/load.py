"""Latency and throughput with several clients at once."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from rag.service import Service


@dataclass(frozen=True, slots=True)
class Load:
    """Questions asked by `concurrency` threads, each asking its next when it has its answer.

    Times are exact percentiles of a whole `ask`, in milliseconds.
    """

    concurrency: int
    questions: int
    p50_ms: float
    p95_ms: float
    questions_per_second: float


def load(service: Service, questions: Sequence[str], *, concurrency: int) -> Load:
    """Over a service that is warm already."""
    began = time.perf_counter()
    with ThreadPoolExecutor(concurrency) as threads:
        times = list(threads.map(lambda question: _timed(service, question), questions))
    seconds = time.perf_counter() - began
    return Load(
        concurrency=concurrency,
        questions=len(times),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
        questions_per_second=round(len(times) / seconds, 2),
    )


def _timed(service: Service, question: str) -> float:
    began = time.perf_counter()
    service.ask(question)
    return (time.perf_counter() - began) * 1000


def percentile(times: Sequence[float], percent: float) -> float:
    """By nearest rank; 0 without times."""
    found = np.percentile(times, percent, method="inverted_cdf") if times else 0.0
    return round(float(found), 2)
