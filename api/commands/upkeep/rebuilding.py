"""`onrecord index rebuild`: make the index again from the archive, or say what it would change."""

from dataclasses import asdict
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.commands.upkeep.report import summarise
from api.terminal.json_output import print_json
from index.language.numbers import counted
from index.progress import IndexPart

if TYPE_CHECKING:
    from index.preview import RebuildPreview


def rebuild(
    ctx: typer.Context,
    *,
    only: Annotated[
        list[IndexPart] | None,
        typer.Option(
            metavar="PART",
            help="Make vectors, statements or groups again, and keep the rest; repeatable.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be made again, and write nothing.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Rebuild the index from the archive, for example after a change of embedder or encoding.

    Example: onrecord index rebuild
    """
    from api.terminal.progress import bars, waiting

    if dry_run:
        with opened_service(ctx, data) as service, waiting("Comparing with the archive …"):
            found = service.preview_rebuild(only or ())
        _show(found, as_json=as_json)
        return
    began = monotonic()
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.rebuild(only or (), progress=progress)
    done = f"The index was rebuilt from the archive's {counted(report.articles, 'article')}."
    summarise(report, monotonic() - began, done=done, as_json=as_json)


def _show(found: "RebuildPreview", *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(found))
        return
    typer.echo(
        f"A new index of {counted(found.articles, 'article')} would be written, after "
        f"{found.split:,} were split, {found.grouped:,} compared with others, {found.attributed:,} "
        f"searched for statements, and {counted(found.embedded, 'passage')} embedded. "
        "Nothing was written."
    )
