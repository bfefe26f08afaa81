"""`onrecord bench`: measure how fast this machine builds an index and answers questions."""

import sys
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Json
from api.terminal.bench import growth_lines, limit_lines, peer_lines, speed_lines
from api.terminal.json_output import print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from api.terminal.progress import ProgressBars
    from index.documents import Article, Reject
    from rag.service import Service

_THIS_PROGRAM = (sys.executable, "-m", "api.cli")
_CONCURRENCY = (1, 4)


class BenchPart(StrEnum):
    """What is measured."""

    SPEED = "speed"
    PEERS = "peers"
    LIMIT = "limit"
    GROWTH = "growth"


Articles = Annotated[
    Path,
    typer.Argument(metavar="ARTICLES", exists=True, help="Files or folders, as for `index add`."),
]
Parts = Annotated[
    list[BenchPart] | None,
    typer.Option(
        "--part",
        metavar="PART",
        help="What to measure (repeatable): this index (speed, the default), other libraries "
        "beside it (peers, after `make bench-peers`), the encoder against the machine and the "
        "stages of an ask (limit), larger and larger archives (growth).",
    ),
]
Questions = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help='JSON Lines with "question" or "text". Default: questions made from titles.',
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first N articles.")]
Keep = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        file_okay=False,
        help="Build in this folder and keep it; a second run measures only answers.",
    ),
]
Concurrency = Annotated[
    list[int] | None,
    typer.Option(
        min=1,
        metavar="N",
        help="Also test with N concurrent clients (repeatable; default 1 and 4).",
    ),
]
Rounds = Annotated[
    int, typer.Option(min=1, metavar="N", help="How often peers and encoders run, in turn.")
]
Sizes = Annotated[
    list[int] | None,
    typer.Option(
        min=1,
        metavar="N",
        help="For growth: an archive of N articles (repeatable; default 250, 500 and 1000).",
    ),
]
Passages = Annotated[
    list[int] | None,
    typer.Option(
        min=1000,
        metavar="N",
        help="For growth: the stores alone with N passages (repeatable; default 10000 and 20000).",
    ),
]


Plots = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        file_okay=False,
        help="Write pictures of peers and growth into this folder, as SVG.",
    ),
]
Environment = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="For peers: their virtual environment. Default: .venv-peers of this checkout.",
    ),
]


def bench(
    ctx: typer.Context,
    articles: Articles,
    *,
    part: Parts = None,
    questions: Questions = None,
    limit: Limit = None,
    keep: Keep = None,
    concurrency: Concurrency = None,
    rounds: Rounds = 3,
    size: Sizes = None,
    passages: Passages = None,
    environment: Environment = None,
    plots: Plots = None,
    as_json: Json = False,
) -> None:
    """Build a separate index of ARTICLES, ask it questions, and print times, memory and sizes.

    Example: onrecord bench articles.jsonl --limit 1000
    """
    from api.terminal.progress import bars
    from eval.bench.peers import peers_python

    parts = list(dict.fromkeys(part or [BenchPart.SPEED]))
    python = peers_python(environment) if BenchPart.PEERS in parts else Path(sys.executable)
    with (
        TemporaryDirectory(prefix="onrecord-bench-") as aside,
        opened_service(ctx, keep or Path(aside), answers_kept=0) as service,
        bars() as progress,
    ):
        bench = _Bench(service, articles, questions, limit, progress)
        measure: dict[BenchPart, Callable[[], _Measured]] = {
            BenchPart.SPEED: lambda: bench.speed(concurrency or _CONCURRENCY),
            BenchPart.PEERS: lambda: bench.peers(python, rounds),
            BenchPart.LIMIT: lambda: bench.limit(rounds),
            BenchPart.GROWTH: lambda: bench.growth(size, passages),
        }
        measured = [measure[each]() for each in parts]
    if plots:
        _write(plots, {name: text for each in measured for name, text in each.plots.items()})
    if as_json:
        print_json({name: value for each in measured for name, value in each.facts.items()})
    else:
        typer.echo("\n".join(line for each in measured for line in each.lines))


@dataclass(frozen=True)
class _Measured:
    """One part: its keys in JSON and its lines on a terminal."""

    facts: "Mapping[str, Any]"
    lines: "Iterable[str]"
    plots: "Mapping[str, str]" = field(default_factory=dict)
    """SVG by the name of its file."""


@dataclass
class _Bench:
    """The parts over one service, which indexes the articles when the first part needs it."""

    service: "Service"
    articles: Path
    questions: Path | None
    most: int | None
    progress: "ProgressBars"
    indexed: bool = False

    def speed(self, concurrency: "Sequence[int]") -> _Measured:
        from eval.bench.load import load
        from eval.bench.speed import bench as measure

        speed = measure(
            self.service,
            self.articles,
            questions=self.questions,
            limit=self.most,
            command=_THIS_PROGRAM,
            progress=self.progress,
        )
        self.indexed = True
        asked = self._asked()
        loads = [load(self.service, asked, concurrency=n) for n in concurrency]
        facts = {**asdict(speed), "concurrency": [asdict(each) for each in loads]}
        return _Measured(facts, speed_lines(speed, loads))

    def peers(self, python: Path, rounds: int) -> _Measured:
        from api.terminal.bench_pictures import peer_plots
        from eval.bench.peers import compare
        from eval.bench.processes import run
        from eval.bench.speed import questions_about, read_questions
        from index.documents import Article

        found = [each for each in self._read() if isinstance(each, Article)]
        asked = list(read_questions(self.questions)) if self.questions else questions_about(found)
        report = compare(
            found, asked, python=python, run=run, progress=self.progress, rounds=rounds
        )
        return _Measured({"peers": asdict(report)}, peer_lines(report), peer_plots(report))

    def limit(self, rounds: int) -> _Measured:
        from eval.bench.limit import limit
        from eval.bench.processes import run
        from index.neural.embedder import load_embedder

        asked, embedder = self._asked(), load_embedder(self.service.settings.embedder)
        report = limit(
            self.service, embedder, asked, run=run, progress=self.progress, rounds=rounds
        )
        facts = asdict(report) | {"shares": report.encoder.shares}
        return _Measured({"limit": facts}, limit_lines(report))

    def growth(self, sizes: list[int] | None, passages: list[int] | None) -> _Measured:
        from api.terminal.bench_pictures import growth_plots
        from eval.bench.growth import PASSAGES, SIZES, growth
        from eval.bench.processes import run

        asked = self._asked()
        report = growth(
            self.service.settings.data,
            asked,
            sizes=sizes or SIZES,
            passages=passages or PASSAGES,
            run=run,
            progress=self.progress,
        )
        return _Measured({"growth": asdict(report)}, growth_lines(report), growth_plots(report))

    def _asked(self) -> list[str]:
        """The questions, over an index that is there."""
        from eval.bench.speed import questions_for

        if not self.indexed:
            self.service.add(self._read(), progress=self.progress)
            self.indexed = True
        return questions_for(self.service, self.questions)

    def _read(self) -> "Iterable[Article | Reject]":
        from index.sources.folder import read

        return islice(read(self.articles), self.most)


def _write(folder: Path, pictures: "Mapping[str, str]") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pictures.items():
        (folder / name).write_text(text, "utf-8")
