"""Exit codes of an evaluation: 1 for a worse run, 2 for unusable data."""

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
    """Faulty data end the command with file and line."""
    from eval.errors import DataError
    from index.errors import SourceError

    try:
        yield
    except (DataError, SourceError) as error:
        unusable(ctx, error)


def unusable(ctx: typer.Context, error: Exception) -> NoReturn:
    """One message, as JSON with --json."""
    if ctx.meta.get(JSON):
        body = {"error": {"type": type(error).__name__, "message": str(error)}}
        typer.echo(json.dumps(body, indent=2))
    else:
        typer.echo(f"onrecord: {printable(str(error))}", err=True)
    raise typer.Exit(UNUSABLE) from error


@contextmanager
def resumable(out: Path) -> Iterator[None]:
    """Ctrl-C leaves a run that the same command resumes."""
    try:
        yield
    except KeyboardInterrupt as error:
        typer.echo(
            f"\nStopped. Finished questions are stored; the same command with --out {out} resumes.",
            err=True,
        )
        raise typer.Exit(STOPPED) from error
