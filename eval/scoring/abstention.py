"""Measures of abstention over a whole set, from the confidence of each answer.

A refused question counts with the answer it would have had (`Case.right`), so that every threshold
can be assessed, not only the one in use.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from eval.measures import calibration, latency
from eval.measures import selective_prediction as selective
from eval.measures.squad import Attempt, squad2
from eval.scoring.cases import Case
from eval.scoring.statistics import Interval, resampled
from rag.guarantee.threshold import JudgedAnswer, choose, least_promised

TARGET = 0.8
"""Accuracy a threshold is fitted for."""
PROMISED = 0.1
"""Share of wrong answers that a run is asked whether it could be promised."""
LATENCY_PERCENTS = (50, 90, 95, 99)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Aligned arrays over questions."""

    confidence: NDArray[np.float64]
    answerable: NDArray[np.bool_]
    right: NDArray[np.float64]
    withheld: NDArray[np.bool_]
    """The article with the answer was withheld."""
    other_events: NDArray[np.bool_]
    """It is about something the archive never covered."""

    def at(self, rows: NDArray[Any]) -> "Outcomes":
        """Some of them, by number or by mask."""
        return Outcomes(*(getattr(self, field.name)[rows] for field in fields(self)))


Statistic = Callable[[Outcomes], float]
"""nan where it is not defined."""


def aggregates(cases: Sequence[Case]) -> dict[str, float]:
    """By name, where defined for the set."""
    outcomes = _outcomes(cases)
    found = {name: statistic(outcomes) for name, statistic in STATISTICS.items()}
    found |= {**_squad2_best(cases), **_thresholds(cases), **_latency(cases)}
    return {name: value for name, value in found.items() if not math.isnan(value)}


def uncertainty(
    cases: Sequence[Case], clusters: Mapping[str, str], *, seed: int
) -> dict[str, Interval]:
    """Intervals of `STATISTICS`, resampled by cluster."""
    if not cases:
        return {}
    outcomes = _outcomes(cases)

    def taken(rows: NDArray[np.int64]) -> list[float]:
        drawn = outcomes.at(rows)
        return [statistic(drawn) for statistic in STATISTICS.values()]

    among = [clusters[case.question.id] for case in cases]
    found = zip(STATISTICS, resampled(taken, among, seed=seed), strict=True)
    return {name: interval for name, interval in found if not math.isnan(interval.value)}


def curves(cases: Sequence[Case]) -> dict[str, Any]:
    """As JSON.

    `risk_coverage` [[coverage, risk], ...], `reliability` [{confidence, accuracy, n, low, high},
    ...], `latency` {"p50_ms/<stage>": milliseconds, ...}, `promise` {"max_wrong": PROMISED,
    "kept": {"max_wrong", "coverage", "least_confidence"} or null}.
    """
    outcomes = _outcomes(cases)
    confidence, right = outcomes.confidence.tolist(), outcomes.right.tolist()
    points = selective.risk_coverage(confidence, right)
    return {
        "risk_coverage": [[point.coverage, point.risk] for point in points],
        "reliability": [asdict(each) for each in calibration.reliability(confidence, right)],
        "latency": _latency(cases, LATENCY_PERCENTS),
        "promise": {"max_wrong": PROMISED, "kept": _promise(cases)},
    }


def _promise(cases: Sequence[Case]) -> dict[str, float] | None:
    """The least share of wrong answers from PROMISED upwards that these answers let promise."""
    answers = [
        JudgedAnswer(case.prediction.confidence, case.right)
        for case in cases
        if case.prediction.answered
    ]
    kept = choose(answers, PROMISED)
    if kept is None:
        above = least_promised(answers)
        kept = above if above and above.max_wrong > PROMISED else None
    if kept is None:
        return None
    return {
        "max_wrong": kept.max_wrong,
        "coverage": kept.shown / len(cases),
        "least_confidence": kept.least_confidence,
    }


def _outcomes(cases: Sequence[Case]) -> Outcomes:
    return Outcomes(
        np.array([case.prediction.confidence for case in cases], np.float64),
        np.array([case.question.answerable for case in cases], np.bool_),
        np.array([case.right for case in cases], np.float64),
        np.array(["withheld" in case.question.tags for case in cases], np.bool_),
        np.array(["other_events" in case.question.tags for case in cases], np.bool_),
    )


def _auroc(outcomes: Outcomes) -> float:
    return selective.auroc(outcomes.confidence.tolist(), outcomes.answerable.tolist())


def _against_withheld(outcomes: Outcomes) -> float:
    return _auroc(outcomes.at(outcomes.answerable | outcomes.withheld))


def _against_other_events(outcomes: Outcomes) -> float:
    return _auroc(outcomes.at(outcomes.answerable | outcomes.other_events))


def _average_precision(outcomes: Outcomes) -> float:
    return selective.average_precision(outcomes.confidence.tolist(), outcomes.answerable.tolist())


def _of_right(measure: Callable[[list[float], list[float]], float]) -> Statistic:
    return lambda outcomes: measure(outcomes.confidence.tolist(), outcomes.right.tolist())


def _coverage(accuracy: float) -> Statistic:
    return _of_right(lambda confidence, right: selective.coverage_at(confidence, right, accuracy))


STATISTICS: Mapping[str, Statistic] = {
    "auroc": _auroc,
    "auroc_withheld": _against_withheld,
    "auroc_other_events": _against_other_events,
    "ap": _average_precision,
    "aurc": _of_right(selective.aurc),
    "coverage@80": _coverage(0.80),
    "coverage@90": _coverage(0.90),
    "coverage@95": _coverage(0.95),
    "ece": _of_right(calibration.ece),
    "brier": _of_right(calibration.brier),
}


def _squad2_best(cases: Sequence[Case]) -> dict[str, float]:
    """At the best threshold in hindsight."""
    attempts = [
        Attempt(
            None if case.missing else case.prediction.text,
            case.prediction.confidence,
            case.right_texts,
        )
        for case in cases
        if case.has_text
    ]
    return {"squad2_best_f1": squad2(attempts)["best_f1"]} if attempts else {}


def _thresholds(cases: Sequence[Case]) -> dict[str, float]:
    """Fitted on half of the articles, applied to the rest; empty where none reaches TARGET."""
    outcomes = _outcomes(cases)
    here = np.array([crc32(_part(case).encode()) % 2 == 0 for case in cases], np.bool_)
    fit, frozen = outcomes.at(here), outcomes.at(~here)
    threshold = selective.fit_threshold(fit.confidence.tolist(), fit.right.tolist(), TARGET)
    if threshold == selective.REFUSE_ALL:
        return {}
    found = {"threshold": threshold}
    for name, part in (("fit", fit), ("frozen", frozen)):
        point = selective.at_threshold(part.confidence.tolist(), part.right.tolist(), threshold)
        found[f"answered_coverage_{name}"] = point.coverage
        found[f"answered_accuracy_{name}"] = point.accuracy if point.coverage else math.nan
    return found


def _part(case: Case) -> str:
    """Questions about one article are in the same half."""
    return case.question.gold[0].article if case.question.gold else case.question.id


def _latency(cases: Sequence[Case], percents: Sequence[int] = latency.PERCENTS) -> dict[str, float]:
    return latency.percentiles((case.prediction.timings_ms or {} for case in cases), percents)
