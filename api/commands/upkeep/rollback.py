"""`onrecord index rollback`: answer from an older generation of the index, until the next write."""

from dataclasses import asdict
from typing import Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_json


def rollback(
    ctx: typer.Context,
    generation: Annotated[
        str | None,
        typer.Argument(
            metavar="[GENERATION]",
            show_default=False,
            help="One that is kept (see `index status`); default: the one before the current one.",
        ),
    ] = None,
    *,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Answer from an older generation until the next write, which publishes all articles.

    Articles that were removed stay hidden.

    Example: onrecord index rollback
    """
    with opened_service(ctx, data) as service:
        done = service.rollback(generation)
    if as_json:
        print_json(asdict(done))
        return
    typer.echo(f"The generation {done.generation} answers now; it was {done.before}.")
    typer.echo("The next addition or removal publishes all that the archive holds.")
