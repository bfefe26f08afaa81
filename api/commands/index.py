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


def _known_encoding(name: str | None) -> str | None:
    from index.sources.encodings import is_encoding

    if name is not None and not is_encoding(name):
        raise typer.BadParameter(
            f"{name!r} is not the name of an encoding; expected one such as windows-1252 or utf-16."
        )
    return name


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
    encoding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            callback=_known_encoding,
            help="The encoding of files that are not UTF-8 and do not say theirs.",
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
        _refuse_rejects(paths, encoding, rejects, as_json=as_json)
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.add(_items(paths, encoding), progress=progress)
    _write_rejects(report.rejects, rejects)
    skipped = _skipped(paths)
    if not as_json:
        _list_rejects(report.rejects, rejects)
        _list_skipped(skipped)
    _summarise_addition(report, skipped, monotonic() - began, as_json=as_json)
    accepted = report.added + report.revised + report.updated + report.unchanged
    if not accepted or (report.rejects and strict):
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
    done = f"Articles: {report.removed:,} removed."
    _summarise(report, monotonic() - began, done=done, as_json=as_json)


@app.command()
def rebuild(ctx: typer.Context, *, data: Data = None, as_json: Json = False) -> None:
    """Rebuild the index from the archive, for example after a change of embedder or encoding.

    Example: onrecord index rebuild
    """
    from api.terminal.progress import bars

    began = monotonic()
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.rebuild(progress=progress)
    done = f"The index was rebuilt from the archive's {report.articles:,} articles."
    _summarise(report, monotonic() - began, done=done, as_json=as_json)


def _items(paths: Iterable[Path], encoding: str | None) -> Iterator[Article | Reject]:
    """The items of all paths as one batch, in which every id is unique."""
    from index.sources.batch import SeenArticles
    from index.sources.folder import read

    seen = SeenArticles()
    for path in paths:
        yield from read(path, seen=seen, encoding=encoding)


def _skipped(paths: Iterable[Path]) -> list[Reject]:
    """The files of folders that were not read, each once."""
    from index.sources.folder import skipped_files

    found = (skipped for path in paths for skipped in skipped_files(path))
    return list({skipped.path: skipped for skipped in found}.values())


def _refuse_rejects(
    paths: list[Path], encoding: str | None, file: Path | None, *, as_json: bool
) -> None:
    """Reads everything once and keeps only the rejects; `add` reads the articles again."""
    from api.terminal.progress import waiting

    with waiting("Checking every item before anything is written …"):
        found = tuple(item for item in _items(paths, encoding) if isinstance(item, Reject))
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


def _list_skipped(skipped: Sequence[Reject]) -> None:
    """On standard error, the reason once: it is the same for all."""
    if not skipped:
        return
    typer.echo(f"Skipped {len(skipped):,} files: {skipped[0].detail}:", err=True)
    for each in skipped[:REJECTS_SHOWN]:
        typer.echo(f"  {printable(str(each.path))}", err=True)
    if len(skipped) > REJECTS_SHOWN:
        typer.echo(f"  … and {len(skipped) - REJECTS_SHOWN:,} more", err=True)


def _write_rejects(rejects: Sequence[Reject], file: Path | None) -> None:
    """One JSON object per line; without rejects the file is emptied, so no old list remains."""
    if file is None:
        return
    lines = [json.dumps(_reject_json(reject), ensure_ascii=False) for reject in rejects]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _summarise_addition(
    report: "BuildReport", skipped: Sequence[Reject], seconds: float, *, as_json: bool
) -> None:
    if as_json:
        listed = [_reject_json(each) for each in skipped]
        print_json(_report_json(report, seconds=seconds) | {"skipped": listed})
        return
    changes = ("added", "revised", "updated", "unchanged")
    counts = {change: getattr(report, change) for change in changes}
    counts["rejected"] = len(report.rejects)
    done = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    typer.echo(f"Articles: {done or 'none found'}.")
    _say_contents(report, seconds)


def _summarise(report: "BuildReport", seconds: float, *, done: str, as_json: bool) -> None:
    if as_json:
        print_json(_report_json(report, seconds=seconds))
        return
    typer.echo(done)
    _say_contents(report, seconds)


def _say_contents(report: "BuildReport", seconds: float) -> None:
    if not report.generation:
        typer.echo("There is still no index: nothing was added.")
        return
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
        "generation": report.generation or None,
        "seconds": round(seconds, 3),
    }


def _reject_json(reject: Reject) -> dict[str, Any]:
    return asdict(reject) | {"path": str(reject.path)}
