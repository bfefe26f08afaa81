"""Our time beside that of other libraries: the same articles, questions, model and passage size.

Each system runs in a process of its own, in turn, as often as there are rounds; what counts is the
ratio of two runs of one round.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.bench.interleaving import interleaved
from eval.bench.load import percentile
from eval.bench.processes import ROOT, Run
from eval.bench.programs.protocol import Request
from eval.bench.ratios import Ratio, ratio
from eval.errors import DataError
from index.documents import Article
from index.neural.embedder import bundled_folder
from index.progress import Progress

PEERS = ("plain", "haystack", "txtai", "llamaindex")
OURS, WITHOUT = "onrecord", "onrecord, no statements"
ENVIRONMENT = ROOT / ".venv-peers"
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class SystemTimes:
    """One system over all rounds."""

    name: str
    versions: Mapping[str, str]
    passages: int
    index_seconds: tuple[float, ...]
    """Of each round, the model loaded before."""
    processor_seconds: tuple[float, ...]
    """Of indexing, over all cores: other work on the machine hardly changes it."""
    search_p50_ms: tuple[float, ...]
    """The median search of each round."""


@dataclass(frozen=True, slots=True)
class PeerRatios:
    """A peer's time over ours in the same round: above 1, we are faster."""

    peer: str
    build: Ratio
    """Against our whole build, statements included."""
    build_without_statements: Ratio
    processor: Ratio
    """Processor time of a build, without statements."""
    search: Ratio


@dataclass(frozen=True, slots=True)
class PeerReport:
    """All systems over the same articles and questions."""

    articles: int
    questions: int
    rounds: int
    load: tuple[float, float]
    """The machine's load over a minute, before and after."""
    systems: tuple[SystemTimes, ...]
    comparisons: tuple[PeerRatios, ...]
    fastest: str
    """The peer that indexes fastest: the one to be compared with."""


def peers_python(environment: Path | None = None) -> Path:
    """The interpreter of the peers' environment; DataError if it was not made yet."""
    python = (environment or ENVIRONMENT).absolute() / "bin" / "python"
    if not python.exists():
        raise DataError(
            f"{python} does not exist: make the peers' environment by `make bench-peers`."
        )
    return python


def compare(
    articles: Sequence[Article],
    questions: Sequence[str],
    *,
    python: Path,
    run: Run,
    progress: Progress,
    peers: Sequence[str] = PEERS,
    rounds: int = ROUNDS,
) -> PeerReport:
    """DataError if a program fails, or if there is nothing to index or to ask."""
    if not articles or not questions:
        raise DataError(
            f"{len(articles)} articles and {len(questions)} questions: a comparison needs both."
        )
    before = os.getloadavg()[0]
    with TemporaryDirectory(prefix="onrecord-peers-") as aside:
        commands = _commands(Path(aside), articles, questions, python, peers)
        runs = {name: lambda command=command: run(command) for name, command in commands.items()}
        found = interleaved(runs, rounds=rounds, progress=progress)
    systems = tuple(_times(name, each) for name, each in found.items())
    return _report(articles, questions, rounds, (before, os.getloadavg()[0]), systems)


def _commands(
    folder: Path,
    articles: Sequence[Article],
    questions: Sequence[str],
    python: Path,
    peers: Sequence[str],
) -> dict[str, list[str]]:
    """Ours in this environment, the peers in theirs, each with its request written."""
    request = Request(str(bundled_folder()))
    records = [{"id": each.id, "title": each.title, "text": each.text} for each in articles]
    requests = {"with": request, "without": replace(request, statements=False)}
    for name, each in requests.items():
        (folder / name).mkdir()
        each.write(folder / name, records, questions)
    ours = [sys.executable, "-m", "eval.bench.ours"]
    beside = {
        name: [str(python), "-m", f"eval.bench.programs.{name}", str(folder / "with")]
        for name in peers
    }
    return {
        OURS: [*ours, str(folder / "with")],
        WITHOUT: [*ours, str(folder / "without")],
        **beside,
    }


def _times(name: str, rounds: Sequence[Mapping[str, Any]]) -> SystemTimes:
    return SystemTimes(
        name=name,
        versions=rounds[0]["versions"],
        passages=rounds[0]["passages"],
        index_seconds=tuple(round(each["index_seconds"], 3) for each in rounds),
        processor_seconds=tuple(round(each["processor_seconds"], 3) for each in rounds),
        search_p50_ms=tuple(
            percentile([1000 * second for second in each["search_seconds"]], 50) for each in rounds
        ),
    )


def _report(
    articles: Sequence[Article],
    questions: Sequence[str],
    rounds: int,
    load: tuple[float, float],
    systems: tuple[SystemTimes, ...],
) -> PeerReport:
    ours, without, *peers = systems
    comparisons = tuple(_comparison(ours, without, peer) for peer in peers)
    fastest = min(comparisons, key=lambda each: each.build.mean)
    return PeerReport(
        articles=len(articles),
        questions=len(questions),
        rounds=rounds,
        load=load,
        systems=systems,
        comparisons=comparisons,
        fastest=fastest.peer,
    )


def _comparison(ours: SystemTimes, without: SystemTimes, peer: SystemTimes) -> PeerRatios:
    return PeerRatios(
        peer.name,
        build=ratio(peer.index_seconds, ours.index_seconds),
        build_without_statements=ratio(peer.index_seconds, without.index_seconds),
        processor=ratio(peer.processor_seconds, without.processor_seconds),
        search=ratio(peer.search_p50_ms, ours.search_p50_ms),
    )
