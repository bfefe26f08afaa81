"""File operations that are on the disk when they return. Knows no content."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from index.errors import StorageError

OWNER_ONLY, OTHERS = 0o600, 0o077
"""Modes of files."""


def sync_tree(folder: Path, *, known: Callable[[Path], bool] = lambda _: False) -> None:
    """Every file and folder below `folder` and itself, each folder after its content.

    A file that is `known` to be on the disk already is left out.
    """
    for parent, _, names in os.walk(folder, topdown=False):
        for path in (Path(parent, name) for name in names):
            if not known(path):
                sync(path)
        sync(Path(parent))


def sync(path: Path) -> None:
    """A file's content, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_text(path: Path, text: str) -> None:
    """A reader sees either the old text or the new one, whole."""
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    sync(aside)
    aside.replace(path)
    sync(path.parent)


def keep_private(path: Path) -> None:
    """Make the file if it is not there, and let only its owner read it.

    SQLite gives those that it makes beside it the same mode.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
    for each in beside(path):
        each.chmod(OWNER_ONLY)


def read_by_others(path: Path) -> list[Path]:
    """Of a file of SQLite and those beside it, what others than its owner may read or write."""
    return [each for each in beside(path) if each.stat().st_mode & OTHERS]


def beside(path: Path) -> list[Path]:
    """A file of SQLite and those that it keeps beside it, as far as they are there."""
    names = (f"{path.name}{ending}" for ending in ("", "-wal", "-shm"))
    return [path.with_name(name) for name in names if path.with_name(name).exists()]


def move(source: Path, target: Path) -> None:
    """A rename within one file system, on the disk when it returns."""
    target.parent.mkdir(exist_ok=True)
    source.rename(target)
    sync(source.parent)
    sync(target.parent)


def bytes_of(folder: Path) -> int:
    """On the disk; a file that has several names in the folder, by hard links, counts once."""
    files = {}
    for path in folder.rglob("*"):
        try:
            facts = path.stat()
        except FileNotFoundError:  # an old generation is being cleared away meanwhile
            continue
        if path.is_file():
            files[facts.st_dev, facts.st_ino] = facts.st_size
    return sum(files.values())


def link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def unreadable(folder: Path, error: OSError) -> StorageError:
    """For a folder whose content this user may not even list."""
    return StorageError(
        f"{folder} cannot be read ({error.strerror}); let this user read it, or choose another "
        "data folder"
    )
