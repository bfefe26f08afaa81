"""Fit the confidence of `rag/answering/confidence.py` and print what each threshold gives.

    python -m training.fit_confidence --data ../shared/data/qa

Questions of newsqa, including those without an answer, and of realtimeqa, as of their day and a
month before it, are split in two halves by a hash of their gold article: one half is fitted on, the
other is only measured. What ships is fitted on both.
"""

import argparse
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from eval.datasets.loading import load
from eval.datasets.questions import Gold, Question
from eval.measures.calibration import ece
from eval.measures.ranges import inside
from eval.measures.selective_prediction import aurc
from eval.runs.index_cache import default_cache
from index.documents import Filter
from index.language.terms import analyze
from rag.answering.confidence import signals
from rag.answering.from_passages import PassageAnswer
from training.indexes import service_over

ONE_OUTLET, MANY_OUTLETS = "newsqa", "realtimeqa"
EARLIER = timedelta(days=37)
"""Before the day of a question, whose answer is then still to come."""
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Case:
    """Signals of the best sentence of one question, and whether it is right."""

    dataset: str
    signals: tuple[float, ...]
    """Those of the confidence, then how many other articles agree."""
    right: bool
    answerable: bool
    fitted: bool
    """Whether it is of the half that is fitted on."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=default_cache())
    arguments = parser.parse_args()
    report([*asked(arguments.data, arguments.cache), *dated(arguments.data, arguments.cache)])


def asked(data: Path, cache: Path) -> Iterator[Case]:
    """Of newsqa."""
    dataset = load(ONE_OUTLET, data)
    with service_over(dataset, cache) as service:
        for question in dataset.questions:
            passages = service.ask_with_trace(question.text).trace.passages
            if passages.candidates.evidence:
                first = passages.candidates.best
                place = Gold(first.article.id, first.span.start, first.span.end)
                right = any(inside(answer, place) for answer in question.answers)
                yield _case(ONE_OUTLET, question, passages, right, question.answerable)


def dated(data: Path, cache: Path) -> Iterator[Case]:
    """Of realtimeqa, as of the day of each question and as of a month before.

    A sentence with the words of the answer counts as right. Where the passages have them a month
    before, the earlier question is left out.
    """
    dataset = load(MANY_OUTLETS, data)
    with service_over(dataset, cache) as service:
        for question in dataset.questions:
            if question.as_of is None or not question.answerable or "who_said" in question.tags:
                continue
            for before in (timedelta(), EARLIER):
                filter = Filter(as_of=question.as_of - before)
                passages = service.ask_with_trace(question.text, filter=filter).trace.passages
                found = (each.sentence for each in passages.ranked)
                if passages.candidates.evidence and not (before and _has(question, found)):
                    right = _has(question, [passages.candidates.best.sentence])
                    yield _case(MANY_OUTLETS, question, passages, right, not before)


def _has(question: Question, sentences: Iterable[str]) -> bool:
    """Whether one of them has the words of an answer, in their order."""
    answers = [f" {' '.join(analyze(text))} " for text in question.texts]
    held = [f" {' '.join(analyze(sentence))} " for sentence in sentences]
    return any(answer in text for answer in answers for text in held)


def _case(
    dataset: str, question: Question, passages: PassageAnswer, right: bool, answerable: bool
) -> Case:
    candidates = passages.candidates
    about = min(question.relevant, default=question.id)
    return Case(
        dataset,
        (*signals(passages.query, candidates.best), candidates.agreeing),
        right,
        answerable,
        fitted=zlib.crc32(about.encode()) % 2 == 0,
    )


def report(cases: list[Case]) -> None:
    """Fitted on one half for the figures, on all for the weights to ship."""
    known = np.array([case.signals for case in cases])
    right = np.array([case.right for case in cases])
    answerable = np.array([case.answerable for case in cases])
    half = np.array([case.fitted for case in cases])
    sets = np.array([case.dataset for case in cases])
    everything = np.ones(len(cases), bool)
    for name, part in (("one half", half), ("all, to ship", everything)):
        model = _fitted(known[part], right[part], sets[part])
        print(name, "intercept:", model.intercept_.round(3), "weights:", model.coef_.round(3))
    scores = _fitted(known[half], right[half], sets[half]).predict_proba(known)[:, 1]
    for dataset in (ONE_OUTLET, MANY_OUTLETS):
        part = ~half & (sets == dataset)
        print(
            f"{dataset}, other half, n={part.sum()}: AUROC "
            f"right {roc_auc_score(right[part], scores[part]):.3f}, "
            f"answerable {roc_auc_score(answerable[part], scores[part]):.3f}; "
            f"AURC {aurc(scores[part].tolist(), right[part].tolist()):.3f}, "
            f"ECE {ece(scores[part].tolist(), right[part].tolist()):.3f}"
        )
        for threshold in THRESHOLDS:
            print(_worth(threshold, scores[part], right[part], answerable[part]))


def _fitted(
    known: NDArray[np.float64], right: NDArray[np.bool_], sets: NDArray[np.str_]
) -> LogisticRegression:
    """Every set with the same total weight."""
    counts = {name: float((sets == name).sum()) for name in np.unique(sets)}
    weights = np.array([len(sets) / len(counts) / counts[name] for name in sets])
    return LogisticRegression(C=100, max_iter=1000).fit(known, right, sample_weight=weights)


def _worth(
    threshold: float,
    scores: NDArray[np.float64],
    right: NDArray[np.bool_],
    answerable: NDArray[np.bool_],
) -> str:
    given = scores >= threshold
    return (
        f"  threshold {threshold}: answers {given[answerable].mean():.2f} of answerable, "
        f"{given[~answerable].mean():.2f} of unanswerable, right {right[given].mean():.2f}"
    )


if __name__ == "__main__":
    main()
