"""One reader -> its measures on the development sets, alone and in the service, on disk."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from eval.evaluate import OpenService, evaluate
from eval.readers.role_cases import role_cases
from eval.readers.targets import CASES, READER_ALONE, ROLES_SWAPPED
from eval.reading.attempts import OpenReader
from eval.reading.evaluate import note, read
from eval.runs.files import read_json, write_json
from eval.scoring.statistics import Interval
from index.progress import Progress
from rag.reading.reader import BUNDLED

MEASURES, INTERVALS = "measures.json", "intervals.json"
"""All measures of a reader, and those of its run."""
FURTHER = "calibration.json"
"""Measures that another command left beside a run, in the form of `INTERVALS`."""


@dataclass(frozen=True, slots=True)
class Openers:
    """What a measured reader is opened by: a service that has it, and the reader itself."""

    service: OpenService
    reader: OpenReader


@dataclass(frozen=True, slots=True)
class ReaderQuestions:
    """What is put to each reader; None leaves a part out."""

    sets: Sequence[str]
    data: Path | None
    reading: Path | None
    """The folder of `reading/squad2/`."""
    cases: Path | None
    limit: int | None


@dataclass(frozen=True, slots=True)
class MeasuredReader:
    """Its measures by name, and the run that most of them come from."""

    folder: Path
    measures: Mapping[str, Interval]
    notes: tuple[str, ...] = ()
    """What qualifies them."""


def measure_reader(
    reader: str,
    asked: ReaderQuestions,
    out: Path,
    *,
    cross_fit: tuple[Path, Path] | None,
    openers: Openers,
    cache: Path,
    progress: Progress,
) -> MeasuredReader:
    """`reader` as in `ServiceSettings`; a run that was interrupted in `out` goes on.

    With `cross_fit`, these two networks are measured alone in its place: see `onrecord eval
    reading`. DataError where a set or a reader cannot be used.
    """
    service_of = partial(openers.service, reader=reader)
    run = evaluate(
        asked.sets,
        data=asked.data,
        out=out,
        service_of=service_of,
        cache=cache,
        limit=asked.limit,
        as_of=False,
        fresh=False,
        progress=progress,
    )
    measures, notes = dict(run.results.intervals), [n for each in run.runs for n in each.notes]
    if asked.reading:
        alone = read(
            asked.reading,
            reader_folder(reader),
            cross_fit,
            open_reader=openers.reader,
            limit=asked.limit,
            progress=progress,
        )
        measures |= {f"{READER_ALONE}/{name}": each for name, each in alone.intervals.items()}
        notes.append(f"{READER_ALONE}: {note(alone)}")
    if asked.cases:
        measures[f"{CASES}/{ROLES_SWAPPED}"] = role_cases(
            asked.cases, cache / CASES, service_of=service_of, progress=progress
        )
    measures |= _stored(out / FURTHER)
    write_json(out / MEASURES, {name: asdict(each) for name, each in measures.items()})
    return MeasuredReader(out, measures, tuple(notes))


def reader_folder(reader: str) -> Path | None:
    """Where it is; None for the bundled one."""
    return None if reader == BUNDLED else Path(reader)


def is_measured(folder: Path) -> bool:
    """Whether it is the folder of a run."""
    return (folder / INTERVALS).is_file()


def read_measured(folder: Path) -> MeasuredReader:
    """What `measure_reader` or `onrecord eval run` left in a folder; DataError if it is damaged."""
    found: dict[str, Interval] = {}
    for name in (INTERVALS, MEASURES, FURTHER):
        found |= _stored(folder / name)
    return MeasuredReader(folder, found)


def _stored(path: Path) -> dict[str, Interval]:
    """None where there is no file."""
    stored = read_json(path) if path.is_file() else {}
    return {name: Interval(**each) for name, each in stored.items()}
