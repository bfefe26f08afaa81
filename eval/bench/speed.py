"""Builds an index, asks questions, and measures times, memory and bytes."""

import json
import resource
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.bench.load import percentile
from eval.runs.environment import resident_mb
from index.build_report import BuildReport
from index.documents import Article
from index.errors import SourceError
from index.progress import Progress
from index.sources.folder import read
from rag.replies import Answer
from rag.service import Service

QUESTIONS_FROM_TITLES = 100
WARM_UP = 5
COLD_RUNS = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """One benchmark. Latencies are exact percentiles in milliseconds, by stage."""

    articles: int
    passages: int
    embedded: int
    build_seconds: float
    passages_per_second: float
    """Over the whole build, reading and publishing included; 0 when nothing was embedded."""
    data_bytes: int
    index_bytes: int
    questions: int
    answered: int
    p50_ms: Mapping[str, float]
    p95_ms: Mapping[str, float]
    memory_mb: float
    """Resident set after the questions; the peak includes the build."""
    peak_memory_mb: float
    cold_seconds: tuple[float, ...]
    """Wall time of a whole `ask` in a new process, each run."""


def bench(
    service: Service,
    articles: Path,
    *,
    questions: Path | None,
    limit: int | None,
    command: Sequence[str],
    progress: Progress,
) -> Speed:
    """Add `articles` to the service's folder and measure it; `command` asks in a new process."""
    began = time.perf_counter()
    report = service.add(islice(read(articles), limit), progress=progress)
    build_seconds = time.perf_counter() - began
    asked = questions_for(service, questions)
    service.check()
    answered, stages = ask_all(service, asked, progress)
    folder = service.settings.data
    return Speed(
        articles=report.articles,
        passages=report.passages,
        embedded=report.embedded,
        build_seconds=build_seconds,
        passages_per_second=report.embedded / build_seconds,
        data_bytes=bytes_under(folder),
        index_bytes=bytes_under(_generation(folder, report)),
        questions=len(asked),
        answered=answered,
        p50_ms=_percentiles(stages, 50),
        p95_ms=_percentiles(stages, 95),
        memory_mb=resident_mb(),
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        cold_seconds=tuple(_cold(command, folder, question) for question in asked[:COLD_RUNS]),
    )


def questions_for(service: Service, path: Path | None) -> list[str]:
    """From a file, else made from titles in the archive."""
    if path:
        return list(read_questions(path))
    return questions_about(service.archive.page(limit=QUESTIONS_FROM_TITLES))


def read_questions(path: Path) -> Iterator[str]:
    """The questions of a JSONL file: `question`, or BEIR's `text`."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            yield record["question"] if "question" in record else record["text"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise SourceError(
                f'{path}:{number}: no question; expected {{"question": "..."}}, one object a line.'
            ) from error


def questions_about(articles: Iterable[Article]) -> list[str]:
    """One question from the title of each of the first articles that have one."""
    titles = (each.title[:150] for each in articles if each.title)
    return [f"What is known about {each}?" for each in islice(titles, QUESTIONS_FROM_TITLES)]


def ask_all(
    service: Service, asked: Sequence[str], progress: Progress
) -> tuple[int, list[Mapping[str, float]]]:
    """How many were answered, and the stages of each; the first few are asked once before."""
    for question in asked[:WARM_UP]:
        service.ask(question)
    replies = []
    for question in asked:
        replies.append(service.ask(question))
        progress("asking", len(replies), len(asked))
    answered = sum(isinstance(reply.outcome, Answer) for reply in replies)
    return answered, [reply.timings_ms for reply in replies]


def _percentiles(stages: Iterable[Mapping[str, float]], percent: float) -> dict[str, float]:
    return {stage: percentile(times, percent) for stage, times in by_stage(stages).items()}


def by_stage(timings: Iterable[Mapping[str, float]]) -> dict[str, list[float]]:
    """The times of each stage, of the questions that have it."""
    columns: dict[str, list[float]] = {}
    for each in timings:
        for stage, ms in each.items():
            columns.setdefault(stage, []).append(ms)
    return columns


def _cold(command: Sequence[str], folder: Path, question: str) -> float:
    began = time.perf_counter()
    subprocess.run(  # noqa: S603  our own command line, given by the caller
        [*command, "--data", str(folder), "ask", "--json", question],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return round(time.perf_counter() - began, 2)


def _generation(folder: Path, report: BuildReport) -> Path:
    return folder / "generations" / report.generation


def bytes_under(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
