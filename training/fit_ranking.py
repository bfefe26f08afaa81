"""Learn the weights of hybrid retrieval, the reranker and the sentence ranker.

    python -m training.fit_ranking newsqa onestopqa --data ../shared/data/qa

Questions are split in two halves by a hash of their gold article. Weights learnt on one half of
all sets are judged on the other, both ways round; the weights printed to ship are learnt on
everything. Listwise softmax over the candidates (ListNet, Cao et al. 2007), no negative weights,
every set with the same total weight. The indexes are those of `onrecord eval run`.
"""

import argparse
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.datasets.questions import Gold, Question
from eval.measures.ranges import agree, inside
from eval.runs.index_cache import default_cache
from eval.scoring.results import AskedSet
from index.documents import Filter, Span
from rag.reading import sentence_features, sentence_ranker
from rag.reading.evidence import Predictions
from rag.reading.reader import NO_READER, Reader, SpanReader, Text
from rag.retrieval import reranker
from rag.retrieval.excerpts import Excerpt
from rag.retrieval.hybrid import DENSE, FRESH, LEAD, LEXICAL
from rag.service import Service
from training.indexes import service_over
from training.listwise import log_likelihood

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
TIED = {"lexical": 0.45, "dense": 0.40, "lead": 0.15}
"""Shares of one weight, fixed by hand: they also choose what is read, which is not learnt here."""
RETRIEVED = {"lexical": LEXICAL, "dense": DENSE, "lead": LEAD}
PASSAGE = ("retrieved", "date", *reranker.WEIGHTS)
SENTENCE = tuple(map(str, sentence_ranker.UNREAD_WEIGHTS))
READ = tuple(map(str, sentence_ranker.READ_WEIGHTS))
"""`SENTENCE`, then the signals of the reader."""
PENALTY = 1e-3


@dataclass(frozen=True, slots=True)
class Case:
    """One question: a row of signals for each passage, and for each of their sentences."""

    dataset: str
    half: int
    passages: Matrix
    """(n, len(PASSAGE))."""
    holds: Mask
    """(n,) whether the passage holds a whole gold range."""
    relevant: Mask
    """(n,) whether its article is right."""
    articles: Sequence[str]
    sentences: Matrix
    """(m, len(READ)); the column of the passage's score is filled in later."""
    passage_of: NDArray[np.int64]
    """(m,) the row of each sentence's passage."""
    places: Sequence[tuple[str, int]]
    """(m,) article and first character, because passages share sentences."""
    answers: Mask
    """(m,) whether the sentence is right."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=default_cache())
    arguments = parser.parse_args()
    cases = [
        case for name in arguments.sets for case in extracted(name, arguments.data, arguments.cache)
    ]
    report(cases)


def extracted(name: str, data: Path, cache: Path) -> Iterator[Case]:
    asked = AskedSet.named(name, data, limit=None, as_of=False)
    dataset = asked.dataset
    reader = SpanReader()
    with service_over(dataset, cache, reader=NO_READER) as service:
        for question in dataset.questions:
            if question.answerable and any(question.relevant.values()):
                yield _case(name, service, reader, question, as_of=asked.as_of)


def _case(name: str, service: Service, reader: Reader, question: Question, *, as_of: bool) -> Case:
    """Passages beyond `PASSAGES_READ` are left unread, as in the service."""
    filter = Filter(as_of=question.as_of) if as_of else Filter()
    trace = service.ask_with_trace(question.text, filter=filter).trace
    found = trace.passages.found
    query, excerpts, matcher = trace.passages.query, found.excerpts, found.term_matcher
    articles = [excerpt.article.id for excerpt in excerpts]
    signals = reranker.signals(matcher, excerpts)
    rows = [_passage_row(*each) for each in zip(excerpts, signals, strict=True)]
    first = excerpts[: sentence_ranker.PASSAGES_RANKED]
    odds = _odds(reader, query.text, sentence_ranker.texts_to_read(matcher, first))
    sentences = [
        (
            row,
            excerpt,
            sentence,
            sentence_features.signals(query, matcher, excerpt, before, sentence)
            | sentence_ranker.odds_signals(odds[row], sentence.span),
        )
        for row, excerpt in enumerate(first)
        for before, sentence in sentence_features.with_previous(excerpt)
    ]
    good = {article for article, grade in question.relevant.items() if grade > 0}
    return Case(
        dataset=name,
        half=zlib.crc32(min(good).encode()) % 2,
        passages=np.array(rows).reshape(len(rows), len(PASSAGE)),
        holds=np.array([_holds(excerpt, question) for excerpt in excerpts], bool),
        relevant=np.array([article in good for article in articles], bool),
        articles=articles,
        sentences=np.array(
            [[found.get(part, 0.0) for part in READ] for *_, found in sentences]
        ).reshape(len(sentences), len(READ)),
        passage_of=np.array([row for row, *_ in sentences], np.int64),
        places=[(excerpt.article.id, each.span.start) for _, excerpt, each, _ in sentences],
        answers=np.array(
            [_answers(excerpt, s.span, question) for _, excerpt, s, _ in sentences], bool
        ),
    )


def _odds(reader: Reader, question: str, texts: Sequence[Text | None]) -> list[Predictions]:
    read = iter(reader.read(question, [text for text in texts if text]))
    return [
        dict(zip(text.sentences, next(read) or (), strict=False)) if text else None
        for text in texts
    ]


def _passage_row(excerpt: Excerpt, found: Mapping[str, float]) -> list[float]:
    """Signals without their weights."""
    parts = excerpt.hit.parts
    retrieved = sum(TIED[name] * parts[name] / weight for name, weight in RETRIEVED.items())
    return [retrieved, parts.get("date", 0.0) / FRESH, *found.values()]


def _holds(excerpt: Excerpt, question: Question) -> bool:
    span = excerpt.hit.passage.span
    place = Gold(excerpt.article.id, span.start, span.end)
    return any(inside(gold, place) for gold in question.gold)


def _answers(excerpt: Excerpt, span: Span, question: Question) -> bool:
    """As the measure `sentence@1` decides."""
    place = Gold(excerpt.article.id, span.start, span.end)
    if question.evidence:
        return any(agree(gold, place) for gold in question.evidence)
    return any(inside(gold, place) for gold in question.answers)


def report(cases: Sequence[Case]) -> None:
    """Print the measures of weights learnt on the other half, then the weights learnt on all."""
    judged: dict[str, dict[str, list[bool]]] = {}
    for half in (0, 1):
        chosen = [case for case in cases if case.half == half]
        passage, sentence, read = fitted(chosen)
        for case in cases:
            if case.half != half:
                for name, value in judge(case, passage, sentence, read).items():
                    judged.setdefault(case.dataset, {}).setdefault(name, []).append(value)
    for dataset, measures in judged.items():
        figures = "  ".join(f"{name} {np.mean(row):.3f}" for name, row in measures.items())
        print(f"{dataset:12} {figures}")
    passage, sentence, read = fitted(cases)
    for names, weights in ((PASSAGE, passage), (SENTENCE, sentence), (READ, read)):
        print({name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)})


def fitted(cases: Sequence[Case]) -> tuple[Vector, Vector, Vector]:
    """Weights of passages, which sum to 1; of unread and of read sentences, with `passage` 1."""
    lists = [(case.dataset, case.passages, (case.holds, case.relevant)) for case in cases]
    passage = _weights(lists)
    passage /= passage.sum()
    first = [(case.dataset, *_read(case, passage)[:2]) for case in cases]
    sentence, read = (
        _weights([(name, signals[:, :columns], (right,)) for name, signals, right in first])
        for columns in (len(SENTENCE), len(READ))
    )
    place = SENTENCE.index("passage")
    return passage, sentence / sentence[place], read / read[place]


def _read(case: Case, passage: Vector) -> tuple[Matrix, Mask, list[tuple[str, int]]]:
    """The sentences of the first passages; one that two passages share counts with the better."""
    scores = case.passages @ passage
    rank = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
    signals = case.sentences.copy()
    signals[:, SENTENCE.index("passage")] = scores[case.passage_of]
    first: dict[tuple[str, int], int] = {}
    for row in np.argsort(rank[case.passage_of], kind="stable").tolist():
        if rank[case.passage_of[row]] < sentence_ranker.PASSAGES_RANKED:
            first.setdefault(case.places[row], row)
    rows = list(first.values())
    return signals[rows], case.answers[rows], list(first)


def judge(case: Case, passage: Vector, sentence: Vector, read: Vector) -> dict[str, bool]:
    scores = case.passages @ passage
    order = np.argsort(-scores, kind="stable")
    documents = list(dict.fromkeys(case.articles[row] for row in order))
    right = {case.articles[row] for row in np.flatnonzero(case.relevant)}
    signals, answers, _ = _read(case, passage)
    best = np.argsort(-(signals @ read), kind="stable")
    unread = np.argsort(-(signals[:, : len(SENTENCE)] @ sentence), kind="stable")
    return {
        "doc@1": bool(right & set(documents[:1])),
        "doc@5": bool(right & set(documents[:5])),
        "ev@1": bool(case.holds[order[:1]].any()),
        "ev@5": bool(case.holds[order[:5]].any()),
        "sentence@1": bool(answers[best[:1]].any()),
        "sentence@3": bool(answers[best[:3]].any()),
        "unread sentence@1": bool(answers[unread[:1]].any()),
    }


def _weights(lists: Sequence[tuple[str, Matrix, Sequence[Mask]]]) -> Vector:
    """Minimise the mean negative log likelihood of the right candidates with L-BFGS-B."""
    useful = [(name, signals, masks) for name, signals, masks in lists if masks[-1].any()]
    counts = Counter(name for name, *_ in useful)

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for name, signals, masks in useful:
            share = 1 / (counts[name] * len(counts) * len(masks))
            for mask in masks:
                part, gradient = log_likelihood(signals, mask, weights)
                value, slope = value - share * part, slope - share * gradient
        return value, slope

    start = np.full(useful[0][1].shape[1], 0.5)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start))
    return np.asarray(found.x)


if __name__ == "__main__":
    main()
