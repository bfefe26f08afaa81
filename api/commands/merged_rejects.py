"""How rejected items are told: the first few in words, all of them in a file."""

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from api.terminal.printable import printable
from index.documents import Reject

SHOWN = 20


def list_rejects(rejects: Sequence[Reject], file: Path | None) -> None:
    """On standard error: `file:line: reason: detail`."""
    for reject in rejects[:SHOWN]:
        typer.echo(printable(str(reject)), err=True)
    more = len(rejects) - SHOWN
    if more > 0:
        where = f"all are in {file}" if file else "--rejects FILE writes them all"
        typer.echo(f"… and {more:,} more rejected ({where})", err=True)


def write_rejects(rejects: Sequence[Reject], file: Path | None) -> None:
    """One JSON object a line; an empty file when there are none, never an old list."""
    from api.terminal.as_json import reject_json

    if file is None:
        return
    lines = [json.dumps(reject_json(reject), ensure_ascii=False) for reject in rejects]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
