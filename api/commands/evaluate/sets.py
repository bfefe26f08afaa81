"""`onrecord eval validate`, `from-archive` and `ingestion`: check, make and read data sets."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import UNUSABLE, data_faults
from api.commands.evaluate.run import DataSets, Sets
from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_json
from api.terminal.text import printable
from index.language.numbers import counted

if TYPE_CHECKING:
    from eval.errors import Fault

_SHOWN = 50


def validate(
    ctx: typer.Context, sets: Sets, *, data: DataSets = None, as_json: Json = False
) -> None:
    """List everything wrong with each SET, by file and line; exit code 2 when there is any."""
    from eval.datasets.loading import faults

    with data_faults(ctx):
        found = {name: faults(name, data) for name in sets}
    if as_json:
        print_json({name: [_plain(fault) for fault in each] for name, each in found.items()})
    else:
        for name, each in found.items():
            typer.echo("\n".join(_lines(name, each)))
    if any(found.values()):
        raise typer.Exit(UNUSABLE)


def from_archive(
    ctx: typer.Context,
    *,
    out: Annotated[
        Path, typer.Option(metavar="DIR", file_okay=False, help="A new folder for the set.")
    ],
    questions: Annotated[
        int, typer.Option(min=1, metavar="N", help="Largest number of questions.")
    ] = 150,
    seed: Annotated[int, typer.Option(help="A different seed chooses other questions.")] = 0,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make a set of questions from the archive's own articles, and tag it synthetic."""
    from eval.question_generation.from_archive import make

    with data_faults(ctx), opened_service(ctx, data) as service:
        made = make(service.archive, out, questions=questions, seed=seed)
    if as_json:
        print_json(asdict(made) | {"folder": str(made.folder)})
        return
    typer.echo(
        f"{made.folder}: {counted(made.who_said, 'question')} of who said it, "
        f"{made.what_said} of what was said, {made.withheld} whose article is withheld, "
        f"over {counted(made.articles, 'article')}.\n"
        f"They are synthetic. Ask them with `onrecord eval run {made.folder}`."
    )


def ingestion(
    ctx: typer.Context,
    *,
    data: Annotated[
        Path,
        typer.Option(
            "--data", metavar="DIR", file_okay=False, help="The folder of html/ and neardup/."
        ),
    ],
    as_json: Json = False,
) -> None:
    """Measure how well saved pages are extracted and near duplicates are found."""
    from eval.ingestion import ingestion as measure

    with data_faults(ctx):
        metrics = measure(data)
    if as_json:
        print_json(metrics)
    else:
        typer.echo("\n".join(f"{name:<40} {value:.3f}" for name, value in metrics.items()))


def _lines(name: str, found: "list[Fault]") -> list[str]:
    more = len(found) - _SHOWN
    return [
        f"{name}: {counted(len(found), 'fault')}" if found else f"{name}: sound",
        *(f"  {printable(str(fault))}" for fault in found[:_SHOWN]),
        *([f"  and {more:,} more; --json lists them all"] if more > 0 else []),
    ]


def _plain(fault: "Fault") -> dict[str, object]:
    return {"path": str(fault.path), "line": fault.line, "message": fault.message}
