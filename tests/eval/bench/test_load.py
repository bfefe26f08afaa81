"""Asking from several threads at once, over a service that keeps count."""

import threading
import time
from typing import Any

import pytest

from eval.bench.load import load


class SlowService:
    """Answers after 20 ms and knows how many were waiting together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = 0
        self.most = 0
        self.asked: list[str] = []

    def ask(self, question: str) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.asked.append(question)
        time.sleep(0.02)
        with self._lock:
            self._now -= 1


@pytest.mark.parametrize("concurrency", [1, 4])
def test_several_questions_are_asked_at_once_and_each_once(concurrency: int) -> None:
    service: Any = SlowService()
    questions = [f"q{i}" for i in range(12)]

    found = load(service, questions, concurrency=concurrency)

    assert sorted(service.asked) == sorted(questions)
    assert service.most == concurrency
    assert (found.concurrency, found.questions) == (concurrency, 12)
    assert 20 <= found.p50_ms <= found.p95_ms
    assert found.questions_per_second < concurrency * 50


def test_nothing_asked_takes_no_time() -> None:
    found = load(SlowService(), [], concurrency=2)  # type: ignore[arg-type]  # a fake

    assert (found.p50_ms, found.p95_ms, found.questions_per_second) == (0, 0, 0)
