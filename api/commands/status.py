"""`onrecord index status`: the contents of the data folder and the state of its index."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json, data_option
from api.terminal.json_output import print_json
from index.errors import NoIndexError
from index.settings import IndexSettings

if TYPE_CHECKING:
    from index.stores.archive.archive import Archive
    from index.stores.generation.manifest import Manifest
    from index.stores.write_lock import Writer
    from rag.service import Service

_EMPTY = (
    "Nothing has been added yet: run `onrecord index add{data} PATH`, or `onrecord demo{data}`."
)
_BEHIND = (
    "Some articles in the archive are not in the index yet, for example after an interrupted add: "
    "run `onrecord index add{data}` on the same paths again, or `onrecord index rebuild{data}`."
)
_RUNNING = (
    "`{action}` is running (process {process}): until it ends, the index holds what it held before."
)


@dataclass(frozen=True, slots=True)
class Status:
    folder: Path
    bytes: int
    archived: int
    """Articles in the archive."""
    manifest: "Manifest | None"
    """Of the index in use; None before the first one."""
    complete: bool
    """Whether that index holds everything the archive does."""
    writer: "Writer | None"
    """Who is changing the archive at the moment."""


def status(ctx: typer.Context, *, data: Data = None, as_json: Json = False) -> None:
    """Show what the data folder contains and whether the index is up to date.

    Example: onrecord index status
    """
    with opened_service(ctx, data) as service:
        found = _status(service)
    if as_json:
        print_json(_as_json(found))
        return
    for name, value in _facts(found):
        typer.echo(f"{name:<15}{value}")
    given = data_option(data)
    if found.writer:
        typer.echo(_RUNNING.format(action=found.writer.action, process=found.writer.process))
    elif not found.complete:
        typer.echo(_BEHIND.format(data=given))
    elif found.manifest is None:
        typer.echo(_EMPTY.format(data=given))


def _status(service: "Service") -> Status:
    from index.stores.write_lock import writer

    folder = service.settings.data
    manifest, now_writing = _manifest(folder), writer(folder)
    try:
        archive = service.archive
    except NoIndexError:
        return Status(folder, _size(folder), 0, manifest, complete=True, writer=now_writing)
    return Status(
        folder,
        _size(folder),
        archive.count(),
        manifest,
        _complete(archive, manifest, folder),
        now_writing,
    )


def _manifest(folder: Path) -> "Manifest | None":
    from index.stores.generation.folders import current_name, path_of
    from index.stores.generation.manifest import Manifest

    name = current_name(folder)
    return Manifest.read(path_of(folder, name)) if name else None


def _complete(archive: "Archive", manifest: "Manifest | None", folder: Path) -> bool:
    from index.build import same_contents
    from index.recipes import passage_recipe, statement_recipe
    from index.stores.generation.folders import path_of
    from index.stores.search.passage_table import PassageTable

    if manifest is None:
        return archive.count() == 0
    recipe = passage_recipe(IndexSettings(**manifest.settings), manifest.embedder)  # type: ignore[arg-type]  # JSON's own types
    attributed = statement_recipe(manifest.attributor)
    if archive.stale(recipe, 1) or archive.unattributed(attributed, 1) or archive.unembedded(1):
        return False
    indexed = PassageTable.load(path_of(folder, manifest.name) / "columns.npz")
    return same_contents(indexed, archive.passage_table())


def _size(folder: Path) -> int:
    """Bytes on the disk; a file that generations share by hard links counts once."""
    files = {}
    for path in folder.rglob("*"):
        try:
            facts = path.stat()
        except FileNotFoundError:  # an old generation is being cleared away meanwhile
            continue
        if path.is_file():
            files[facts.st_dev, facts.st_ino] = facts.st_size
    return sum(files.values())


def _as_json(found: Status) -> dict[str, Any]:
    """`index` is the body of `GET /v1/index`; null before the first index."""
    from api.schemas.replies import IndexBody

    manifest = found.manifest
    body = manifest and IndexBody.from_fact(manifest, generation=manifest.name)
    settings = manifest.settings if manifest else {}
    return {
        "folder": str(found.folder),
        "bytes": found.bytes,
        "archived": found.archived,
        "complete": found.complete,
        "writer": found.writer and asdict(found.writer),
        "embedder": settings.get("embedder"),
        "encoding": settings.get("encoding"),
        "index": body and body.model_dump(mode="json"),
    }


def _facts(found: Status) -> Iterator[tuple[str, str]]:
    yield "folder", str(found.folder)
    yield "on disk", f"{found.bytes:,} bytes"
    yield "archive", f"{found.archived:,} articles"
    if (manifest := found.manifest) is None:
        yield "index", "none yet"
        return
    newest = manifest.newest_article
    yield "index", f"{manifest.articles:,} articles in {manifest.passages:,} passages"
    yield "statements", f"{manifest.statements:,}"
    yield "generation", manifest.name
    yield "built at", f"{manifest.built_at:%Y-%m-%d %H:%M:%S} UTC"
    yield "newest article", f"{newest:%Y-%m-%d}" if newest else "none has a date"
    yield "embedder", str(manifest.settings["embedder"])
    yield "encoding", str(manifest.settings["encoding"])
