"""The signals of every candidate of a development set, extracted once and stored.

They depend on the index, the reader and the code that computes them, not on the weights to be
learnt, so that a trial of weights takes seconds. A stored set is read again while its questions
and the reader are the same; remove it when a signal is computed in another way.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.datasets.questions import Gold, Question, clusters_of
from eval.measures.ranges import agree, inside
from eval.runs.fingerprints import dataset_hash, reader_hash
from eval.scoring.results import AskedSet
from index.documents import Filter, Span
from rag.reading import sentence_features, sentence_ranker
from rag.reading.evidence import Predictions
from rag.reading.reader import NETWORK, NO_READER, Reader, Text, reader_in
from rag.retrieval import reranker
from rag.retrieval.excerpts import Excerpt
from rag.retrieval.hybrid import DENSE, FRESH, LEAD, LEXICAL
from rag.service import Service
from training.indexes import service_over

FOLDS = 5
"""Questions about one article are in the same one."""
TIED = {"lexical": 0.45, "dense": 0.40, "lead": 0.15}
"""Shares of one weight, fixed by hand: they also choose what is read, which is not learnt here."""
RETRIEVED = {"lexical": LEXICAL, "dense": DENSE, "lead": LEAD}
PASSAGE = ("retrieved", "date", *reranker.WEIGHTS)
SENTENCE = tuple(map(str, sentence_ranker.UNREAD_WEIGHTS))
READ = tuple(map(str, sentence_ranker.READ_WEIGHTS))
"""`SENTENCE`, then the signals of the reader."""


@dataclass(frozen=True, slots=True)
class RankedCase:
    """One question: a row of signals for each passage, and for each of their sentences."""

    dataset: str
    cluster: str
    """Of its articles."""
    passages: NDArray[np.float64]
    """(n, len(PASSAGE))."""
    odds: NDArray[np.float64]
    """(n,) the reader's best log odds; nan where the passage was not read."""
    holds: NDArray[np.bool_]
    """(n,) whether the passage holds a whole gold range."""
    relevant: NDArray[np.bool_]
    """(n,) whether its article is right."""
    articles: NDArray[np.str_]
    sentences: NDArray[np.float64]
    """(m, len(READ)); the column of the passage's score is filled in later."""
    passage_of: NDArray[np.int64]
    """(m,) the row of each sentence's passage."""
    starts: NDArray[np.int64]
    """(m,) first character in the article, because passages share sentences."""
    answers: NDArray[np.bool_]
    """(m,) whether the sentence is right."""

    @property
    def fold(self) -> int:
        return zlib.crc32(self.cluster.encode()) % FOLDS


ARRAYS = tuple(field.name for field in fields(RankedCase))[2:]


def ranked_cases(
    name: str, data: Path, *, cache: Path, reader: Path | None, stored: Path
) -> list[RankedCase]:
    """Of the answerable questions of a set, from the folder `stored` where it has them."""
    asked = AskedSet.named(name, data, limit=None, as_of=False)
    network = reader or NETWORK.parent
    key = f"{dataset_hash(asked.dataset)}-{reader_hash(str(network))}"
    path = stored / f"{asked.dataset.name}-{key}.npz"
    if not path.is_file():
        cases = list(_extracted(name, asked, cache, reader_in(network)))
        stored.mkdir(parents=True, exist_ok=True)
        _write(path, cases)
    return _read(path, name)


def _write(path: Path, cases: Sequence[RankedCase]) -> None:
    arrays: dict[str, NDArray[Any]] = {"clusters": np.array([case.cluster for case in cases])}
    for part in ARRAYS:
        values = [getattr(case, part) for case in cases]
        arrays[part] = np.concatenate(values)
        arrays[f"{part}_ends"] = np.cumsum([len(each) for each in values])
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _read(path: Path, name: str) -> list[RankedCase]:
    with np.load(path, allow_pickle=False) as file:
        parts = {p: np.split(file[p], file[f"{p}_ends"][:-1]) for p in ARRAYS}
        clusters = file["clusters"].tolist()
    rows = zip(*(parts[part] for part in ARRAYS), strict=True)
    return [RankedCase(name, each, *row) for each, row in zip(clusters, rows, strict=True)]


def _extracted(name: str, asked: AskedSet, cache: Path, reader: Reader) -> Iterator[RankedCase]:
    clusters = clusters_of(asked.dataset)
    with service_over(asked.dataset, cache, reader=NO_READER) as service:
        for question in asked.dataset.questions:
            if question.answerable and any(question.relevant.values()):
                filter = Filter(as_of=question.as_of) if asked.as_of else Filter()
                yield _case(name, clusters[question.id], service, reader, question, filter)


def _case(
    name: str, cluster: str, service: Service, reader: Reader, question: Question, filter: Filter
) -> RankedCase:
    """Passages beyond `PASSAGES_READ` are left unread, as in the service."""
    trace = service.ask_with_trace(question.text, filter=filter).trace
    found = trace.passages.found
    query, excerpts, matcher = trace.passages.query, found.excerpts, found.term_matcher
    signals = reranker.signals(matcher, excerpts)
    rows = [_passage_row(*each) for each in zip(excerpts, signals, strict=True)]
    first = excerpts[: sentence_ranker.PASSAGES_RANKED]
    read = _predictions(reader, query.text, sentence_ranker.texts_to_read(matcher, first))
    sentences = [
        (
            row,
            excerpt,
            sentence.span,
            sentence_features.signals(query, matcher, excerpt, before, sentence)
            | sentence_ranker.odds_signals(read[row], sentence.span),
        )
        for row, excerpt in enumerate(first)
        for before, sentence in sentence_features.with_previous(excerpt)
    ]
    good = {article for article, grade in question.relevant.items() if grade > 0}
    return RankedCase(
        dataset=name,
        cluster=cluster,
        passages=np.array(rows, float).reshape(len(rows), len(PASSAGE)),
        odds=np.array([*map(_best, read), *[np.nan] * (len(rows) - len(read))], float),
        holds=np.array([_holds(excerpt, question) for excerpt in excerpts], bool),
        relevant=np.array([excerpt.article.id in good for excerpt in excerpts], bool),
        articles=np.array([excerpt.article.id for excerpt in excerpts], np.str_),
        sentences=np.array(
            [[signal.get(part, 0.0) for part in READ] for *_, signal in sentences], float
        ).reshape(len(sentences), len(READ)),
        passage_of=np.array([row for row, *_ in sentences], np.int64),
        starts=np.array([span.start for _, _, span, _ in sentences], np.int64),
        answers=np.array([_answers(each, span, question) for _, each, span, _ in sentences], bool),
    )


def _predictions(reader: Reader, question: str, texts: Sequence[Text | None]) -> list[Predictions]:
    read = iter(reader.read(question, [text for text in texts if text]))
    return [
        dict(zip(text.sentences, next(read) or (), strict=False)) if text else None
        for text in texts
    ]


def _best(predictions: Predictions) -> float:
    return max((each.odds for each in (predictions or {}).values()), default=np.nan)


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
