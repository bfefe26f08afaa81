"""How processor time grows with a text, by the best of interleaved rounds."""

import math
import time
from collections.abc import Callable

ROUNDS = 5
LEAST_SECONDS = 0.01
"""What is quicker is measured by the clock's own unrest."""


def growth(short: Callable[[], object], long: Callable[[], object], *, most: float) -> float:
    """The time of `long` over that of `short`; measured again while it is over `most`.

    What else a machine does only ever adds: a run that grows too fast does so in every round.
    """
    first = second = math.inf
    for _ in range(ROUNDS):
        first, second = min(first, _seconds(short)), min(second, _seconds(long))
        if second <= most * max(first, LEAST_SECONDS):
            break
    return second / max(first, LEAST_SECONDS)


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start
