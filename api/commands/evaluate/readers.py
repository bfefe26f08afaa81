"""`onrecord eval readers`: a reader on the development sets, beside the one before and targets."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import data_faults, resumable
from api.commands.evaluate.reading import CrossFit
from api.commands.evaluate.run import RUNS, DataSets
from api.commands.open_service import open_for
from api.commands.options import Json
from api.terminal.json_output import print_json
from api.terminal.text import printable

if TYPE_CHECKING:
    from rich.table import Table

    from eval.readers.comparing import ReaderComparison, TargetRow
    from eval.scoring.statistics import Interval

WIDTH = 140
"""Columns of the table in a file."""


def readers(
    ctx: typer.Context,
    sets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SET]...",
            help="As for `eval run`. Default: newsqa onestopqa realtimeqa@as-of polnear.",
        ),
    ] = None,
    *,
    before: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            exists=True,
            help="The reader of before: a folder with reader.onnx or such a file. Or the folder "
            "of an earlier run, which is not asked again. Default: the bundled reader.",
        ),
    ] = None,
    reader: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            exists=True,
            help="The reader to measure, a folder or a file. Default: the bundled one.",
        ),
    ] = None,
    data: DataSets = None,
    reading: Annotated[
        Path | None,
        typer.Option(
            "--reading",
            metavar="DIR",
            help="The folder of reading/squad2/: also measure the readers alone.",
        ),
    ] = None,
    cross_fit: CrossFit = None,
    cross_fit_before: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            "--cross-fit-before", metavar="FIRST SECOND", help="The same for the reader of before."
        ),
    ] = None,
    cases: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="A file of cases, of which swapped roles are asked.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Only N questions of each set, evenly spread."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            file_okay=False,
            help="Folder of both runs; interrupted runs are resumed. Default: runs/<date-time>.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure a reader on the development sets beside the one before, with targets and intervals.

    The sets are asked through the whole service once with each reader; DIR/before and DIR/after
    are runs as of `eval run`. What is not given is not measured, and its rows stay empty.
    """
    from api.terminal.progress import bars
    from eval.evaluate import READ_WITHIN_MS
    from eval.readers.comparing import compare_readers, plain
    from eval.readers.measuring import Openers, ReaderQuestions
    from eval.readers.targets import RUN_SETS
    from eval.reading.attempts import open_reader
    from eval.runs.index_cache import default_cache
    from rag.reading.reader import BUNDLED

    if not (before or reader):
        raise typer.BadParameter("give a reader or a run of before", param_hint="--before")
    if (cross_fit or cross_fit_before) and not reading:
        raise typer.BadParameter("give --reading with it", param_hint="--cross-fit")
    out = out or RUNS / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    opener = partial(open_for, read_within_ms=READ_WITHIN_MS)
    openers = ctx.obj if isinstance(ctx.obj, Openers) else Openers(opener, open_reader)
    asked = ReaderQuestions(sets or RUN_SETS, data, reading, cases, limit)
    with data_faults(ctx), resumable(out), bars() as progress:
        comparison = compare_readers(
            str(before or BUNDLED),
            str(reader or BUNDLED),
            asked,
            out,
            cross_fit=(cross_fit_before, cross_fit),
            openers=openers,
            cache=default_cache(),
            progress=progress,
        )
    if as_json:
        print_json(plain(comparison))
        return
    show_readers(comparison)
    typer.echo(f"Both runs are in {out}.")


def show_readers(comparison: "ReaderComparison") -> None:
    """One line a target, then what changed by more than chance, and notes."""
    from api.terminal.reply import terminal

    screen = terminal()
    if not screen.is_terminal:
        screen.width = max(screen.width, WIDTH)
    screen.print(_table(comparison))
    typer.echo("\n".join(map(printable, _below(comparison))))


def _table(comparison: "ReaderComparison") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    table.add_column("measure", no_wrap=True)
    for name in ("must", "reach", "n"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("before", "after", "difference", ""):
        table.add_column(name, no_wrap=True)
    for row in comparison.rows:
        table.add_row(*_row(row))
    return table


def _row(row: "TargetRow") -> Iterator[str]:
    target, measured = row.target, row.after or row.before
    yield target.label
    yield from map(_bound, (target.must, target.reach))
    yield f"{measured.n:,}" if measured else ""
    yield from map(_with_interval, (row.before, row.after))
    yield _with_interval(row.difference, sign="+")
    yield ((target.verdict(row.after.value) or "") if row.after else "not measured")


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _with_interval(found: "Interval | None", sign: str = "") -> str:
    if found is None:
        return ""
    low, high = (format(each, f"{sign}.2f") for each in (found.low, found.high))
    return f"{found.value:{sign}.3f} [{low}, {high}]"


def _below(comparison: "ReaderComparison") -> Iterator[str]:
    for verdict in ("worse", "better"):
        found = [row for row in comparison.changed if row.verdict == verdict]
        names = (f"{row.dataset}/{row.measure} {row.a:.3f} -> {row.b:.3f}" for row in found)
        yield f"{verdict.capitalize()} by more than chance: {', '.join(names) or 'nothing'}."
    yield from comparison.notes
