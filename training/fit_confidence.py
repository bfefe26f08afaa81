"""Fit the confidence of `rag/answering/confidence.py` and print what each threshold gives.

    python -m training.fit_confidence --data ../shared/data/qa

Questions of newsqa, including those without an answer, are split in two halves by a hash of their
gold article: one half is fitted on, the other is only measured.
"""

import argparse
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
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
from rag.answering.confidence import signals
from rag.answering.from_passages import PassageAnswer
from training.indexes import service_over

SET = "newsqa"
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Case:
    """Signals of the best sentence of one question, and whether it is right."""

    signals: tuple[float, ...]
    right: bool
    answerable: bool
    fitted: bool
    """Whether it is of the half that is fitted on."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=default_cache())
    arguments = parser.parse_args()
    report(list(asked(arguments.data, arguments.cache)))


def asked(data: Path, cache: Path) -> Iterator[Case]:
    dataset = load(SET, data)
    with service_over(dataset, cache) as service:
        for question in dataset.questions:
            if (passages := service.ask_with_trace(question.text).trace.passages).ranked:
                yield _case(question, passages)


def _case(question: Question, passages: PassageAnswer) -> Case:
    first = (passages.candidates.evidence or passages.ranked)[0]
    place = Gold(first.article.id, first.span.start, first.span.end)
    about = min(question.relevant, default=question.id)
    return Case(
        signals=signals(passages.query, first),
        right=any(inside(answer, place) for answer in question.answers),
        answerable=question.answerable,
        fitted=zlib.crc32(about.encode()) % 2 == 0,
    )


def report(cases: list[Case]) -> None:
    known = np.array([case.signals for case in cases])
    right = np.array([case.right for case in cases])
    answerable = np.array([case.answerable for case in cases])
    half = np.array([case.fitted for case in cases])
    model = LogisticRegression(C=100, max_iter=1000).fit(known[half], right[half])
    print("intercept:", model.intercept_.round(3), "of signals:", model.coef_.round(3))
    scores = model.predict_proba(known)[:, 1]
    for name, part in (("fitted", half), ("other", ~half)):
        print(
            f"{name} half, n={part.sum()}: AUROC "
            f"right {roc_auc_score(right[part], scores[part]):.3f}, "
            f"answerable {roc_auc_score(answerable[part], scores[part]):.3f}; "
            f"AURC {aurc(scores[part].tolist(), right[part].tolist()):.3f}, "
            f"ECE {ece(scores[part].tolist(), right[part].tolist()):.3f}"
        )
        for threshold in THRESHOLDS:
            print(_worth(threshold, scores[part], right[part], answerable[part]))


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
