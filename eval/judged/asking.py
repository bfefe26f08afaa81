"""Puts a judged set to the service, each question as of its day, and stores what was shown."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from eval.datasets.loading import load
from eval.judged.questions import JudgedQuestion, dataset_of
from eval.judged.shown import SHOWN, showings, write_shown
from eval.runs.environment import environment
from eval.runs.files import predictions, write_json
from eval.runs.run import RunResult, ask_all, run
from index.documents import Article
from index.progress import Progress
from rag.service import Service

OpenFolder = Callable[[Path], Service]


def articles_of(folder: Path, data: Path | None) -> tuple[Article, ...]:
    """Those of the data set that has the name of the judged set's folder."""
    return load(folder.resolve().name, data).articles


def ask_cached(
    questions: Sequence[JudgedQuestion],
    articles: Sequence[Article],
    *,
    service_of: OpenFolder,
    cache: Path,
    out: Path,
    progress: Progress,
) -> RunResult:
    """Over the index of the articles, built if the cache does not have it."""
    dataset = dataset_of("judged", questions, articles)
    asked = run(dataset, service_of=service_of, cache=cache, out=out, as_of=True, progress=progress)
    return _kept(asked, service_of(cache), out)


def ask_index(
    questions: Sequence[JudgedQuestion],
    index: Path,
    *,
    service_of: OpenFolder,
    out: Path,
    progress: Progress,
) -> RunResult:
    """Over the index of a data folder, as it is."""
    with closing(service_of(index)) as service:
        dataset = dataset_of("judged", questions)
        asked = ask_all(dataset, service, out=out, as_of=True, progress=progress)
        return _kept(asked, service, out)


def _kept(asked: RunResult, service: Service, out: Path) -> RunResult:
    """Writes `shown.jsonl`: for each question the service, then BM25."""
    found = predictions(asked.folder).values()
    write_shown(out / SHOWN, (each for one in found for each in showings(one)))
    settings = asdict(service.settings.index) | {"reader": service.settings.reader}
    write_json(out / "environment.json", environment(settings=settings, seeds={}))
    return asked
