"""Measures the stages of one question, and ends it between two of them if it is abandoned."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from index.errors import AbandonedError


class Stopwatch:
    """Used as `with watch("read"):`; `timings_ms` has the stages in order, then the `total`."""

    def __init__(self, is_abandoned: Callable[[], bool] = lambda: False) -> None:
        self._is_abandoned = is_abandoned
        self._began = perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """AbandonedError if nobody waits for the question any more."""
        if self._is_abandoned():
            raise AbandonedError("Whoever asked has left: the question is not answered.")
        began = perf_counter()
        try:
            yield
        finally:
            self._stages[stage] = self._stages.get(stage, 0.0) + (perf_counter() - began) * 1000

    @property
    def timings_ms(self) -> dict[str, float]:
        total = (perf_counter() - self._began) * 1000
        return {name: round(ms, 3) for name, ms in {**self._stages, "total": total}.items()}
