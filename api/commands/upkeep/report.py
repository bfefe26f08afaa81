"""What a run on the index changed: printed, or as JSON."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from api.commands.status import pending_words
from api.terminal.json_output import print_json
from api.terminal.suggestions import suggested
from api.terminal.text import printable
from index.documents import Reject
from index.language.numbers import counted

if TYPE_CHECKING:
    from index.build_report import BuildReport
    from index.maintenance.erasing import Erasure


def summarise(report: "BuildReport", seconds: float, *, done: str, as_json: bool) -> None:
    if as_json:
        print_json(report_json(report, seconds=seconds))
        return
    typer.echo(done)
    say_contents(report, seconds)


def say_contents(report: "BuildReport", seconds: float) -> None:
    if not report.generation:
        typer.echo("There is still no index: nothing was added.")
        return
    for each in report.given_up:
        line = f"No statements are looked for in {each.article_id!r}. {each.reason}"
        typer.echo(printable(line), err=True)
    were = "was" if report.embedded == 1 else "were"
    typer.echo(f"{counted(report.embedded, 'passage')} {were} embedded in {seconds:.1f} s.")
    typer.echo(
        f"The index holds {counted(report.articles, 'article')} in "
        f"{counted(report.passages, 'passage')}, "
        f"with {counted(report.statements, 'statement')} (generation {report.generation})."
    )
    if report.pending:
        left = f"Still to come: {pending_words(report.pending)}: run `onrecord index finish`."
        typer.echo(suggested(left))


def report_json(report: "BuildReport", *, seconds: float) -> dict[str, Any]:
    """The report of HTTP, with the files of the rejects, the removals and the time it took."""
    from api.schemas.articles import ReportBody

    return ReportBody.model_validate(report).model_dump(mode="json") | {
        "rejected": [reject_json(reject) for reject in report.rejects],
        "removed": report.removed,
        "generation": report.generation or None,
        "seconds": round(seconds, 3),
        "erased": report.erased and asdict(report.erased),
    }


def reject_json(reject: Reject) -> dict[str, Any]:
    return asdict(reject) | {"path": str(reject.path)}


def say_erased(erased: "Erasure | None") -> None:
    if erased is None:
        typer.echo("Nothing had to be erased.")
        return
    rows, freed = erased.rows, erased.bytes_before - erased.bytes_after
    change = f"{freed:,} fewer" if freed >= 0 else f"{-freed:,} more"
    kinds = ((rows.articles, "article"), (rows.revisions, "text"), (rows.statements, "statement"))
    parts = [counted(*each) for each in kinds if rows.articles]
    parts.append(counted(rows.vectors, "unused vector"))
    typer.echo(
        f"{'Erased' if rows.articles else 'Dropped'}: {', '.join(parts)}; "
        f"{counted(erased.generations, 'earlier generation')} of the index deleted; "
        f"{erased.bytes_after:,} bytes are left, {change}."
    )
    for name in erased.others:
        typer.echo(
            f"onrecord: {name} may be a copy that still has it: delete it if you do not need it.",
            err=True,
        )
