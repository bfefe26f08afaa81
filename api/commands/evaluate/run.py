"""`onrecord eval run` and `eval score`: ask data sets and print the measures."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import data_faults, resumable
from api.commands.evaluate.reading import CrossFit, show_reading
from api.commands.open_service import open_for
from api.commands.options import Json, MaxWrong
from api.terminal.json_output import print_json
from api.terminal.text import printable
from index.language.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.evaluate import OpenService
    from eval.reading.tables import ReaderResult
    from eval.runs.run import RunResult
    from eval.scoring.results import Results

RUNS = Path("runs")
Sets = Annotated[
    list[str],
    typer.Argument(
        metavar="SET...",
        help="Data sets: `sample`, names under --data, or paths. SET@as-of hides what was "
        "published after a question's day; SET@unread asks without the reader.",
    ),
]
DataSets = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", file_okay=False, help="The folder of data sets."),
]


def run(
    ctx: typer.Context,
    sets: Sets,
    *,
    data: DataSets = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Only N questions of each set, evenly spread."),
    ] = None,
    as_of: Annotated[
        bool, typer.Option("--as-of", help="Hide what was published after a question's day.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            file_okay=False,
            help="Folder of the run; an interrupted run is resumed. Default: runs/<date-time>.",
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Build the indexes again instead of using the cache.")
    ] = False,
    reading: Annotated[
        Path | None,
        typer.Option(
            "--reading",
            metavar="DIR",
            help="The folder of reading/squad2/: also measure the reader alone.",
        ),
    ] = None,
    cross_fit: CrossFit = None,
    max_wrong: MaxWrong = None,  # noqa: ARG001  its callback has kept it
    as_json: Json = False,
) -> None:
    """Index the articles of each SET, ask its questions and print the measures.

    With --reading, the measures of `onrecord eval reading` follow. Indexes are cached by content
    under $ONRECORD_EVAL_CACHE, else in the cache folder of the user.
    """
    from api.terminal.progress import bars
    from eval.evaluate import READ_WITHIN_MS, evaluate
    from eval.reading.attempts import open_reader
    from eval.reading.evaluate import read
    from eval.runs.index_cache import default_cache

    if cross_fit and not reading:
        raise typer.BadParameter("give --reading with it", param_hint="--cross-fit")
    out = out or RUNS / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    opener: OpenService = ctx.obj or partial(open_for, read_within_ms=READ_WITHIN_MS)
    with data_faults(ctx), resumable(out), bars() as progress:
        evaluation = evaluate(
            sets,
            data=data,
            out=out,
            service_of=opener,
            cache=default_cache(),
            limit=limit,
            as_of=as_of,
            fresh=fresh,
            progress=progress,
        )
        alone = (
            read(reading, None, cross_fit, open_reader=open_reader, limit=limit, progress=progress)
            if reading
            else None
        )
    print_runs(evaluation.runs)
    _print_results(evaluation.results, out, alone, as_json=as_json)


def score(
    ctx: typer.Context,
    run: Annotated[
        Path, typer.Argument(metavar="RUN", file_okay=False, help="A folder of `eval run`.")
    ],
    *,
    data: DataSets = None,
    as_json: Json = False,
) -> None:
    """Score a stored RUN again without asking anything."""
    from eval.scoring.results import rescore

    with data_faults(ctx):
        results = rescore(run, data=data)
    _print_results(results, run, as_json=as_json)


def print_runs(runs: "Sequence[RunResult]") -> None:
    """On standard error: how many were asked, errors, and notes."""
    for each in runs:
        resumed = f" ({each.resumed:,} of them before)" if each.resumed else ""
        typer.echo(
            f"{each.dataset}: {counted(each.questions, 'question')} asked{resumed} "
            f"in {each.seconds:.1f} s, {counted(each.errors, 'error')}",
            err=True,
        )
        for note in each.notes:
            typer.echo(f"{each.dataset}: {printable(note)}", err=True)


def _print_results(
    results: "Results", out: Path, alone: "ReaderResult | None" = None, *, as_json: bool
) -> None:
    from api.commands.evaluate.table import tables, wide_screen
    from eval.reading.evaluate import by_name

    if as_json:
        print_json({**results.metrics, **(by_name(alone) if alone else {})})
        return
    screen = wide_screen()
    for table in tables(results):
        screen.print(table)
    if alone:
        show_reading(alone)
    typer.echo(f"The run is in {out}; `onrecord eval report {out}` shows all of it.")
