"""Reads the folder of a run. Knows the shape of its files, not how they were measured.

metrics.json          {"set/measure": value}
intervals.json        {"set/measure": {"value", "low", "high", "n"}}
per_question/SET.json {measure: {question id: value}}
slices.json           {set: {slice: {measure: {"value", "low", "high", "n"}}}}
curves.json           {set: {"risk_coverage": [[coverage, risk], ...],
                             "reliability": [{"confidence", "accuracy", "n"}, ...],
                             "promise": {"max_wrong", "kept": {...} or null}}}
environment.json      whatever is known of machine and code
datasets.json         {set: {"hash", "articles", "questions", "source", "data"}}
SET/predictions.jsonl
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from eval.datasets.loading import load
from eval.datasets.questions import Dataset
from eval.datasets.variants import Variant
from eval.errors import DataError
from eval.runs.files import predictions, read_json
from eval.runs.fingerprints import dataset_hash
from eval.runs.predictions import Prediction
from eval.scoring.statistics import Interval

PerQuestion: TypeAlias = Mapping[str, Mapping[str, float]]
"""Measure -> question id -> value, over the questions the measure is defined for."""


@dataclass(frozen=True, slots=True)
class SetRun:
    """Everything stored about one set of questions."""

    name: str
    predictions: Mapping[str, Prediction]
    per_question: PerQuestion
    metrics: Mapping[str, float]
    intervals: Mapping[str, Interval]
    slices: Mapping[str, Mapping[str, Interval]]
    """Slice -> measure -> value."""
    curves: Mapping[str, Any]
    facts: Mapping[str, Any]
    """About the data set: its hash and sizes."""

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of all questions asked, with or without a prediction."""
        scored = (id for values in self.per_question.values() for id in values)
        return tuple(dict.fromkeys([*self.predictions, *scored]))

    def values(self, question: str) -> dict[str, float]:
        """Every measure defined for this question."""
        return {
            measure: values[question]
            for measure, values in self.per_question.items()
            if question in values
        }


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run of one or more sets."""

    folder: Path
    environment: Mapping[str, Any]
    sets: tuple[SetRun, ...]


def read_run(folder: Path) -> StoredRun:
    """DataError if the folder holds no run or the run cannot be read."""
    metrics = read_json(folder / "metrics.json")
    shared = {
        name: _optional(folder / f"{name}.json")
        for name in ("intervals", "slices", "curves", "environment", "datasets")
    }
    names = shared["datasets"] or dict.fromkeys(name.partition("/")[0] for name in metrics)
    sets = tuple(_set(folder, name, metrics, shared) for name in names)
    return StoredRun(folder, shared["environment"], sets)


def dataset_of(stored: SetRun, *, data: Path | None = None) -> Dataset | None:
    """The articles and questions of a set, or None if they are gone or have changed."""
    facts = stored.facts
    folder = data or (Path(facts["data"]) if facts.get("data") else None)
    try:
        dataset = load(Variant.of(facts.get("source", stored.name)).source, folder)
    except (DataError, OSError):
        return None
    return dataset if dataset_hash(dataset) == facts.get("hash") else None


def _set(
    folder: Path, name: str, metrics: Mapping[str, float], shared: Mapping[str, Any]
) -> SetRun:
    sliced = shared["slices"].get(name, {})
    return SetRun(
        name,
        predictions(folder / name),
        _optional(folder / "per_question" / f"{name}.json"),
        _of(name, metrics),
        _intervals(_of(name, shared["intervals"])),
        {label: _intervals(values) for label, values in sliced.items()},
        shared["curves"].get(name, {}),
        shared["datasets"].get(name, {}),
    )


def _of(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of one set, without its name."""
    prefix = f"{name}/"
    return {key.removeprefix(prefix): values[key] for key in values if key.startswith(prefix)}


def _intervals(records: Mapping[str, Any]) -> dict[str, Interval]:
    return {
        name: Interval(record["value"], record["low"], record["high"], record["n"])
        for name, record in records.items()
    }


def _optional(path: Path) -> Any:
    """An old or unfinished run lacks some files; the report then omits what they hold."""
    return read_json(path) if path.exists() else {}
