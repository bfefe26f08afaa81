"""Fit the confidence of `rag/answering/confidence.py`; print how it travels and what it promises.

    python -m training.fit_confidence --data DATA --judged rag/guarantee/judged_answers.json

Every set is left out once: the confidence is fitted on the others and measured on it, so that the
calibration error printed is that of an archive the fit has not seen. What ships is fitted on all
sets but those that the reader was trained on. Sets over archives of one article are left out
together with the whole set that they are of.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from eval.measures.calibration import ece
from eval.measures.selective_prediction import aurc, auroc
from eval.runs.index_cache import default_cache
from rag.answering.confidence import SIGNALS, recipe
from rag.guarantee.judged_answers import JudgedAnswers, write_judged
from rag.guarantee.threshold import choose, least_promised
from rag.reading.reader import BUNDLED
from rag.settings import ServiceSettings
from training.confidence_cases import SETS, ConfidenceCase, cases

READ = frozenset({"squad2"})
"""Sets that the bundled reader was trained on: its odds are better there than anywhere else."""
OF_THE_ARCHIVE = frozenset({"score"})
"""Signals that mean something else in a small archive than in a large one: their weight is 0."""
STRENGTH = 1.0
"""Inverse of the ridge penalty, on standardised signals."""
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)
PROMISES = (0.05, 0.1, 0.2, 0.3)

Vector = NDArray[np.float64]


class LogisticFit:
    """Intercept and weights of the signals as they are."""

    def __init__(self, fitted_on: Sequence[ConfidenceCase], *, exact: bool = False) -> None:
        """Every set has the same total weight."""
        known, right = _signals(fitted_on), _labels(fitted_on, exact=exact)
        sets = np.array([case.dataset for case in fitted_on])
        counts = {name: float((sets == name).sum()) for name in np.unique(sets)}
        weights = np.array([len(sets) / len(counts) / counts[name] for name in sets])
        middle, width = known.mean(0), known.std(0) + 1e-9
        model = LogisticRegression(C=STRENGTH, max_iter=2000)
        model.fit((known - middle) / width, right, sample_weight=weights)
        self.weights: Vector = model.coef_[0] / width
        self.intercept = float(model.intercept_[0] - (self.weights * middle).sum())

    def confidences(self, asked: Sequence[ConfidenceCase]) -> list[float]:
        logits = self.intercept + _signals(asked) @ self.weights
        found: list[float] = (1 / (1 + np.exp(-logits))).tolist()
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--limit", type=int, help="questions of each set")
    parser.add_argument("--judged", type=Path, help="where to write the judged answers that ship")
    arguments = parser.parse_args()
    report(
        list(cases(arguments.sets, arguments.data, arguments.cache, arguments.limit)),
        arguments.judged,
    )


def report(asked: Sequence[ConfidenceCase], judged: Path | None = None) -> None:
    """How it travels, by sentences and by short answers; then what ships."""
    print("sentences, right if they hold a marked answer:")
    left_out(asked)
    print("short answers, right from a token F1 of .5:")
    left_out([case for case in asked if case.exact is not None], exact=True)
    shipped = LogisticFit([case for case in asked if case.dataset not in READ])
    print("to ship, intercept:", round(shipped.intercept, 3))
    for name, weight in zip((*SIGNALS, "agreeing"), shipped.weights, strict=True):
        print(f"  {name}: {weight:.3f}")
    worth(asked, shipped)
    promises(asked, shipped, judged)


def left_out(asked: Sequence[ConfidenceCase], *, exact: bool = False) -> None:
    """Each set with a confidence fitted on the others."""
    errors = []
    for name in dict.fromkeys(case.dataset for case in asked):
        here = [case for case in asked if case.dataset == name]
        others = [
            case
            for case in asked
            if _source(case.dataset) != _source(name) and case.dataset not in READ
        ]
        if not others:
            continue
        right = _labels(here, exact=exact).tolist()
        sure = LogisticFit(others, exact=exact).confidences(here)
        errors.append((ece(sure, right), name))
        print(
            f"  without {name}, n={len(here)}: right {np.mean(right):.3f}, mean confidence "
            f"{np.mean(sure):.3f}, ECE {ece(sure, right):.3f}, AUROC "
            f"{auroc(sure, list(map(bool, right))):.3f}, AURC {aurc(sure, right):.3f}"
        )
    if errors:
        print(f"  worst ECE of a set left out: {max(errors)[0]:.3f} ({max(errors)[1]})")


def worth(asked: Sequence[ConfidenceCase], fit: LogisticFit) -> None:
    """What each threshold answers, of all sets that are not the reader's own."""
    whole = [case for case in asked if case.dataset not in READ]
    sure = np.array(fit.confidences(whole))
    right = _labels(whole).astype(bool)
    answerable = np.array([case.answerable for case in whole])
    for threshold in THRESHOLDS:
        given = sure >= threshold
        print(
            f"  threshold {threshold}: answers {given[answerable].mean():.2f} of answerable, "
            f"{given[~answerable].mean():.2f} of unanswerable, right {right[given].mean():.2f}"
        )


def promises(asked: Sequence[ConfidenceCase], fit: LogisticFit, out: Path | None) -> None:
    """By set and over all: what can be promised of the answers that are shown today."""
    least = ServiceSettings().min_confidence
    pairs = {}
    for name in dict.fromkeys(case.dataset for case in asked if case.dataset not in READ):
        here = [case for case in asked if case.dataset == name and case.may_answer]
        found = zip(here, fit.confidences(here), strict=True)
        judged = (
            (sure, case.right) if case.stated is None else (case.stated, case.stated_right)
            for case, sure in found
        )
        pairs[name] = tuple((round(sure, 4), int(right)) for sure, right in judged if sure >= least)
    questions = sum(case.dataset in pairs for case in asked)
    kept = JudgedAnswers("marks", recipe(BUNDLED), datetime.now(UTC), questions, pairs)
    for name in (*pairs, "all"):
        some = (
            kept
            if name == "all"
            else JudgedAnswers("marks", kept.recipe, kept.made_at, questions, {name: pairs[name]})
        )
        answers = some.pooled
        chosen = {share: choose(answers, share) for share in PROMISES}
        shown = ", ".join(
            f"{share:g}: {each.shown if each else 0}" for share, each in chosen.items()
        )
        lowest = least_promised(answers)
        print(
            f"  promised for {name}, of {len(answers)} answers: {shown}; "
            f"least {lowest and lowest.max_wrong}"
        )
    if out:
        write_judged(out, kept)


def _source(name: str) -> str:
    return name.partition("@")[0]


def _signals(asked: Sequence[ConfidenceCase]) -> Vector:
    """0 for those of the archive, so that they get no weight."""
    kept = np.array([name not in OF_THE_ARCHIVE for name in (*SIGNALS, "agreeing")])
    return np.array([case.signals for case in asked], np.float64) * kept


def _labels(asked: Sequence[ConfidenceCase], *, exact: bool = False) -> Vector:
    return np.array([case.exact if exact else case.right for case in asked], np.float64)


if __name__ == "__main__":
    main()
