"""Two runs, prediction by prediction: whether the service answered the same.

Compares what was predicted, with no tolerance. Does not compare timings, and knows nothing of
measures, of the code or of the index that made a run.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from eval.runs.files import PREDICTIONS, predictions, read_json
from eval.runs.predictions import Prediction

COMPARED = tuple(each.name for each in fields(Prediction) if each.name != "timings_ms")
SHOWN = 20
"""Differences printed; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one prediction; of a list, the first entry that differs."""

    dataset: str
    question: str
    field: str
    place: str
    """The field with the path to the first value that differs: `passages[3].score`."""
    a: Any
    b: Any


@dataclass(frozen=True, slots=True)
class RunDifferences:
    """Of run b from run a, over every set that either has."""

    a: Path
    b: Path
    same: Mapping[str, int]
    """Predictions that are equal, by set."""
    missing: tuple[str, ...]
    """Sets and predictions that only one run has, in words."""
    found: tuple[Difference, ...]

    @property
    def identical(self) -> bool:
        return not self.missing and not self.found

    @property
    def by_field(self) -> Mapping[str, int]:
        """`set/field` -> number of predictions in which it differs."""
        return Counter(f"{each.dataset}/{each.field}" for each in self.found)


def differences(a: Path, b: Path) -> RunDifferences:
    """DataError when a folder holds no run."""
    first, second = (_sets(run) for run in (a, b))
    missing = [
        f"{name}: {run} has no predictions of this set"
        for run, sets in ((a, first), (b, second))
        for name in {**first, **second}
        if name not in sets
    ]
    same: dict[str, int] = {}
    found: list[Difference] = []
    for name in first:
        if name in second:
            ours, theirs = predictions(first[name]), predictions(second[name])
            missing += _unpaired(name, a, b, ours, theirs)
            shared = [id for id in ours if id in theirs]
            new = [each for id in shared for each in _differing(name, ours[id], theirs[id])]
            same[name] = len(shared) - len({each.question for each in new})
            found += new
    return RunDifferences(a, b, same, tuple(missing), tuple(found))


def plain(found: RunDifferences) -> dict[str, Any]:
    """As JSON has it, with the first differences only."""
    return {
        "a": str(found.a),
        "b": str(found.b),
        "identical": found.identical,
        "same": dict(found.same),
        "missing": list(found.missing),
        "by_field": dict(found.by_field),
        "differences": [asdict(each) for each in found.found[:SHOWN]],
    }


def lines(found: RunDifferences) -> Iterator[str]:
    """What is the same, then what only one run has, then the differences."""
    for name, number in found.same.items():
        yield f"{name}: {number} predictions are the same"
    yield from found.missing
    for field, number in found.by_field.items():
        yield f"{field} differs in {number} predictions"
    for each in found.found[:SHOWN]:
        yield f"{each.dataset}/{each.question} {each.place}: {each.a!r} in A, {each.b!r} in B"
    if len(found.found) > SHOWN:
        yield f"... and {len(found.found) - SHOWN} more"


def _sets(run: Path) -> dict[str, Path]:
    """The folder of each set that has predictions."""
    folders = {name: run / name for name in read_json(run / "datasets.json")}
    return {name: path for name, path in folders.items() if (path / PREDICTIONS).is_file()}


def _unpaired(
    name: str, a: Path, b: Path, ours: Mapping[str, Prediction], theirs: Mapping[str, Prediction]
) -> Iterator[str]:
    for run, only in ((a, ours.keys() - theirs.keys()), (b, theirs.keys() - ours.keys())):
        if only:
            yield f"{name}: only {run} has predictions of {_some(sorted(only))}"


def _some(ids: Sequence[str]) -> str:
    listed = ", ".join(ids[:SHOWN])
    return f"{len(ids)} questions: {listed}{', ...' if len(ids) > SHOWN else ''}"


def _differing(name: str, a: Prediction, b: Prediction) -> Iterator[Difference]:
    first, second = asdict(a), asdict(b)
    for field in COMPARED:
        for place, one, other in _unequal(field, first[field], second[field]):
            yield Difference(name, a.question, field, place, one, other)
            break


def _unequal(place: str, a: Any, b: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each innermost value that differs; a list that is longer in one run differs as a whole."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        for i, (one, other) in enumerate(zip(a, b, strict=False)):
            yield from _unequal(f"{place}[{i}]", one, other)
        if len(a) != len(b):
            yield f"{place}, length", len(a), len(b)
    elif isinstance(a, dict) and isinstance(b, dict):
        for key in a:
            yield from _unequal(f"{place}.{key}", a[key], b[key])
    elif a != b:
        yield place, a, b
