"""`onrecord index`: add and remove articles, rebuild the index, and see its status."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.commands.status import status
from api.terminal.json_output import print_json
from api.terminal.text import printable
from index.documents import Article, Reject
from index.errors import SourceError, UnknownArticleError

if TYPE_CHECKING:
    from index.build import BuildReport

REJECTS_SHOWN = 20

app = typer.Typer(no_args_is_help=True)
app.command()(status)


@app.command()
def add(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            exists=True,
            show_default=False,
            help="Files (.jsonl, .txt, .html, also with .gz) or folders of such files.",
        ),
    ],
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Add nothing if any item is rejected.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="Write every rejected item to this file, as JSON Lines.",
        ),
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Add new articles and revise those that changed; unchanged articles are skipped.

    Example: onrecord index add articles.jsonl
    """
    from api.terminal.progress import bars

    began = monotonic()
    _write_rejects((), rejects)  # an unwritable file fails now, not after hours of work
    if strict:
        _refuse_rejects(paths, rejects, as_json=as_json)
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.add(_items(paths), progress=progress)
    _write_rejects(report.rejects, rejects)
    if not as_json:
        _list_rejects(report.rejects, rejects)
    _summarise(report, monotonic() - began, as_json=as_json)
    accepted = report.added + report.revised + report.updated + report.unchanged
    if report.rejects and (strict or not accepted):
        raise typer.Exit(1)


@app.command()
def remove(
    ctx: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID", show_default=False, help="The ids of the articles."),
    ],
    *,
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
    """Rebuild the index from the archive, for example after a change of embedder or encoding.

    Example: onrecord index rebuild
    """
    from api.terminal.progress import bars

    began = monotonic()
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.rebuild(progress=progress)
    _summarise(report, monotonic() - began, as_json=as_json)


def _items(paths: Iterable[Path]) -> Iterator[Article | Reject]:
    """The items of all paths as one batch, in which every id is unique."""
    from index.sources.batch import SeenArticles
    from index.sources.folder import read

    seen = SeenArticles()
    for path in paths:
        yield from read(path, seen=seen)


def _refuse_rejects(paths: list[Path], file: Path | None, *, as_json: bool) -> None:
    """Reads everything once and keeps only the rejects; `add` reads the articles again."""
    from api.terminal.progress import waiting

    with waiting("Checking every item before anything is written …"):
        found = tuple(item for item in _items(paths) if isinstance(item, Reject))
    if not found:
        return
    _write_rejects(found, file)
    if not as_json:
        _list_rejects(found, file)
    raise SourceError(
        f"{len(found):,} items were rejected, so --strict added nothing: "
        f"correct them, or leave out --strict to add the other items."
    )


def _list_rejects(rejects: Sequence[Reject], file: Path | None) -> None:
    """On standard error: `file:line: reason: detail`."""
    for reject in rejects[:REJECTS_SHOWN]:
        typer.echo(printable(str(reject)), err=True)
    more = len(rejects) - REJECTS_SHOWN
    if more > 0:
        where = f"all are in {file}" if file else "--rejects FILE writes them all"
        typer.echo(f"… and {more:,} more rejected ({where})", err=True)


def _write_rejects(rejects: Sequence[Reject], file: Path | None) -> None:
    """One JSON object per line; without rejects the file is emptied, so no old list remains."""
    if file is None:
        return
    lines = [json.dumps(_reject_json(reject), ensure_ascii=False) for reject in rejects]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _summarise(report: "BuildReport", seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json(_report_json(report, seconds=seconds))
        return
    changes = ("added", "revised", "updated", "unchanged", "removed")
    counts = {change: getattr(report, change) for change in changes}
    counts["rejected"] = len(report.rejects)
    done = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    typer.echo(f"Articles: {done or 'none found'}.")
    typer.echo(f"{report.embedded:,} passages were embedded in {seconds:.1f} s.")
    typer.echo(
        f"The index holds {report.articles:,} articles in {report.passages:,} passages, "
        f"with {report.statements:,} statements (generation {report.generation})."
    )


def _report_json(report: "BuildReport", *, seconds: float) -> dict[str, Any]:
    """The report of HTTP, with the files of the rejects, the removals and the time it took."""
    from api.schemas.articles import ReportBody

    return ReportBody.model_validate(report).model_dump(mode="json") | {
        "rejected": [_reject_json(reject) for reject in report.rejects],
        "removed": report.removed,
        "seconds": round(seconds, 3),
    }


def _reject_json(reject: Reject) -> dict[str, Any]:
    return asdict(reject) | {"path": str(reject.path)}
