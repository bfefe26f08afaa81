"""A whole copy of an archive, made while others read and write, and compared before it counts."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import (
    ArchiveError,
    DamagedArticleError,
    NoIndexError,
    SettingsError,
    StorageError,
)
from index.language.numbers import counted
from index.stores.archive.archive import Archive
from index.stores.archive.checksums import check_row, check_text
from index.stores.archive.database import Connection, Database
from index.stores.durable_files import sync
from index.stores.generation.folders import check_archive
from index.stores.write_lock import writing

DAMAGED = "a damaged archive"


@dataclass(frozen=True, slots=True)
class ArchiveSize:
    """Of a copy in which every text was compared with its hash."""

    articles: int
    """That are not removed."""
    revisions: int
    """Of all articles, also those that were removed."""
    bytes: int


def back_up(folder: Path, file: Path) -> ArchiveSize:
    """Copy the archive of a data folder to `file`, as it is at this moment.

    SettingsError if the file exists, NoIndexError if there is no archive; ArchiveError if what was
    copied is damaged, StorageError if it cannot be written. Then there is no file.
    """
    if not file.absolute().parent.is_dir():
        raise StorageError(
            f"There is no folder {file.absolute().parent}: make it, or choose another."
        )
    if file.exists():
        raise SettingsError(f"{file} exists: give the name of a new file; none is overwritten.")
    check_archive(folder)
    with closing(Archive.open(folder / "archive.sqlite", read_only=True)) as archive:
        with _aside(file) as copy:
            archive.database.copy_to(copy)
            _make_single(copy)
            size = verified(copy)
            sync(copy)
            copy.rename(file)
        sync(file.absolute().parent)
    return size


def restore(file: Path, folder: Path, *, replace: bool) -> ArchiveSize:
    """Put a backup in the place of a data folder's archive; the index has to be rebuilt then.

    The backup is verified first, and a damaged archive is put aside. SettingsError if the archive
    has articles and it is not to `replace` them; readers that are open read the backup from their
    next question on.
    """
    if not file.is_file():
        raise StorageError(f"There is no file {file}: give one that `onrecord backup` wrote.")
    if file.resolve() == (folder / "archive.sqlite").resolve():
        raise SettingsError(f"{file} is this archive itself: give a backup of it.")
    size = _of_backup(file)
    with writing(folder, "restore"):
        target = folder / "archive.sqlite"
        there = _there(target)
        if there and not replace:
            raise SettingsError(
                f"{folder} holds {there}. Give --replace to put the "
                f"{counted(size.articles, 'article')} of the backup in their place, or "
                "restore to another folder with --data."
            )
        if there == DAMAGED:
            _put_aside(target)
        with closing(Archive.open(file, read_only=True)) as backup:
            backup.database.copy_to(target)
    return size


def _of_backup(file: Path) -> ArchiveSize:
    """ArchiveError that tells to take another if it is damaged, and not to restore the archive."""
    try:
        return verified(file)
    except NoIndexError:
        raise ArchiveError(f"{file} is empty: give one that `onrecord backup` wrote.") from None
    except ArchiveError as error:
        if error.__cause__ is None and not isinstance(error, DamagedArticleError):
            raise  # it says what to do itself
        fault = error.__cause__ or str(error).partition(";")[0]  # behind it, advice on an archive
        raise ArchiveError(
            f"The backup {file} is damaged ({fault}): give another one. Nothing was changed."
        ) from error


def _put_aside(archive: Path) -> None:
    """A damaged archive is kept beside the restored one: it may still hold what no backup has."""
    for ending in ("", "-wal", "-shm"):
        path = archive.with_name(archive.name + ending)
        if path.exists():
            path.replace(path.with_name(f"{path.name}.damaged"))


def _there(archive: Path) -> str:
    """What a restore would replace, in words; nothing if there are no articles."""
    if not archive.exists():
        return ""
    try:
        with closing(Archive.open(archive)) as here:
            return counted(count, "article") if (count := here.count()) else ""
    except ArchiveError:
        return DAMAGED


def verified(path: Path) -> ArchiveSize:
    """ArchiveError unless SQLite finds the file whole and every text is the one that was stored."""
    with closing(Archive.open(path, read_only=True)) as archive:
        with archive.database.read() as connection:
            if (fault := connection.value("pragma quick_check(1)")) != "ok":
                raise ArchiveError(f"{path} is damaged ({fault}): use another backup.")
            revisions = _compared(connection)
        return ArchiveSize(archive.count(), revisions, path.stat().st_size)


def _compared(connection: Connection) -> int:
    """The number of revisions; DamagedArticleError for the first that was altered."""
    entries = "select id, article_id, current, removed_at, article_checksum from live"
    for row in connection.execute(entries):  # each text is read once, below
        check_row(row)
    rows = connection.execute(
        """select revisions.*, checksums.value as checksum
        from revisions left join checksums on checksums.revision = number"""
    )
    revisions = 0
    for row in rows:
        check_text(row)
        revisions += 1
    return revisions


def _make_single(path: Path) -> None:
    """Without a write-ahead log, reading a backup makes no files beside it."""
    with closing(Database(path, read_only=False)) as made, made.plain() as connection:
        connection.execute("pragma journal_mode=delete")


@contextmanager
def _aside(file: Path) -> Iterator[Path]:
    """A name in the same folder for what is not yet verified; nothing is left there."""
    copy = file.with_name(f".{file.name}.part")
    try:
        yield copy
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written ({error.strerror or error}): choose another place."
        ) from error
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
