"""The end of an erasure: nothing that was erased is left in any file of the data folder."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.errors import StorageError
from index.maintenance.erased_rows import ErasedRows, erasing, note_erased
from index.stores.archive.archive import Archive
from index.stores.archive.database import Database
from index.stores.durable_files import bytes_of
from index.stores.generation.folders import current_name, generation_names, prune
from index.stores.generation.manifest import SPEAKERS, STATEMENTS, TERMS, VECTORS, Manifest
from index.stores.search.segments import deleted_share
from index.stores.vectors.segment import SegmentList

ARCHIVE = "archive.sqlite"
JOBS = "jobs.sqlite"
KEYS = "keys.sqlite"
OURS = (ARCHIVE, JOBS, KEYS)
"""SQLite files of a data folder."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased, and what became of the data folder."""

    rows: ErasedRows
    generations: int
    """Generations of the index that were deleted, as they had it."""
    bytes_before: int
    bytes_after: int
    others: tuple[str, ...] = ()
    """Copies of the archive in the data folder, which still have it: they are left alone."""


@dataclass(frozen=True, slots=True)
class FolderSize:
    """Of a data folder."""

    bytes: int
    generations: int

    @classmethod
    def of(cls, folder: Path) -> "FolderSize":
        return cls(bytes_of(folder), len(generation_names(folder)))


def leave_no_trace(folder: Path, archive: Archive, *, before: FolderSize) -> Erasure:
    """When a generation without it is current: delete all others, shrink the archive.

    StorageError or WriterBusyError if anything is left; the next writer goes on with it.
    """
    done = shrunk(folder, archive, erasing(archive) or ErasedRows(), before=before)
    note_erased(archive)
    return done


def shrunk(folder: Path, archive: Archive, rows: ErasedRows, *, before: FolderSize) -> Erasure:
    """Only the current generation is left, and in the SQLite files only what they hold."""
    _delete_other_generations(folder)
    archive.database.shrink()
    _shrink_jobs(folder)
    after = bytes_of(folder)
    return Erasure(rows, before.generations, before.bytes, after, copies_in(folder))


def has_gaps(generation: Path) -> bool:
    """Whether its files have rows that were deleted since they were written."""
    manifest = Manifest.read(generation)
    rows = sum(segment.rows for segment in SegmentList.read(generation / VECTORS).segments)
    deleted = (deleted_share(generation / name) for name in (TERMS, STATEMENTS, SPEAKERS))
    return rows > manifest.passages - manifest.pending.vectors or any(deleted)


def _shrink_jobs(folder: Path) -> None:
    """An addition's body is deleted when its job ends; its pages and log may still have it."""
    if (folder / JOBS).exists():
        with closing(Database(folder / JOBS, read_only=False)) as jobs:
            jobs.shrink()


def copies_in(folder: Path) -> tuple[str, ...]:
    """Files beside the archive that may be copies of it: put aside by a restore, or backups."""
    known = tuple(f"{name}{end}" for name in OURS for end in ("", "-wal", "-shm", "-journal"))
    found = {path.name for ending in ("*.sqlite*", "*.damaged") for path in folder.glob(ending)}
    return tuple(sorted(found.difference(known)))


def _delete_other_generations(folder: Path) -> None:
    shutil.rmtree(folder / "staging", ignore_errors=True)
    current = current_name(folder)
    prune(folder, {current})
    if left := set(generation_names(folder)) - {current}:
        raise StorageError(
            f"The old generation {min(left)} in {folder} could not be deleted, so what was erased "
            "is still in it: make it writable, then run the same command again."
        )
