"""Predictions of a data set -> every measure of every question and of the whole set.

A measure is defined for some questions and averages over all of them; a question without a
prediction counts 0. Only measures of given answers (`verbatim`, `distractor`, `as_of`,
`answered_accuracy`, `answered_f1`) are over the questions that were answered. A measure that is
defined for no question has an empty table.
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
    """All measures of one data set."""

    dataset: str
    per_question: Mapping[str, Mapping[str, float]]
    """Measure -> question id -> value."""
    aggregate: Mapping[str, float]
    """Measures that are not means over questions."""
    curves: Mapping[str, Any]
    """What a report plots: see `eval.scoring.abstention.curves`."""


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
