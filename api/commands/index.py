"""`onrecord index`: articles into the archive and out of it, and the index made anew."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.merged_rejects import list_rejects, write_rejects
from api.commands.open_service import opened
from api.commands.options import Data, Json
from api.commands.status import status
from api.terminal.json_output import print_json
from index.documents import Reject
from index.errors import SourceError, UnknownArticleError

if TYPE_CHECKING:
    from index.build import BuildReport

app = typer.Typer(no_args_is_help=True)
app.command()(status)


@app.command()
def add(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            exists=True,
            show_default=False,
            help="Files (.jsonl, .txt, .html, .gz of them) or folders of such files.",
        ),
    ],
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Add nothing at all when any item is rejected.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", dir_okay=False, help="Write every rejected item there, as JSON Lines."
        ),
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Add articles, or revise those that changed; what is there already costs nothing."""
    from api.commands.merged_reading import items
    from api.terminal.progress import bars

    began = monotonic()
    write_rejects((), rejects)  # found unwritable now, not after hours of work
    if strict:
        _refuse_rejects(paths, rejects, as_json=as_json)
    with opened(ctx, data) as service, bars() as progress:
        report = service.add(items(paths), progress=progress)
    write_rejects(report.rejects, rejects)
    if not as_json:
        list_rejects(report.rejects, rejects)
    _summarise(report, monotonic() - began, as_json=as_json)
    landed = report.added + report.revised + report.updated + report.unchanged
    if report.rejects and (strict or not landed):
        raise typer.Exit(1)


@app.command()
def remove(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", show_default=False)],
    *,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take articles down: hidden at once, and gone from the index when this ends."""
    from api.terminal.progress import bars

    began = monotonic()
    with opened(ctx, data) as service:
        known = service.archive.live(ids)
        unknown = ", ".join(repr(each) for each in dict.fromkeys(ids) if each not in known)
        if not known:
            raise UnknownArticleError(f"Nothing was removed: no article here has the id {unknown}.")
        if unknown:
            typer.echo(f"onrecord: no article here has the id {unknown}.", err=True)
        with bars() as progress:
            report = service.remove(sorted(known), progress=progress)
    _summarise(report, monotonic() - began, as_json=as_json)


@app.command()
def rebuild(ctx: typer.Context, *, data: Data = None, as_json: Json = False) -> None:
    """Make the index anew from the archive; needed after a change of embedder or encoding."""
    from api.terminal.progress import bars

    began = monotonic()
    with opened(ctx, data) as service, bars() as progress:
        report = service.rebuild(progress=progress)
    _summarise(report, monotonic() - began, as_json=as_json)


def _refuse_rejects(paths: list[Path], file: Path | None, *, as_json: bool) -> None:
    """Read everything once, keeping only the rejects; the articles are read again to be added."""
    from api.commands.merged_reading import items
    from api.terminal.progress import waiting

    with waiting("Reading everything before anything is written …"):
        found = tuple(item for item in items(paths) if isinstance(item, Reject))
    if not found:
        return
    write_rejects(found, file)
    if not as_json:
        list_rejects(found, file)
    raise SourceError(
        f"{len(found):,} items were rejected, so --strict added nothing: "
        f"mend them, or leave --strict out to add the others."
    )


def _summarise(report: "BuildReport", seconds: float, *, as_json: bool) -> None:
    from api.terminal.as_json import report_json

    if as_json:
        print_json(report_json(report, seconds=seconds))
        return
    counts = {
        "added": report.added,
        "revised": report.revised,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "rejected": len(report.rejects),
    }
    done = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    typer.echo(f"Articles: {done or 'none found'}.")
    typer.echo(f"{report.embedded:,} passages were embedded in {seconds:.1f} s.")
    typer.echo(
        f"The index holds {report.articles:,} articles in {report.passages:,} passages, "
        f"with {report.statements:,} statements (generation {report.generation})."
    )
