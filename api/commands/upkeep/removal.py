"""`onrecord index remove`, `purge`, `compact`: hide articles, erase them, shrink what is left."""

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.commands.upkeep.report import report_json, say_contents, say_erased, summarise
from api.terminal.json_output import print_json
from index.errors import UnknownArticleError

if TYPE_CHECKING:
    from index.build_report import BuildReport
    from rag.service import Service


def remove(
    ctx: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID", show_default=False, help="The ids of the articles."),
    ],
    *,
    purge: Annotated[
        bool,
        typer.Option("--purge", help="Erase all there is of them, also their earlier revisions."),
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Remove articles: hide them at once, then take them out of the index.

    Example: onrecord index remove harbour-tolls
    """
    from api.terminal.progress import bars

    began = monotonic()
    with opened_service(ctx, data) as service:
        known = service.archive.live(ids)
        if purge:
            known |= set(service.archive.removed(ids))
        _tell_unknown(ids, known)
        with bars() as progress:
            run = service.purge if purge else service.remove
            report = run(sorted(known), progress=progress)
    if purge:
        _summarise_erasure(report, monotonic() - began, as_json=as_json)
        return
    done = f"Articles: {report.removed:,} removed."
    summarise(report, monotonic() - began, done=done, as_json=as_json)


def purge(
    ctx: typer.Context,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]", show_default=False, help="Removed articles; default: all."),
    ] = None,
    *,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Erase removed articles for good: text, statements, vectors and earlier revisions.

    Example: onrecord index purge
    """
    from api.terminal.progress import bars

    began = monotonic()
    with opened_service(ctx, data) as service:
        if ids and (present := sorted(service.archive.live(ids))):
            raise typer.BadParameter(
                f"{', '.join(map(repr, present))} is not removed: "
                "`onrecord index remove --purge ID` hides an article and erases it."
            )
        _tell_unknown(ids or [], _erasable(service, ids or []))
        with bars() as progress:
            report = service.purge(ids or None, progress=progress)
    _summarise_erasure(report, monotonic() - began, as_json=as_json)


def compact(ctx: typer.Context, *, data: Data = None, as_json: Json = False) -> None:
    """Shrink the data folder: drop unused vectors, gaps in the index, and earlier generations.

    Example: onrecord index compact
    """
    from api.terminal.progress import bars

    began = monotonic()
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.compact(progress=progress)
    _summarise_erasure(report, monotonic() - began, as_json=as_json)


def _erasable(service: "Service", ids: Sequence[str]) -> set[str]:
    """All, if an erasure has to be ended first: it may be theirs."""
    return set(ids) if service.archive.is_erasing() else set(service.archive.removed(ids))


def _tell_unknown(ids: Sequence[str], known: set[str]) -> None:
    """UnknownArticleError if none of several is known."""
    unknown = ", ".join(repr(each) for each in dict.fromkeys(ids) if each not in known)
    if ids and not known:
        raise UnknownArticleError(f"Nothing was removed: no article here has the id {unknown}.")
    if unknown:
        typer.echo(f"onrecord: no article here has the id {unknown}.", err=True)


def _summarise_erasure(report: "BuildReport", seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json(report_json(report, seconds=seconds))
        return
    say_erased(report.erased)
    say_contents(report, seconds)
