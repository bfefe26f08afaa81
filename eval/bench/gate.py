"""Holds our speed against the plain script: `make bench-gate`, or `python -m eval.bench.gate`.

The plain script is sentence-transformers, faiss and BM25 in our own environment, at the versions of
`.ci/constraints.txt`. Only ratios of interleaved runs count, never the time of one machine.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.bench.peers import PeerRatios, PeerReport, compare
from eval.bench.processes import run
from index.documents import Article
from index.sources.folder import read
from index.sources.sample import sample_path

BASELINE = "plain"
ROUNDS = 3
ARTICLES = 30
FLOORS: Mapping[str, float] = {"build": 0.6, "processor": 1.4, "search": 0.35}
"""The least of each ratio, the plain script's time over ours; raise them when we get faster."""


def shortfalls(found: PeerRatios, floors: Mapping[str, float] = FLOORS) -> Iterator[str]:
    """One line for each ratio whose mean is below its floor."""
    for name, floor in floors.items():
        mean = getattr(found, name).mean
        if mean < floor:
            yield (
                f"{name}: the {found.peer} script takes {mean:.2f} times as long as we do, "
                f"expected at least {floor}"
            )


def measured(articles: int = ARTICLES, rounds: int = ROUNDS) -> PeerReport:
    """Over the first articles of the sample."""
    found = [each for each in read(sample_path()) if isinstance(each, Article)][:articles]
    return compare(
        found,
        [f"What is known about {each.title}?" for each in found],
        python=Path(sys.executable),
        run=run,
        progress=lambda *_: None,
        peers=[BASELINE],
        rounds=rounds,
    )


def main() -> int:
    [found] = measured().comparisons
    for name in FLOORS:
        sys.stdout.write(f"{name}: {getattr(found, name)}, at least {FLOORS[name]}\n")
    missed = list(shortfalls(found))
    sys.stdout.write("".join(f"{each}\n" for each in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
