"""Evaluates several data sets: asks, scores, and records where the numbers come from."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from eval.errors import DataError
from eval.runs.environment import environment
from eval.runs.files import write_json
from eval.runs.run import RunResult, run
from eval.scoring.results import SEED, AskedSet, Results, score_all, write_datasets
from index.progress import Progress
from rag.reading.reader import NO_READER
from rag.service import Service

READ_WITHIN_MS = 600_000
"""Time limit for reading, so long that results do not depend on the load of the machine."""


class OpenService(Protocol):
    """The service of a folder, with a reader of its own or the one that is named."""

    def __call__(self, folder: Path, /, *, reader: str | None = None) -> Service: ...


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of a run, as its folder has it."""

    out: Path
    runs: tuple[RunResult, ...]
    results: Results


def evaluate(
    sources: Sequence[str],
    *,
    data: Path | None,
    out: Path,
    service_of: OpenService,
    cache: Path,
    limit: int | None,
    as_of: bool,
    fresh: bool,
    progress: Progress,
) -> Evaluation:
    """Reads every set before asking the first, so that a faulty one is reported at once."""
    asked = [AskedSet.named(source, data, limit=limit, as_of=as_of) for source in sources]
    _check_names_differ(asked)
    write_datasets(out, asked)
    settings = _settings(service_of(cache)) | {"limit": limit, "as_of": as_of}
    write_json(out / "environment.json", environment(settings=settings, seeds={"bootstrap": SEED}))
    runs = tuple(
        run(
            each.dataset,
            service_of=partial(service_of, reader=NO_READER) if each.unread else service_of,
            cache=cache,
            out=out,
            limit=limit,
            as_of=each.as_of,
            fresh=fresh,
            progress=progress,
        )
        for each in asked
    )
    return Evaluation(out, runs, score_all(out, asked))


def _settings(service: Service) -> dict[str, Any]:
    """Of the service when no variant changes it."""
    return asdict(service.settings.index) | {"reader": service.settings.reader}


def _check_names_differ(asked: Sequence[AskedSet]) -> None:
    names = [each.dataset.name for each in asked]
    for each in asked:
        if names.count(each.dataset.name) > 1:
            raise DataError(
                f"{each.source}: more than one set is called {each.dataset.name!r}: "
                f"run them one by one, each with its own --out."
            )
