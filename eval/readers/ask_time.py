"""How long an ask takes with one reader, over what it takes with the reader of before.

Both are asked the same questions in turn in one process, and the processor's time is counted, so
that other work on the machine weighs on both alike.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from eval.bench.interleaving import interleaved
from eval.bench.ratios import ratio
from eval.datasets.questions import Dataset, Question
from eval.runs.index_cache import indexed
from eval.scoring.statistics import Interval
from index.progress import Progress
from rag.service import Service

ROUNDS, IN_A_ROUND = 8, 10
"""No question is asked twice: a service keeps its answers."""
BEFORE, AFTER = "before", "after"


def ask_time(
    dataset: Dataset,
    *,
    before: Callable[[Path], Service],
    after: Callable[[Path], Service],
    cache: Path,
    progress: Progress,
) -> Interval | None:
    """Geometric mean over rounds, after over before; None for a set of one question or none.

    `n` is the number of rounds.
    """
    first, *rounds = _rounds(dataset.questions) or [()]
    if not rounds:
        return None
    with (
        indexed(
            dataset.articles, service_of=before, cache=cache, fresh=False, progress=progress
        ) as (one, _),
        closing(after(one.settings.data)) as other,
    ):
        other.check()
        for service in (one, other):
            _seconds(service, iter([first]))  # to have everything loaded
        runs = {
            BEFORE: partial(_seconds, one, iter(rounds)),
            AFTER: partial(_seconds, other, iter(rounds)),
        }
        took = interleaved(runs, rounds=len(rounds), progress=progress)
    found = ratio(took[AFTER], took[BEFORE])
    low, high = found.low or found.mean, found.high or found.mean
    return Interval(found.mean, low, high, found.pairs)


def _rounds(questions: Sequence[Question]) -> list[Sequence[Question]]:
    """At most ROUNDS and one more, of questions spread evenly over the set."""
    size = min(IN_A_ROUND, max(1, len(questions) // (ROUNDS + 1)))
    step = max(1, len(questions) // (size * (ROUNDS + 1)))
    spread = questions[::step]
    starts = range(0, len(spread) - size + 1, size)
    return [spread[at : at + size] for at in starts][: ROUNDS + 1]


def _seconds(service: Service, rounds: Iterator[Sequence[Question]]) -> float:
    """Of the processor, all threads together, for the next round."""
    began = time.process_time()
    for question in next(rounds):
        service.ask(question.text)
    return time.process_time() - began
