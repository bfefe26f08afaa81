"""Runs a data set through the service: indexes it, asks every question, stores the predictions.

Knows nothing of measures; `eval.scoring.results` scores what it stores.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from eval.datasets.questions import Dataset, Question
from eval.runs.files import PREDICTIONS, reopen
from eval.runs.fingerprints import code_hash, dataset_hash, reader_hash
from eval.runs.index_cache import OpenService, indexed
from eval.runs.predict import ask
from eval.runs.predictions import Prediction, write
from index.progress import Progress
from rag.service import Service

log = logging.getLogger(__name__)

ASKED_AGAIN = (
    "its earlier predictions were of other data, settings or code, so everything was asked again"
)


@dataclass(frozen=True, slots=True)
class RunResult:
    """One set, asked."""

    dataset: str
    folder: Path
    questions: int
    resumed: int
    """Predictions taken from an earlier, interrupted run."""
    errors: int
    """Questions with an error instead of a prediction."""
    seconds: float
    notes: tuple[str, ...]
    """What qualifies the numbers."""


def run(
    dataset: Dataset,
    *,
    service_of: OpenService,
    cache: Path,
    out: Path,
    limit: int | None = None,
    as_of: bool = False,
    fresh: bool = False,
    progress: Progress,
) -> RunResult:
    """Writes `out/<set>/predictions.jsonl`; resumes an interrupted run."""
    began = time.perf_counter()
    with indexed(
        dataset.articles, service_of=service_of, cache=cache, fresh=fresh, progress=progress
    ) as (service, notes):
        asked = ask_all(dataset, service, out=out, limit=limit, as_of=as_of, progress=progress)
    seconds = time.perf_counter() - began
    return replace(asked, seconds=seconds, notes=(*notes, *asked.notes))


def ask_all(
    dataset: Dataset,
    service: Service,
    *,
    out: Path,
    limit: int | None = None,
    as_of: bool = False,
    progress: Progress,
) -> RunResult:
    """The same over an index that is there, whatever articles it has."""
    began = time.perf_counter()
    asked = limit_questions(dataset, limit)
    folder = out / dataset.name
    stored = reopen(folder, _state(dataset, service, as_of=as_of))
    done = {id: each for id, each in stored.predictions.items() if each.error is None}
    new = _ask_rest(service, asked, done, folder, as_of=as_of, progress=progress)
    predictions = {**done, **new}
    return RunResult(
        dataset=dataset.name,
        folder=folder,
        questions=len(asked.questions),
        resumed=sum(question.id in done for question in asked.questions),
        errors=sum(predictions[question.id].error is not None for question in asked.questions),
        seconds=time.perf_counter() - began,
        notes=(ASKED_AGAIN,) if stored.discarded else (),
    )


def limit_questions(dataset: Dataset, limit: int | None) -> Dataset:
    """With `limit` of its questions, evenly spread, and all its articles."""
    questions = dataset.questions
    if limit is None or limit >= len(questions):
        return dataset
    chosen = tuple(questions[i * len(questions) // limit] for i in range(limit))
    return replace(dataset, questions=chosen)


def _state(dataset: Dataset, service: Service, *, as_of: bool) -> dict[str, Any]:
    """All that a prediction depends on."""
    return {
        "dataset": dataset_hash(dataset),
        "settings": asdict(service.settings.index),
        "generation": service.state().generation,
        "code": code_hash(),
        "reader": reader_hash(service.settings.reader),
        "as_of": as_of,
        **_promised(service),
    }


def _promised(service: Service) -> dict[str, Any]:
    """What decides who is answered under a promise; nothing without one, as before there were."""
    guarantee = service.guarantee()
    return {"least_confidence": guarantee.threshold.least_confidence} if guarantee else {}


def _ask_rest(
    service: Service,
    dataset: Dataset,
    done: Mapping[str, Prediction],
    folder: Path,
    *,
    as_of: bool,
    progress: Progress,
) -> dict[str, Prediction]:
    rest = [question for question in dataset.questions if question.id not in done]
    new: dict[str, Prediction] = {}
    with (folder / PREDICTIONS).open("a", encoding="utf-8") as file:
        for prediction in _asked(service, rest, as_of=as_of):
            write([prediction], file)
            new[prediction.question] = prediction
            progress(f"{dataset.name}: asking", len(new), len(rest))
    return new


def _asked(service: Service, questions: Sequence[Question], *, as_of: bool) -> Iterator[Prediction]:
    for question in questions:
        prediction = ask(service, question, as_of=as_of)
        if prediction.error:
            log.warning("question %s: %s", question.id, prediction.error)
        yield prediction
