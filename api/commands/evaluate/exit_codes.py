"""Exit codes of an evaluation: 1 it is worse, 2 it cannot be trusted."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from api.commands.exit_codes import JSON, STOPPED
from api.terminal.text import printable

WORSE = 1
UNUSABLE = 2


@contextmanager
def data_faults(ctx: typer.Context) -> Iterator[None]:
    """Data that are not as they must be are told with file and line."""
    from eval.errors import DataError
    from index.errors import SourceError

    try:
        yield
    except (DataError, SourceError) as error:
        unusable(ctx, error)


def unusable(ctx: typer.Context, error: Exception) -> NoReturn:
    """One message, in JSON where that was asked for."""
    if ctx.meta.get(JSON):
        body = {"error": {"type": type(error).__name__, "message": str(error)}}
        typer.echo(json.dumps(body, indent=2))
    else:
        typer.echo(f"onrecord: {printable(str(error))}", err=True)
    raise typer.Exit(UNUSABLE) from error


@contextmanager
def resumable(out: Path) -> Iterator[None]:
    """Ctrl-C leaves a run that the same command takes up again."""
    try:
        yield
    except KeyboardInterrupt as error:
        typer.echo(
            f"\nStopped. What was asked is kept: the same command with --out {out} goes on.",
            err=True,
        )
        raise typer.Exit(STOPPED) from error
