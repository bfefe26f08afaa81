"""The lock of a data folder's only writer, and a note of which process holds it and why."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import StorageError, WriterBusyError

_LOCK = "write.lock"
_NOTE = "writer.txt"
"""Beside the lock, as opening a lock file empties it."""


@dataclass(frozen=True, slots=True)
class Writer:
    process: int
    action: str
    """add, remove or rebuild."""


@contextmanager
def writing(folder: Path, action: str) -> Iterator[None]:
    """Holds the lock; WriterBusyError if it is held already, StorageError if it cannot be made."""
    note = folder / _NOTE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK, timeout=0)
        lock.acquire()
        note.write_text(f"{os.getpid()} {action}\n", encoding="ascii")
    except Timeout as error:
        raise WriterBusyError(_busy(folder)) from error
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written ({error.strerror or error}): choose another "
            f"folder with --data, or make this one writable."
        ) from error
    try:
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def writer(folder: Path) -> Writer | None:
    """Who is writing now; None also if a killed process left its note."""
    noted = _noted(folder)
    if noted is None:
        return None
    try:
        with FileLock(folder / _LOCK, timeout=0):
            return None
    except Timeout:
        return noted
    except OSError:
        return None


def _noted(folder: Path) -> Writer | None:
    try:
        process, action = (folder / _NOTE).read_text("ascii").split()
        return Writer(int(process), action)
    except (OSError, ValueError):
        return None


def _busy(folder: Path) -> str:
    noted = _noted(folder)
    who = "Another process"
    if noted and noted.process == os.getpid():
        who = "This same process, for another request,"
    elif noted:
        who = f"Another process ({noted.process}, `{noted.action}`)"
    return f"{who} is writing to {folder}: wait until it ends, then try again."
