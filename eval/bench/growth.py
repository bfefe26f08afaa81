"""How times, memory and disk grow with the archive: sizes -> measurements and their exponents.

An exponent of 1 is in proportion, 0 does not grow. Every size is measured in a process of its own.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from eval.bench.grown import Grown, GrowthRequest, read_stock
from eval.bench.processes import Run
from eval.bench.ratios import exponent
from eval.bench.stores import StoresRequest, StoresTimes
from index.progress import Progress

SIZES = (250, 500, 1000)
PASSAGES = (10_000, 20_000)


@dataclass(frozen=True, slots=True)
class GrowthReport:
    """Ascending sizes, and by measure the exponent over them where all values are positive."""

    archives: tuple[Grown, ...]
    archive_exponents: Mapping[str, float]
    stores: tuple[StoresTimes, ...]
    store_exponents: Mapping[str, float]


def growth(
    stock: Path,
    questions: Sequence[str],
    *,
    sizes: Sequence[int],
    passages: Sequence[int],
    run: Run,
    progress: Progress,
) -> GrowthReport:
    """`stock` is a data folder with an index; `sizes` count articles, `passages` made-up ones."""
    with TemporaryDirectory(prefix="onrecord-growth-") as aside:
        vectors, words = _materials(stock, Path(aside))
        commands = {
            **{
                ("grown", size): asdict(GrowthRequest(str(stock), size, list(questions)))
                for size in sorted(set(sizes))
            },
            **{
                ("stores", n): asdict(StoresRequest(n, str(vectors), str(words)))
                for n in sorted(set(passages))
            },
        }
        found: dict[str, list[Mapping[str, Any]]] = {"grown": [], "stores": []}
        for done, ((program, _), request) in enumerate(commands.items(), start=1):
            command = [sys.executable, "-m", f"eval.bench.{program}", json.dumps(request)]
            found[program].append(run(command))
            progress("growing", done, len(commands))
    archives = tuple(Grown(**each) for each in found["grown"])
    stores = tuple(StoresTimes(**each) for each in found["stores"])
    return GrowthReport(
        archives, exponents(archives, "size"), stores, exponents(stores, "passages")
    )


def exponents(rows: Sequence[Grown] | Sequence[StoresTimes], by: str) -> dict[str, float]:
    """Of every measure but the size itself."""
    names = [each.name for each in fields(rows[0])] if rows else []
    sizes = [getattr(row, by) for row in rows]
    found = {
        name: exponent(sizes, [getattr(row, name) for row in rows]) for name in names if name != by
    }
    return {name: value for name, value in found.items() if value is not None}


def _materials(stock: Path, folder: Path) -> tuple[Path, Path]:
    """Files with the stock's vectors and its words by frequency."""
    found = read_stock(stock)
    counts = Counter(word for each in found.articles for word in each.text.lower().split())
    vectors, words = folder / "vectors.npy", folder / "words.txt"
    np.save(vectors, np.vstack(list(found.vectors.values())))
    words.write_text("\n".join(word for word, _ in counts.most_common()), "utf-8")
    return vectors, words
