"""`onrecord bench`: measure how fast this machine builds an index and answers questions."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Json
from api.terminal.json_output import print_json

if TYPE_CHECKING:
    from eval.bench.load import Load
    from eval.bench.speed import Speed

_THIS_PROGRAM = (sys.executable, "-m", "api.cli")
_MEGA = 1024 * 1024
_CONCURRENCY = (1, 4)


Articles = Annotated[
    Path,
    typer.Argument(metavar="ARTICLES", exists=True, help="Files or folders, as for `index add`."),
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


def bench(
    ctx: typer.Context,
    articles: Articles,
    *,
    questions: Questions = None,
    limit: Limit = None,
    keep: Keep = None,
    concurrency: Concurrency = None,
    as_json: Json = False,
) -> None:
    """Build a separate index of ARTICLES, ask it questions, and print times, memory and sizes.

    Example: onrecord bench articles.jsonl --limit 1000
    """
    from api.terminal.progress import bars
    from eval.bench.load import load
    from eval.bench.speed import bench as measure
    from eval.bench.speed import questions_for

    with (
        TemporaryDirectory(prefix="onrecord-bench-") as aside,
        opened_service(ctx, keep or Path(aside)) as service,
        bars() as progress,
    ):
        speed = measure(
            service,
            articles,
            questions=questions,
            limit=limit,
            command=_THIS_PROGRAM,
            progress=progress,
        )
        asked = questions_for(service, questions)
        loads = [load(service, asked, concurrency=n) for n in concurrency or _CONCURRENCY]
    if as_json:
        print_json({**asdict(speed), "concurrency": [asdict(each) for each in loads]})
    else:
        typer.echo("\n".join(_lines(speed, loads)))


def _lines(speed: "Speed", loads: "Sequence[Load]") -> list[str]:
    rows = {
        "articles": f"{speed.articles:,} in {speed.passages:,} passages",
        "build": f"{speed.build_seconds:.1f} s, {speed.embedded:,} passages embedded "
        f"({speed.passages_per_second:.1f} a second)",
        "index": f"{speed.index_bytes / _MEGA:.1f} MB, "
        f"with the archive {speed.data_bytes / _MEGA:.1f} MB",
        "questions": f"{speed.questions:,} asked, {speed.answered:,} answered",
        "p50": _stages(speed.p50_ms),
        "p95": _stages(speed.p95_ms),
        "memory": f"{speed.memory_mb:.0f} MB, at most {speed.peak_memory_mb:.0f} MB",
        "cold ask": ", ".join(f"{seconds:.2f} s" for seconds in speed.cold_seconds),
        **{f"{each.concurrency} at once": _load(each) for each in loads},
    }
    return [f"{name:<10} {value}" for name, value in rows.items()]


def _load(load: "Load") -> str:
    return (
        f"p50 {load.p50_ms:.1f}  p95 {load.p95_ms:.1f}  (ms)  "
        f"{load.questions_per_second:.1f} answers a second"
    )


def _stages(milliseconds: Mapping[str, float]) -> str:
    return "  ".join(f"{stage} {ms:.1f}" for stage, ms in milliseconds.items()) + "  (ms)"
