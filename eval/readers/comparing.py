"""A reader and the one before it -> the table of targets, with intervals, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from eval.readers.ask_time import AFTER, BEFORE, ask_time
from eval.readers.measuring import (
    MeasuredReader,
    Openers,
    ReaderQuestions,
    is_measured,
    measure_reader,
    read_measured,
    reader_folder,
)
from eval.readers.targets import ASK_TIME, RATIO, TARGETS, Target
from eval.scoring.compare import Row, compare
from eval.scoring.results import AskedSet
from eval.scoring.statistics import Interval
from index.progress import Progress

Crossed = tuple[Path, Path] | None
"""Two readers, each trained on half of the titles of SQuAD 2.0."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target beside what was measured; None where it was not."""

    target: Target
    before: Interval | None
    after: Interval | None
    difference: Interval | None
    """Question by question, after less before; None for measures that are no means."""


@dataclass(frozen=True, slots=True)
class ReaderComparison:
    """The table, and what changed by more than chance in any measure of the sets."""

    rows: tuple[TargetRow, ...]
    changed: tuple[Row, ...]
    """Measures that are better or worse at 5 % after correction."""
    notes: tuple[str, ...]


def compare_readers(
    before: str,
    after: str,
    asked: ReaderQuestions,
    out: Path,
    *,
    cross_fit: tuple[Crossed, Crossed] = (None, None),
    openers: Openers,
    cache: Path,
    progress: Progress,
) -> ReaderComparison:
    """Runs are written to `out/before` and `out/after`, and resumed.

    Readers are named as in `ServiceSettings`; `before` may be a folder of an earlier run instead,
    which is not asked again and whose time is not compared. `cross_fit` is that of before and of
    after. DataError where something cannot be used, or the runs are not over the same data.
    """
    stored = read_measured(Path(before)) if is_measured(Path(before)) else None
    for name in (after,) if stored else (before, after):
        openers.reader(
            reader_folder(name)
        )  # one that does not load is found before hours of asking
    measured = partial(measure_reader, asked=asked, openers=openers, cache=cache, progress=progress)
    earlier = stored or measured(before, out=out / BEFORE, cross_fit=cross_fit[0])
    later = measured(after, out=out / AFTER, cross_fit=cross_fit[1])
    if not stored:
        later = _timed(later, before, after, asked, openers=openers, cache=cache, progress=progress)
    return compared(earlier, later)


def compared(before: MeasuredReader, after: MeasuredReader) -> ReaderComparison:
    """From what is on disk alone."""
    tested = compare(before.folder, after.folder)
    paired = {f"{row.dataset}/{row.measure}": row.difference for row in tested.rows}
    rows = (
        TargetRow(
            target,
            before.measures.get(target.measure),
            after.measures.get(target.measure),
            paired.get(target.measure),
        )
        for target in TARGETS
    )
    changed = tuple(row for row in tested.rows if row.verdict != "no difference shown")
    notes = dict.fromkeys((*before.notes, *after.notes, *tested.notes))
    return ReaderComparison(tuple(rows), changed, tuple(notes))


def plain(comparison: ReaderComparison) -> dict[str, Any]:
    """As JSON."""
    return {
        "rows": [_plain(row) for row in comparison.rows],
        "changed": [asdict(row) | {"verdict": row.verdict} for row in comparison.changed],
        "notes": list(comparison.notes),
    }


def _timed(
    measured: MeasuredReader,
    before: str,
    after: str,
    asked: ReaderQuestions,
    *,
    openers: Openers,
    cache: Path,
    progress: Progress,
) -> MeasuredReader:
    """With the time of an ask, over the first set."""
    dataset = AskedSet.named(asked.sets[0], asked.data, limit=asked.limit, as_of=False).dataset
    took = ask_time(
        dataset,
        before=partial(openers.service, reader=before),
        after=partial(openers.service, reader=after),
        cache=cache,
        progress=progress,
    )
    if took is None:
        return measured
    return replace(measured, measures={**measured.measures, f"{ASK_TIME}/{RATIO}": took})


def _plain(row: TargetRow) -> Mapping[str, Any]:
    sides: Sequence[tuple[str, Interval | None]] = (
        (BEFORE, row.before),
        (AFTER, row.after),
        ("difference", row.difference),
    )
    verdict = row.target.verdict(row.after.value) if row.after else None
    return (
        asdict(row.target)
        | {name: asdict(each) if each else None for name, each in sides}
        | {"verdict": verdict}
    )
