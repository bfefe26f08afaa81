"""`onrecord eval reading`: how well the reader alone finds answers and abstains."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import data_faults
from api.commands.options import Json
from api.terminal.json_output import print_json

if TYPE_CHECKING:
    from rich.table import Table

    from eval.reading.attempts import OpenReader
    from eval.reading.tables import ReaderResult, TitleScores

CrossFit = Annotated[
    tuple[Path, Path] | None,
    typer.Option(
        "--cross-fit",
        metavar="FIRST SECOND",
        help="Folders of two readers, each trained on every other title in alphabetical order, "
        "FIRST from the first on: each reads the titles of the other.",
    ),
]


def reading(
    ctx: typer.Context,
    *,
    data: Annotated[
        Path,
        typer.Option(
            "--data", metavar="DIR", help="The folder of reading/squad2/, or a file like its."
        ),
    ],
    reader: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            file_okay=False,
            help="The folder of a reader.onnx. Default: the bundled reader.",
        ),
    ] = None,
    cross_fit: CrossFit = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only N questions, evenly spread.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Put the questions of SQuAD 2.0 to the reader, each with its paragraph; nothing is retrieved.

    Exit codes: 0 measured, 2 the data or a reader cannot be used.
    """
    from api.terminal.progress import bars
    from eval.reading.attempts import open_reader
    from eval.reading.evaluate import plain, read

    if reader and cross_fit:
        raise typer.BadParameter("give --reader or --cross-fit, not both", param_hint="--reader")
    opener: OpenReader = ctx.obj or open_reader
    with data_faults(ctx), bars() as progress:
        measured = read(data, reader, cross_fit, open_reader=opener, limit=limit, progress=progress)
    if as_json:
        print_json(plain(measured))
        return
    show_reading(measured)


def show_reading(measured: "ReaderResult") -> None:
    """One line a title, then notes that qualify the numbers."""
    from api.commands.evaluate.table import wide_screen
    from eval.reading.evaluate import note

    wide_screen().print(_table(measured))
    typer.echo("\n".join([*_below(measured), note(measured)]))


def _table(measured: "ReaderResult") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from eval.reading.tables import MEASURES

    table = Table(
        title=measured.name,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column("title", no_wrap=True)
    for name in ("n", "answerable", *MEASURES.values()):
        table.add_column(name.replace(", ", "\n"), justify="right", no_wrap=True)
    for part in measured.titles:
        table.add_row(*_row(part))
    table.add_section()
    table.add_row(*_row(measured.whole))
    return table


def _row(part: "TitleScores") -> Iterator[str]:
    from api.terminal.text import printable
    from eval.reading.tables import MEASURES

    yield printable(part.name.replace("_", " "))
    yield f"{part.questions:,}"
    yield f"{part.answerable:,}"
    for name in MEASURES:
        yield f"{part.values[name]:.3f}" if name in part.values else ""


def _below(measured: "ReaderResult") -> Iterator[str]:
    from eval.reading.tables import MEASURES

    for name, sure in measured.intervals.items():
        yield f"{MEASURES[name]}: {sure.value:.3f} [{sure.low:.3f}, {sure.high:.3f}] of {sure.n:,}"
    cuts = (f"{_cut(each)} in the {half} half" for half, each in measured.thresholds.items())
    yield (
        f"F1, all: answers from log odds of {' and '.join(cuts)} of the titles, each fitted on the "
        "other half; best F1 is at the one best threshold in hindsight."
    )


def _cut(threshold: float) -> str:
    return f"{threshold:+.2f}" if math.isfinite(threshold) else "infinity (none is best)"
