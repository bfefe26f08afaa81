"""Learn the weights by which a speaker's statements are ordered, from what readers judged.

    python -m training.fit_statements --data ../shared/data/qa --pool ../deeper

Only questions of the choosing half are asked, over the index of `onrecord eval judged run`.
`--pool` writes what the service shows beyond its first places to that folder, for `eval judged
pool`: a fit needs more than the five that a reader meets.

Listwise softmax over the judged statements of a question (ListNet, Cao et al. 2007), drawn towards
the weights there are; a weight keeps its sign. How strongly it is drawn is chosen by leaving out
one question at a time, and the first statement of the question left out is what is reported.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.judged.asking import articles_of
from eval.judged.judgements import LABELS, JudgedPlaces, read_judgements
from eval.judged.questions import REALTIMEQA, JudgedQuestion, dataset_of, read_questions
from eval.judged.score import part_of
from eval.judged.shown import DEPTH, Showing, Shown, write_shown
from eval.runs.index_cache import default_cache
from index.documents import Filter
from rag.statements.quote_spans import quote_span
from rag.statements.ranking.features import WEIGHTS, matrix
from rag.statements.ranking.search import ScoredStatement, is_certain
from training.indexes import service_over
from training.listwise import log_likelihood

Vector = NDArray[np.float64]
DEEPEST = 15
"""Statements of a question that readers judge."""
PENALTIES = (0.01, 0.03, 0.1, 0.3, 1.0)
"""On the squared distance from the weights there are."""
RIGHT = LABELS["who_said"][0]


@dataclass(frozen=True, slots=True)
class JudgedList:
    """The judged statements of one question."""

    question: JudgedQuestion
    features: NDArray[np.float64]
    """(n, len(WEIGHTS))."""
    right: NDArray[np.bool_]
    """(n,) whether readers found it telling."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--pool", type=Path)
    arguments = parser.parse_args()
    found = dict(asked(arguments.data, arguments.cache))
    if arguments.pool:
        write_shown(arguments.pool / "shown.jsonl", deeper(found))
    report([each for each in lists(found) if each.right.any() and not each.right.all()])


def asked(data: Path, cache: Path) -> Iterator[tuple[str, Sequence[ScoredStatement]]]:
    """The id of each choosing question about speech, and all statements that may answer it."""
    questions = _questions()
    dataset = dataset_of("judged", questions, articles_of(REALTIMEQA, data))
    with service_over(dataset, cache) as service:
        for question in questions:
            filter = Filter(as_of=question.asked_at)
            if found := service.ask_with_trace(question.text, filter=filter).trace.statements:
                yield question.id, found.statements


def _questions() -> list[JudgedQuestion]:
    choosing = part_of(read_questions(REALTIMEQA), "choosing")
    return [each for each in choosing if each.kind == "who_said"]


def deeper(found: Mapping[str, Sequence[ScoredStatement]]) -> Iterator[Showing]:
    """Places beyond the first as those of further systems, because of each only five are read."""
    for question, statements in found.items():
        for start in range(0, min(len(statements), DEEPEST), DEPTH):
            places = tuple(map(_shown, statements[start : start + DEPTH]))
            yield Showing(question, f"service from {start + 1}", places)


def lists(found: Mapping[str, Sequence[ScoredStatement]]) -> Iterator[JudgedList]:
    questions = _questions()
    places = JudgedPlaces(questions, read_judgements(REALTIMEQA))
    for question in (each for each in questions if each.id in found):
        labels = [(each, places.label(question.id, _shown(each))) for each in found[question.id]]
        judged = [(each, label) for each, label in labels if label]
        yield JudgedList(
            question,
            matrix([each.features for each, _ in judged]),
            np.array([label == RIGHT for _, label in judged], bool),
        )


def _shown(scored: ScoredStatement) -> Shown:
    statement, article = scored.statement, scored.article
    span = quote_span(article, statement, ())
    return Shown(
        article.id,
        span.start,
        span.end,
        article.revision,
        statement.speaker,
        certain=is_certain(statement),
    )


def report(judged: Sequence[JudgedList]) -> None:
    """Print how often the first statement is right, then the weights learnt on all."""
    known = _known()
    today = np.mean([_first_is_right(each, known) for each in judged])
    count = sum(len(each.right) for each in judged)
    print(f"{len(judged)} questions, {count} judged statements; first right today {today:.3f}")
    kept = {penalty: _left_out(judged, penalty) for penalty in PENALTIES}
    for penalty, right in kept.items():
        print(f"penalty {penalty}: first right, left out {right:.3f}")
    best = max(PENALTIES, key=lambda penalty: (kept[penalty], penalty))
    weights = fitted(judged, best)
    right = np.mean([_first_is_right(each, weights) for each in judged])
    print(f"penalty {best}, learnt on all: first right {right:.3f}")
    print({name: round(float(w), 2) for name, w in zip(WEIGHTS, weights, strict=True)})


def _left_out(judged: Sequence[JudgedList], penalty: float) -> float:
    """The mean over questions, each with weights learnt on the others."""
    return float(
        np.mean(
            [
                _first_is_right(each, fitted([*judged[:place], *judged[place + 1 :]], penalty))
                for place, each in enumerate(judged)
            ]
        )
    )


def fitted(judged: Sequence[JudgedList], penalty: float) -> Vector:
    """Minimise the mean negative log likelihood of the right statements with L-BFGS-B."""
    known = _known()

    def loss(weights: Vector) -> tuple[float, Vector]:
        away = weights - known
        value, slope = penalty * float(away @ away), 2 * penalty * away
        for each in judged:
            part, gradient = log_likelihood(each.features, each.right, weights)
            value, slope = value - part / len(judged), slope - gradient / len(judged)
        return value, slope

    bounds = [(0, None) if weight > 0 else (None, 0) for weight in known]
    return np.asarray(minimize(loss, known, jac=True, method="L-BFGS-B", bounds=bounds).x)


def _known() -> Vector:
    return np.array([*WEIGHTS.values()])


def _first_is_right(judged: JudgedList, weights: Vector) -> bool:
    return bool(judged.right[int(np.argmax(judged.features @ weights))])


if __name__ == "__main__":
    main()
