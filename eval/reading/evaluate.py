"""Measures a reader on its own, or two cross-fitted ones."""

import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.reading.attempts import Half, OpenReader, attempt_questions
from eval.reading.tables import ReaderResult, TitleScores, measured

if TYPE_CHECKING:
    from index.progress import Progress
    from rag.reading.reader import Reader

SET, CROSS_FITTED = "squad2", "squad2-cross-fitted"
"""Two names, because a reader may have been trained on the first."""
TRAINED_ON_SET = (
    "The bundled reader was trained on these titles, so these figures show what it remembers. "
    "--cross-fit measures two readers on titles they have not seen."
)
HELD_OUT = (
    "Each network read the titles that the other was trained on. Its threshold there is the one "
    "fitted on the other network's held-out titles: both are out of sample. AUROC and best F1 over "
    "all put the odds of two networks together."
)


def read(
    data: Path,
    reader: Path | None,
    trained_on: tuple[Path, Path] | None,
    *,
    open_reader: OpenReader,
    limit: int | None,
    progress: "Progress",
) -> ReaderResult:
    """Cross-fitted where two readers are given, else by one."""
    if trained_on is None:
        return read_alone(data, reader, open_reader=open_reader, limit=limit, progress=progress)
    return cross_fitted(data, trained_on, open_reader=open_reader, limit=limit, progress=progress)


def read_alone(
    data: Path,
    reader: Path | None,
    *,
    open_reader: OpenReader,
    limit: int | None,
    progress: "Progress",
) -> ReaderResult:
    """One reader over every title; DataError where data or reader cannot be used."""
    one = open_reader(reader)
    return measured(SET, attempt_questions(data, lambda _: one, limit=limit, progress=progress))


def cross_fitted(
    data: Path,
    trained_on: tuple[Path, Path],
    *,
    open_reader: OpenReader,
    limit: int | None,
    progress: "Progress",
) -> ReaderResult:
    """The folders of two readers, trained on the first and on the second half of the titles."""
    on_first, on_second = map(open_reader, trained_on)
    reader_of: dict[Half, Reader] = {"first": on_second, "second": on_first}
    return measured(
        CROSS_FITTED, attempt_questions(data, reader_of.__getitem__, limit=limit, progress=progress)
    )


def note(of: ReaderResult) -> str:
    """What qualifies the numbers."""
    return HELD_OUT if of.name == CROSS_FITTED else TRAINED_ON_SET


def plain(of: ReaderResult) -> dict[str, Any]:
    """As JSON."""
    return {
        "set": of.name,
        "all": _plain(of.whole),
        "intervals": {name: asdict(each) for name, each in of.intervals.items()},
        "thresholds": {half: _finite(each) for half, each in of.thresholds.items()},
        "titles": {each.name: _plain(each) for each in of.titles},
        "note": note(of),
    }


def by_name(of: ReaderResult) -> dict[str, float]:
    """Over all titles, named as in a run."""
    return {f"{of.name}/{name}": value for name, value in of.whole.values.items()}


def _plain(part: TitleScores) -> dict[str, float]:
    return {"questions": part.questions, "answerable": part.answerable, **part.values}


def _finite(threshold: float) -> float | None:
    """None where never answering is best: JSON has no infinity."""
    return threshold if math.isfinite(threshold) else None
