"""Predictions of a run -> its numbers, on disk. Needs the data sets, never the service."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from eval.datasets.loading import SAMPLE, load, locate
from eval.datasets.questions import Dataset, clusters_of
from eval.datasets.variants import AS_OF, UNREAD, VARIANTS, Variant
from eval.errors import DataError
from eval.runs.files import predictions, read_json, write_json
from eval.runs.fingerprints import dataset_hash
from eval.runs.predictions import Prediction
from eval.runs.run import limit_questions
from eval.scoring.abstention import uncertainty
from eval.scoring.cases import cases
from eval.scoring.score import Scores, score
from eval.scoring.slices import slices
from eval.scoring.statistics import Interval, intervals

SEED = 0
ERRORS = "errors"
"""The measure that counts questions without a prediction."""


@dataclass(frozen=True, slots=True)
class AskedSet:
    """A data set as it was named, so that it can be found again."""

    dataset: Dataset
    source: str
    data: Path | None
    limit: int | None
    as_of: bool
    unread: bool = False
    """Whether by a service without its reader."""

    @classmethod
    def named(cls, source: str, data: Path | None, *, limit: int | None, as_of: bool) -> "AskedSet":
        """DataError when it is missing or faulty. A source may end in variants."""
        variant = Variant.of(source)
        _find(variant, data)
        dataset = load(variant.source, data)
        return cls(
            replace(dataset, name=variant.named(dataset.name)),
            source,
            data,
            limit,
            as_of or AS_OF in variant.chosen,
            UNREAD in variant.chosen,
        )

    @property
    def facts(self) -> dict[str, Any]:
        asked = limit_questions(self.dataset, self.limit)
        return {
            "hash": dataset_hash(self.dataset),
            "articles": len(self.dataset.articles),
            "questions": len(asked.questions),
            "source": self._lasting_source,
            "data": str(self.data.resolve()) if self.data else None,
            "limit": self.limit,
            "as_of": self.as_of,
            "unread": self.unread,
        }

    @property
    def _lasting_source(self) -> str:
        """An absolute path, or the name as it is."""
        variant = Variant.of(self.source)
        path = locate(variant.source, self.data)
        inside = self.data is not None and path.is_relative_to(self.data)
        known = inside or variant.source == SAMPLE
        return (variant.source if known else str(path.resolve())) + variant.behind


@dataclass(frozen=True, slots=True)
class Results:
    """The numbers of a run, by `set/measure`."""

    metrics: Mapping[str, float]
    intervals: Mapping[str, Interval]


def write_datasets(out: Path, asked: Iterable[AskedSet]) -> None:
    """Written before anything is asked, so that an unfinished run can be scored."""
    write_json(out / "datasets.json", {each.dataset.name: each.facts for each in asked})


def rescore(out: Path, *, data: Path | None = None) -> Results:
    """The numbers of a stored run again; DataError when a data set is no longer what it was."""
    stored = read_json(out / "datasets.json")
    return score_all(out, [_found(name, facts, data, out) for name, facts in stored.items()])


def score_all(out: Path, asked: Sequence[AskedSet]) -> Results:
    """Scores the predictions in `out` and writes the numbers beside them."""
    metrics: dict[str, float] = {}
    sure: dict[str, Interval] = {}
    sliced, curves, clusters = {}, {}, {}
    for each in asked:
        dataset = limit_questions(each.dataset, each.limit)
        name, found = dataset.name, predictions(out / dataset.name)
        scores = score(dataset, found)
        write_json(out / "per_question" / f"{name}.json", _plain(scores.per_question))
        measured = means(dataset, scores) | aggregate_intervals(dataset, found)
        sure |= {f"{name}/{key}": value for key, value in measured.items()}
        metrics |= {f"{name}/{key}": value for key, value in _values(scores, measured).items()}
        metrics[f"{name}/{ERRORS}"] = count_errors(dataset, found)
        sliced[name], curves[name] = slices(dataset, scores), scores.curves
        clusters[name] = clusters_of(dataset)
    write_json(out / "slices.json", sliced)
    write_json(out / "curves.json", curves)
    write_json(out / "clusters.json", clusters)
    write_json(out / "intervals.json", {key: asdict(value) for key, value in sure.items()})
    write_json(out / "metrics.json", metrics)
    return Results(metrics, sure)


def means(dataset: Dataset, scores: Scores) -> dict[str, Interval]:
    """Mean and interval of each measure; those over the same questions share their resamples."""
    clusters = clusters_of(dataset)
    alike = defaultdict(list)
    for name, values in scores.per_question.items():
        if values:
            alike[tuple(values)].append(name)
    found: dict[str, Interval] = {}
    for questions, names in alike.items():
        columns = np.array([list(scores.per_question[name].values()) for name in names], float)
        among = [clusters[question] for question in questions]
        found |= dict(zip(names, intervals(columns.T, among, seed=SEED), strict=True))
    return {name: found[name] for name in scores.per_question if name in found}


def aggregate_intervals(dataset: Dataset, found: Mapping[str, Prediction]) -> dict[str, Interval]:
    """Intervals of measures over the whole set: AUROC, calibration, coverage."""
    return uncertainty(cases(dataset, found), clusters_of(dataset), seed=SEED)


def count_errors(dataset: Dataset, found: Mapping[str, Prediction]) -> int:
    """Questions without a prediction or with an error."""
    return sum(
        question.id not in found or found[question.id].error is not None
        for question in dataset.questions
    )


def _find(variant: Variant, data: Path | None) -> None:
    """DataError that lists the variants where one may have been meant."""
    try:
        locate(variant.source, data)
    except DataError as error:
        if not variant.doubtful:
            raise
        known = ", ".join(f"@{each}" for each in VARIANTS)
        raise DataError(f"{error}; a set may be followed by {known} or both") from error


def _found(name: str, facts: Mapping[str, Any], data: Path | None, out: Path) -> AskedSet:
    folder = data or (Path(facts["data"]) if facts["data"] else None)
    asked = AskedSet.named(facts["source"], folder, limit=facts["limit"], as_of=facts["as_of"])
    if (now := dataset_hash(asked.dataset)) != facts["hash"]:
        raise DataError(
            f"{out / 'datasets.json'}: {name} was asked when its hash was {facts['hash']}, now it "
            f"is {now}: give the data as it was with --data, or run the evaluation again."
        )
    return asked


def _values(scores: Scores, measured: Mapping[str, Interval]) -> dict[str, float]:
    return {name: each.value for name, each in measured.items()} | dict(scores.aggregate)


def _plain(per_question: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {means: dict(values) for means, values in per_question.items()}
