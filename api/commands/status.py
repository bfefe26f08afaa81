"""`onrecord index status`: the contents of the data folder and the state of its index."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_json
from api.terminal.suggestions import suggested
from index.errors import NoIndexError
from index.language.numbers import counted
from index.progress import Pending
from index.settings import IndexSettings

if TYPE_CHECKING:
    from api.jobs.job import WriteJob
    from index.stores.archive.archive import Archive
    from index.stores.generation.manifest import Manifest
    from index.stores.write_lock import Writer
    from rag.guarantee.guarantee import Guarantee
    from rag.service import Service

_EMPTY = "Nothing has been added yet: run `onrecord index add PATH`, or `onrecord demo`."
_BEHIND = (
    "Some articles in the archive are not in the index yet, for example after an interrupted add: "
    "run `onrecord index finish`, or `onrecord index add` on the same paths again."
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
    kept: tuple[str, ...]
    """Generations that a question can name, newest first."""
    writer: "Writer | None"
    """Who is changing the archive at the moment."""
    job: "WriteJob | None"
    """The write of a running service that runs."""
    queued: int
    """How many of its writes wait."""
    guarantee: "Guarantee | None"
    """What is promised of answers; None if nothing is."""


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
    if found.writer:
        typer.echo(_RUNNING.format(action=found.writer.action, process=found.writer.process))
    elif not found.complete:
        typer.echo(suggested(_BEHIND))
    elif found.manifest is None:
        typer.echo(suggested(_EMPTY))


def _status(service: "Service") -> Status:
    from index.stores.durable_files import bytes_of
    from index.stores.generation.folders import generation_names
    from index.stores.write_lock import writer

    folder = service.settings.data
    manifest, now_writing = _manifest(folder), writer(folder)
    size, kept = bytes_of(folder), tuple(generation_names(folder))
    job, queued = _jobs(folder)
    try:
        archive = service.archive
        archived, complete = archive.count(), _complete(archive, manifest, folder)
    except NoIndexError:
        archived, complete = 0, True
    return Status(
        folder,
        size,
        archived,
        manifest,
        complete,
        kept,
        now_writing,
        job,
        queued,
        service.guarantee(),
    )


def _jobs(folder: Path) -> "tuple[WriteJob | None, int]":
    from api.jobs.reader import JobReader

    with closing(JobReader(folder)) as reader:
        return reader.now()


def _manifest(folder: Path) -> "Manifest | None":
    from index.stores.generation.folders import current_name, path_of
    from index.stores.generation.manifest import Manifest

    name = current_name(folder)
    return Manifest.read(path_of(folder, name)) if name else None


def _complete(archive: "Archive", manifest: "Manifest | None", folder: Path) -> bool:
    from index.publishing import same_contents
    from index.recipes import passage_recipe, statement_recipe
    from index.stores.generation.folders import path_of
    from index.stores.search.passage_table import PassageTable

    if manifest is None:
        return archive.count() == 0
    recipe = passage_recipe(IndexSettings(**manifest.settings), manifest.embedder)  # type: ignore[arg-type]  # JSON's own types
    attributed = statement_recipe(manifest.attributor)
    if archive.stale(recipe, 1) or archive.unattributed(attributed, 1) or archive.unembedded(1):
        return False
    indexed = PassageTable.load(path_of(folder, manifest.name) / "columns.bin")
    return same_contents(indexed, archive.passage_table())


def pending_words(pending: Pending) -> str:
    """The articles and passages that are found by their words only; "" if there are none."""
    parts = (
        (pending.statements, "statements", "article"),
        (pending.vectors, "vectors", "passage"),
    )
    return ", ".join(f"{what} of {counted(count, noun)}" for count, what, noun in parts if count)


def _as_json(found: Status) -> dict[str, Any]:
    """`index` is the body of `GET /v1/index`; null before the first index."""
    from api.schemas.jobs import JobBody
    from api.schemas.replies import GuaranteeBody, IndexBody

    manifest = found.manifest
    body = manifest and IndexBody.from_fact(manifest, generation=manifest.name)
    settings = manifest.settings if manifest else {}
    return {
        "folder": str(found.folder),
        "bytes": found.bytes,
        "archived": found.archived,
        "complete": found.complete,
        "generations": list(found.kept),
        "writer": found.writer and asdict(found.writer),
        "jobs": {
            "running": found.job and JobBody.of(found.job, None).model_dump(mode="json"),
            "queued": found.queued,
        },
        "embedder": settings.get("embedder"),
        "guarantee": found.guarantee
        and GuaranteeBody.model_validate(found.guarantee).model_dump(mode="json"),
        "engines": list(manifest.engines) if manifest else [],
        "encoding": settings.get("encoding"),
        "index": body and body.model_dump(mode="json"),
    }


def _facts(found: Status) -> Iterator[tuple[str, str]]:
    yield "folder", str(found.folder)
    yield "on disk", f"{found.bytes:,} bytes"
    yield "archive", counted(found.archived, "article")
    yield from _jobs_facts(found)
    if found.guarantee:
        yield (
            "answers",
            f"from {found.guarantee.threshold.least_confidence:.2f}, {found.guarantee.words}",
        )
    if (manifest := found.manifest) is None:
        yield "index", "none yet"
        return
    newest = manifest.newest_article
    yield (
        "index",
        f"{counted(manifest.articles, 'article')} in {counted(manifest.passages, 'passage')}",
    )
    yield "statements", f"{manifest.statements:,}"
    yield "pending", pending_words(manifest.pending) or "nothing"
    yield "generation", manifest.name
    yield "kept", ", ".join(found.kept)
    yield "built at", f"{manifest.built_at:%Y-%m-%d %H:%M:%S} UTC"
    yield "newest article", f"{newest:%Y-%m-%d}" if newest else "none has a date"
    yield "embedder", str(manifest.settings["embedder"])
    if manifest.engines:
        yield "vectors by", ", ".join(manifest.engines)
    yield "encoding", str(manifest.settings["encoding"])


def _jobs_facts(found: Status) -> Iterator[tuple[str, str]]:
    """Nothing where no service has writes to do."""
    if job := found.job:
        of = f" of {job.total:,}" if job.total is not None else ""
        stage = f", {job.stage} {job.done:,}{of}" if job.stage else ""
        until = f", until about {job.ends_at:%H:%M:%S} UTC" if job.ends_at else ""
        yield "job", f"{job.id} ({job.kind}){stage}{until}"
    if found.queued:
        yield "jobs waiting", f"{found.queued:,}; a running `onrecord serve` does them"
