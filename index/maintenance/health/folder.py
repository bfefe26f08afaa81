"""A whole data folder: archive, index, articles, leftovers and room on the disk."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from shlex import quote

from index.maintenance.erasing import ARCHIVE, KEYS, OURS, copies_in
from index.maintenance.health import archive as archive_checks
from index.maintenance.health import generations
from index.maintenance.health.contents import content_findings
from index.maintenance.health.findings import (
    FINISH,
    REBUILD,
    RESTORE,
    Finding,
    Grade,
    attempted,
    graded,
    some,
)
from index.maintenance.health.stored_articles import ArticlesRead, read_articles
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.archive.database import Database
from index.stores.durable_files import bytes_of, read_by_others
from index.stores.generation.folders import check_archive, current_name, generation_names
from index.stores.write_lock import writer

LEAST_ROOM = 64 * 1024 * 1024


def examine_folder(
    folder: Path, settings: IndexSettings, embedder: EmbedderIdentity | None, now: datetime
) -> Iterator[Finding]:
    """Reads everything and writes nothing; others may read and write meanwhile."""
    yield from attempted("disk room", "df -h", lambda: _room(folder))
    lost = list(attempted("archive", RESTORE, lambda: _lost(folder)))
    yield from lost
    if not (folder / ARCHIVE).exists() and not lost:
        yield Finding(
            "archive", Grade.WARN, f"Nothing was added to {folder} yet.", "onrecord index add PATH"
        )
        return
    if not lost:
        yield from attempted(
            "archive", RESTORE, lambda: _of_archive(folder, settings, embedder, now)
        )
    for name in OURS[1:]:
        move = f"mv {quote(str(folder / name))} {quote(f'{folder / name}.damaged')}"
        move += " && onrecord keys create --scope admin" if name == KEYS else ""
        yield from attempted(name, move, partial(_of_file, folder / name, move))
    yield from attempted("leftovers", FINISH, lambda: _leftovers(folder))


def _lost(folder: Path) -> Iterator[Finding]:
    """Only an error, or nothing."""
    check_archive(folder)
    yield from ()


def _of_file(path: Path, move: str) -> Iterator[Finding]:
    """An SQLite file beside the archive, if it is there."""
    if not path.exists():
        return
    with closing(Database(path, read_only=True)) as database, database.read() as connection:
        fault = str(connection.value("pragma integrity_check(1)"))
    yield graded(
        path.name,
        "" if fault == "ok" else f"SQLite finds {path.name} damaged: {fault}.",
        fine=f"SQLite finds {path.name} whole.",
        grade=Grade.FAIL,
        mend=move,
    )
    open_to_others = read_by_others(path)
    names = some([each.name for each in open_to_others])
    yield graded(
        f"{path.name}, who may read it",
        f"Others than its owner may read {names}." if open_to_others else "",
        fine=f"Only its owner may read {path.name}.",
        grade=Grade.WARN,
        mend=f"chmod 600 {' '.join(quote(str(each)) for each in open_to_others)}",
    )


def _of_archive(
    folder: Path, settings: IndexSettings, embedder: EmbedderIdentity | None, now: datetime
) -> Iterator[Finding]:
    archive = Archive.open(folder / ARCHIVE, read_only=True)
    try:
        yield from _of_rows(archive, folder, now)
        yield from _of_index(archive, folder, settings, embedder)
    finally:
        archive.close()


def _of_rows(archive: Archive, folder: Path, now: datetime) -> Iterator[Finding]:
    """Each check alone, so that damage in one place does not hide the others."""
    with archive.database.read() as connection:
        file = list(archive_checks.file_findings(connection, folder / ARCHIVE))
        yield from file
        if archive_checks.is_old_format(connection):
            return
    read = ArticlesRead()

    def texts() -> Iterator[Finding]:
        nonlocal read
        with archive.database.read() as connection:
            read = read_articles(connection)
        yield from archive_checks.text_findings(read)

    def derived() -> Iterator[Finding]:
        with archive.database.read() as connection:
            yield from archive_checks.derived_findings(connection)

    def names() -> Iterator[Finding]:
        with archive.database.read() as connection:
            yield from archive_checks.name_findings(connection)

    yield from attempted("texts", RESTORE, texts)
    yield from attempted("derived rows", RESTORE, derived)
    if not archive.has_unpublished():
        yield from attempted("names", REBUILD, names)
    yield from content_findings(read.served, now)


def _of_index(
    archive: Archive, folder: Path, settings: IndexSettings, embedder: EmbedderIdentity | None
) -> Iterator[Finding]:
    if not current_name(folder) and not generation_names(folder):
        mend = "" if archive.is_empty() else FINISH
        yield Finding("index", Grade.WARN if mend else Grade.OK, "There is no index yet.", mend)
        return
    files = list(attempted("index files", REBUILD, lambda: generations.file_findings(folder)))
    yield from files
    if any(each.grade is Grade.FAIL for each in files):
        return  # its libraries may crash on what is damaged

    def opened() -> Iterator[Finding]:
        generation = generations.current_generation(folder, settings, embedder)
        yield from generations.fit_findings(archive, generation)
        yield from attempted(
            "vectors", REBUILD, lambda: generations.vector_findings(archive, generation)
        )

    yield from attempted("index in use", REBUILD, opened)


def _leftovers(folder: Path) -> Iterator[Finding]:
    """What killed processes or a restore left; what is being written now is no leftover."""
    left = (
        []
        if writer(folder)
        else [name for name in ("staging", "CURRENT.new") if (folder / name).exists()]
    )
    yield graded(
        "leftovers",
        f"A killed process left {some(left)}." if left else "",
        fine="No killed process left anything.",
        grade=Grade.WARN,
        mend=FINISH,
    )
    copies = list(copies_in(folder))
    yield graded(
        "copies",
        f"{some(copies)} may hold articles that were erased: delete what is not needed."
        if copies
        else "",
        fine="There is no other copy of the archive in the data folder.",
        grade=Grade.WARN,
        mend=f"rm {quote(str(folder / copies[0]))}" if copies else "",
    )


def _room(folder: Path) -> Iterator[Finding]:
    """To compact or to rebuild takes as much again as there is."""
    there = folder if folder.exists() else next(each for each in folder.parents if each.exists())
    free, needed = shutil.disk_usage(there).free, bytes_of(folder) if folder.exists() else 0
    words = f"{free / 1e9:,.1f} GB are free, and the data folder has {needed / 1e9:,.2f} GB"
    if free < LEAST_ROOM:
        yield Finding("disk room", Grade.FAIL, f"{words}: nothing can be written soon.", "df -h")
    else:
        yield graded(
            "disk room",
            f"{words}: there is no room to rebuild, back up or compact." if free < needed else "",
            fine=f"{words}.",
            grade=Grade.WARN,
            mend="df -h",
        )
