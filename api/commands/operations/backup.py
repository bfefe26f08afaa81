"""`onrecord backup` and `onrecord restore`: the archive in one file, verified, and back again."""

from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_json
from index.language.numbers import counted

if TYPE_CHECKING:
    from index.stores.backup import ArchiveSize


def backup(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", show_default=False, help="A file that does not exist.")
    ],
    *,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Copy the archive to a file while it is in use, and compare every text with its hash.

    Example: onrecord backup archive-2026-11-30.sqlite
    """
    from index.stores.backup import back_up

    with opened_service(ctx, data) as service:
        size = back_up(service.settings.data, file)
    _tell(size, file, f"{_of(size)} are in {file}, each text compared with its hash.", as_json)


def restore(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", show_default=False, help="What `backup` wrote.")
    ],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the articles that are there.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Verify a backup, make it the archive, and rebuild the index from it.

    Example: onrecord restore archive-2026-11-30.sqlite --data restored
    """
    from api.terminal.progress import bars
    from index.stores.backup import restore as put_back

    began = monotonic()
    with opened_service(ctx, data) as service, bars() as progress:
        size = put_back(file, service.settings.data, replace=replace)
        service.rebuild(progress=progress)
    seconds = monotonic() - began
    told = f"{_of(size)} are restored from {file}, and the index is rebuilt ({seconds:.1f} s)."
    _tell(size, file, told, as_json)


def _of(size: "ArchiveSize") -> str:
    return f"{counted(size.articles, 'article')} in {counted(size.revisions, 'revision')}"


def _tell(size: "ArchiveSize", file: Path, told: str, as_json: bool) -> None:
    if as_json:
        print_json({"file": str(file), **asdict(size)})
    else:
        typer.echo(told)
