"""Predictions of a data set -> every measure of every question, and what only a whole set has.

A measure is defined for some questions, and averages over all of these: one that brought no
prediction counts 0. Only what judges answers given (`verbatim`, `distractor`, `as_of`,
`answered_accuracy`) is over the questions that were answered. A measure defined for no question of
the set keeps an empty table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.datasets.questions import Dataset
from eval.runs.predictions import Prediction
from eval.scoring.abstention import aggregates, curves
from eval.scoring.baselines import BASELINES
from eval.scoring.cases import Case, cases
from eval.scoring.measures_by_name import ALL, OF_PASSAGES, Measure


@dataclass(frozen=True, slots=True)
class Scores:
    """All that is measured of one data set."""

    dataset: str
    per_question: Mapping[str, Mapping[str, float]]
    """Measure -> question id -> value."""
    aggregate: Mapping[str, float]
    """Measures that are no means over questions."""
    curves: Mapping[str, Any]
    """What a report draws: see `eval.deciding.curves`."""


def score(dataset: Dataset, predictions: Mapping[str, Prediction]) -> Scores:
    """`predictions` by question id."""
    asked = cases(dataset, predictions)
    per_question = {measure.name: _values(measure, asked) for measure in ALL}
    for name, baseline in BASELINES.items():
        ranked = [case.ranked_by(baseline) for case in asked]
        per_question |= {f"{name}:{each.name}": _values(each, ranked) for each in OF_PASSAGES}
    return Scores(
        dataset.name,
        per_question,
        aggregates(asked),
        curves(asked),
    )


def _values(measure: Measure, asked: Sequence[Case]) -> dict[str, float]:
    return {case.question.id: measure.value(case) for case in asked if measure.defined(case)}
