"""What was not accepted, listed on standard error or written to a file."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from api.terminal.suggestions import suggested
from api.terminal.text import printable
from index.documents import Reject
from index.language.numbers import counted

REJECTS_SHOWN = 20


def list_rejects(rejects: Sequence[Reject], file: Path | None) -> None:
    """On standard error: `file:line: reason: detail`."""
    for reject in rejects[:REJECTS_SHOWN]:
        typer.echo(printable(suggested(str(reject))), err=True)
    more = len(rejects) - REJECTS_SHOWN
    if more > 0:
        where = f"all are in {file}" if file else "--rejects FILE writes them all"
        typer.echo(f"… and {more:,} more rejected ({where})", err=True)


def list_skipped(skipped: Sequence[Reject]) -> None:
    """On standard error, the reason once: it is the same for all."""
    if not skipped:
        return
    typer.echo(f"Skipped {counted(len(skipped), 'file')}: {skipped[0].detail}:", err=True)
    for each in skipped[:REJECTS_SHOWN]:
        typer.echo(f"  {printable(str(each.path))}", err=True)
    if len(skipped) > REJECTS_SHOWN:
        typer.echo(f"  … and {len(skipped) - REJECTS_SHOWN:,} more", err=True)


def write_rejects(rejects: Sequence[Reject], file: Path | None) -> None:
    """One JSON object per line; without rejects the file is emptied, so no old list remains."""
    if file is None:
        return
    lines = [json.dumps(reject_json(reject), ensure_ascii=False) for reject in rejects]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def reject_json(reject: Reject) -> dict[str, Any]:
    return asdict(reject) | {"path": str(reject.path)}
