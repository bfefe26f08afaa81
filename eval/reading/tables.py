"""Attempts of a reader -> measures by title and over all, with intervals.

The threshold on the log odds for one half of the titles is fitted on the other half, so that no
answer is judged by a threshold that has seen it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from eval.errors import DataError
from eval.measures.answers import exact_match, token_f1
from eval.measures.selective_prediction import auroc
from eval.measures.squad import Attempt, squad2
from eval.reading.attempts import HALVES, Half, ReaderAttempt
from eval.scoring.statistics import Interval, interval, resampled

SEED = 0
MEASURES: Mapping[str, str] = {
    "answerable_em": "EM, answerable",
    "answerable_f1": "F1, answerable",
    "f1": "F1, all",
    "best_f1": "best F1, all",
    "auroc": "AUROC",
}
"""Name -> heading, in the order of the table."""

Thresholds = Mapping[Half, float]
"""Least log odds to answer in each half; infinite where never answering is best."""


@dataclass(frozen=True, slots=True)
class TitleScores:
    """A title, or all of them; undefined measures are left out."""

    name: str
    questions: int
    answerable: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ReaderResult:
    """The result of a reader, or of two cross-fitted ones."""

    name: str
    titles: tuple[TitleScores, ...]
    whole: TitleScores
    intervals: Mapping[str, Interval]
    """Of the whole, resampling paragraphs."""
    thresholds: Thresholds


def measured(name: str, attempts: Sequence[ReaderAttempt]) -> ReaderResult:
    """DataError where a half has no question to fit the threshold of the other."""
    halves = {half: [each for each in attempts if each.half == half] for half in HALVES}
    if not all(halves.values()):
        raise DataError(f"{name}: all questions are of one title; at least two titles are expected")
    first, second = HALVES
    thresholds = {first: fit_threshold(halves[second]), second: fit_threshold(halves[first])}
    titles = sorted({each.title for each in attempts})
    of_title = ([each for each in attempts if each.title == title] for title in titles)
    return ReaderResult(
        name,
        tuple(
            _part(title, of_it, thresholds) for title, of_it in zip(titles, of_title, strict=True)
        ),
        _part("all", attempts, thresholds),
        _intervals(attempts, thresholds),
        thresholds,
    )


def fit_threshold(attempts: Sequence[ReaderAttempt]) -> float:
    """The threshold of log odds with the highest F1; infinite where never answering is best."""
    levels, place = np.unique([-each.odds for each in attempts], return_inverse=True)
    gains = np.bincount(place, weights=[_gain(each) for each in attempts]).cumsum()
    return float(-levels[gains.argmax()]) if gains.max() > 0 else math.inf


def _gain(attempt: ReaderAttempt) -> float:
    """F1 gained by answering instead of abstaining."""
    return token_f1(attempt.text, attempt.golds) if attempt.golds else -float(bool(attempt.text))


def _exact_of_answerable(attempt: ReaderAttempt, _: float) -> float | None:
    return exact_match(attempt.text, attempt.golds) if attempt.golds else None


def _f1_of_answerable(attempt: ReaderAttempt, _: float) -> float | None:
    return token_f1(attempt.text, attempt.golds) if attempt.golds else None


def _f1_of_all(attempt: ReaderAttempt, threshold: float) -> float:
    return token_f1(attempt.text if attempt.odds >= threshold else "", attempt.golds)


MEANS: Mapping[str, Callable[[ReaderAttempt, float], float | None]] = {
    "answerable_em": _exact_of_answerable,
    "answerable_f1": _f1_of_answerable,
    "f1": _f1_of_all,
}
"""None where the measure is not defined."""


def _scored(
    name: str, attempts: Sequence[ReaderAttempt], thresholds: Thresholds
) -> list[tuple[float, str]]:
    """Each value with its paragraph."""
    values = ((MEANS[name](each, thresholds[each.half]), each.paragraph) for each in attempts)
    return [(value, paragraph) for value, paragraph in values if value is not None]


def _part(name: str, attempts: Sequence[ReaderAttempt], thresholds: Thresholds) -> TitleScores:
    answerable = [bool(each.golds) for each in attempts]
    means = {mean: _scored(mean, attempts, thresholds) for mean in MEANS}
    tried = [Attempt(each.text, each.odds, each.golds) for each in attempts]
    values = {mean: fmean(value for value, _ in of_it) for mean, of_it in means.items() if of_it}
    values["best_f1"] = squad2(tried)["best_f1"]
    if len(set(answerable)) > 1:
        values["auroc"] = auroc([each.odds for each in attempts], answerable)
    return TitleScores(name, len(attempts), sum(answerable), values)


def _intervals(attempts: Sequence[ReaderAttempt], thresholds: Thresholds) -> dict[str, Interval]:
    found = {}
    for mean in MEANS:
        if scored := _scored(mean, attempts, thresholds):
            values, paragraphs = zip(*scored, strict=True)
            found[mean] = interval(values, paragraphs, seed=SEED)
    found["auroc"] = _auroc(attempts)
    return {name: each for name, each in found.items() if not math.isnan(each.value)}


def _auroc(attempts: Sequence[ReaderAttempt]) -> Interval:
    odds = np.array([each.odds for each in attempts], float)
    answerable = np.array([bool(each.golds) for each in attempts], np.bool_)
    among = [each.paragraph for each in attempts]
    [found] = resampled(
        lambda rows: [auroc(odds[rows].tolist(), answerable[rows].tolist())], among, seed=SEED
    )
    return found
