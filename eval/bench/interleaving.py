"""Runs systems in turn, round after round, so that a machine that slows down slows all of them.

Knows no system: each is a function that runs it once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from index.progress import Progress

T = TypeVar("T")


def interleaved(
    runs: Mapping[str, Callable[[], T]], *, rounds: int, progress: Progress
) -> dict[str, list[T]]:
    """What each run gave in each round; each round begins with the next system."""
    found: dict[str, list[T]] = {name: [] for name in runs}
    done = 0
    for number in range(rounds):
        for name in _rotated(list(runs), number):
            found[name].append(runs[name]())
            done += 1
            progress("comparing", done, rounds * len(runs))
    return found


def _rotated(names: Sequence[str], number: int) -> Sequence[str]:
    """So that nobody is always the one after a run that left the processor hot."""
    first = number % max(1, len(names))
    return [*names[first:], *names[:first]]
