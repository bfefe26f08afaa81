"""`onrecord index`: add and remove articles, rebuild the index, and see its status."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.commands.status import status
from api.commands.upkeep.rebuilding import rebuild
from api.commands.upkeep.removal import compact, purge, remove
from api.commands.upkeep.report import reject_json, report_json, say_contents, summarise
from api.commands.upkeep.rollback import rollback
from api.terminal.json_output import print_json
from api.terminal.rejects import list_rejects, list_skipped, write_rejects
from index.documents import Article, Reject
from index.errors import SourceError
from index.language.numbers import counted
from index.progress import Until

if TYPE_CHECKING:
    from index.build_report import BuildReport

CHANGES = ("added", "revised", "updated", "unchanged")

app = typer.Typer(no_args_is_help=True)
app.command()(status)
app.command()(remove)
app.command()(purge)
app.command()(compact)
app.command()(rollback)


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
    wait: Annotated[
        Until,
        typer.Option(
            help="When to end: `all` when statements and vectors are there too, `words` when the "
            "articles are found by their words, `none` when they are stored."
        ),
    ] = Until.ALL,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Add new articles and revise those that changed; unchanged articles are skipped.

    Example: onrecord index add articles.jsonl
    """
    from api.terminal.progress import bars

    began = monotonic()
    write_rejects((), rejects)  # an unwritable file fails now, not after hours of work
    if strict:
        _refuse_rejects(paths, encoding, rejects, as_json=as_json)
    if dry_run:
        _preview(ctx, data, paths, encoding, rejects, as_json=as_json)
        return
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.add(_items(paths, encoding), progress=progress, until=wait)
    write_rejects(report.rejects, rejects)
    skipped = _skipped(paths)
    if not as_json:
        list_rejects(report.rejects, rejects)
        list_skipped(skipped)
    _summarise_addition(report, skipped, monotonic() - began, as_json=as_json)
    accepted = report.added + report.revised + report.updated + report.unchanged
    if not accepted or (report.rejects and strict):
        raise typer.Exit(1)


@app.command()
def finish(ctx: typer.Context, *, data: Data = None, as_json: Json = False) -> None:
    """Make the statements and vectors that `add --wait words` or an interrupted run left out.

    Example: onrecord index finish
    """
    from api.terminal.progress import bars

    began = monotonic()
    with opened_service(ctx, data) as service, bars() as progress:
        report = service.finish(progress=progress)
    summarise(report, monotonic() - began, done="The index is finished.", as_json=as_json)


app.command()(rebuild)


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
    write_rejects(found, file)
    if not as_json:
        list_rejects(found, file)
    raise SourceError(
        f"{counted(len(found), 'item', 'were')} rejected, so --strict added nothing: "
        f"correct them, or leave out --strict to add the other items."
    )


def _summarise_addition(
    report: "BuildReport", skipped: Sequence[Reject], seconds: float, *, as_json: bool
) -> None:
    if as_json:
        listed = [reject_json(each) for each in skipped]
        print_json(report_json(report, seconds=seconds) | {"skipped": listed})
        return
    counts = {change: getattr(report, change) for change in CHANGES}
    typer.echo(f"Articles: {_listed(counts | {'rejected': len(report.rejects)})}.")
    say_contents(report, seconds)


def _preview(
    ctx: typer.Context,
    data: Path | None,
    paths: list[Path],
    encoding: str | None,
    rejects: Path | None,
    *,
    as_json: bool,
) -> None:
    """What `add` would do; nothing is written but the list of rejects."""
    from api.terminal.progress import waiting

    with opened_service(ctx, data) as service, waiting("Comparing with the archive …"):
        found = service.preview(_items(paths, encoding))
    write_rejects(found.rejects, rejects)
    skipped = _skipped(paths)
    ids = {change: getattr(found, change) for change in CHANGES}
    if as_json:
        print_json(
            {change: len(of) for change, of in ids.items()}
            | {"rejected": [reject_json(each) for each in found.rejects]}
            | {"skipped": [reject_json(each) for each in skipped], "ids": ids}
        )
    else:
        list_rejects(found.rejects, rejects)
        list_skipped(skipped)
        counts = {change: len(of) for change, of in ids.items()} | {"rejected": len(found.rejects)}
        typer.echo(f"Articles: {_listed(counts)}. Nothing was written.")
    if not any(ids.values()):
        raise typer.Exit(1)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "none found"
