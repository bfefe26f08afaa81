"""Measures the stages of one question."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Used as `with watch("read"):`; `timings_ms` has the stages in order, then the `total`."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        began = perf_counter()
        try:
            yield
        finally:
            self._stages[stage] = self._stages.get(stage, 0.0) + (perf_counter() - began) * 1000

    @property
    def timings_ms(self) -> dict[str, float]:
        total = (perf_counter() - self._began) * 1000
        return {name: round(ms, 3) for name, ms in {**self._stages, "total": total}.items()}
