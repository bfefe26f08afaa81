"""`onrecord doctor`: examine installation and data folder, and say what mends each fault."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_json
from api.terminal.suggestions import suggested
from api.terminal.text import printable
from index.language.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.maintenance.health.findings import Finding

MARKS = {"ok": "ok", "warn": "WARN", "fail": "FAIL"}


def doctor(ctx: typer.Context, *, data: Data = None, as_json: Json = False) -> None:
    """Examine environment, models, archive and index; nothing is changed.

    Every text and every file is compared with its checksum. Each line says what was found and what
    mends it. Exit code 1 if anything fails; warnings do not count.

    Example: onrecord doctor
    """
    with opened_service(ctx, data) as service:
        examined = map(_for_this_folder, service.examine())
        found = list(examined if as_json else _shown(examined))
    failed = _of_grade(found, "fail")
    if as_json:
        print_json(_as_json(found))
    else:
        counts = f"{failed} failed, {counted(_of_grade(found, 'warn'), 'warning')}"
        typer.echo(f"{counted(len(found), 'check')}: {counts}.")
    if failed:
        raise typer.Exit(1)


def _for_this_folder(found: "Finding") -> "Finding":
    return replace(found, found=suggested(found.found), mend=suggested(found.mend))


def _shown(findings: "Iterable[Finding]") -> "Iterator[Finding]":
    """Each is printed as soon as it is known."""
    for each in findings:
        mend = f"  Try: {each.mend}" if each.mend else ""
        line = f"{MARKS[each.grade]:<5} {each.check}: {each.found}{mend}"
        typer.echo(printable(line))
        yield each


def _of_grade(found: "Sequence[Finding]", grade: str) -> int:
    return sum(each.grade == grade for each in found)


def _as_json(found: "Sequence[Finding]") -> dict[str, Any]:
    listed = [asdict(each) | {"mend": each.mend or None} for each in found]
    return {
        "failed": _of_grade(found, "fail"),
        "warnings": _of_grade(found, "warn"),
        "findings": listed,
    }
