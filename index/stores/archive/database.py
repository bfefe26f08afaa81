"""SQLite connections and transactions, with SQLite's errors translated into this project's.

The only module that imports sqlite3; knows no table. Any number of threads may read while one
process writes: a call borrows a connection, sees one snapshot, and returns the connection.
"""

import hashlib
import json
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ArchiveError, OnRecordError, StorageError, WriterBusyError

_WHEN_DAMAGED: Mapping[str, str] = {
    "keys.sqlite": "move it away and create keys again with `onrecord keys create` before you "
    "serve: without any key, a server on 127.0.0.1 is open to all who use this machine",
    "jobs.sqlite": "move it away; the writes that waited in it have to be sent again",
}
"""What to do, by name of the file; anything else is an archive."""
BUSY_SECONDS = 5.0
SHRINK_SECONDS = 60.0
BATCH = 8192
"""Rows fetched at a time: fast enough, and small in memory."""

Row = sqlite3.Row


class Connection(sqlite3.Connection):
    """A connection; `stamp` is the state of a file that was opened as immutable."""

    stamp: tuple[int, int, bool] | None = None

    def value(self, query: str, *parameters: object) -> Any:
        """The first column of the only row; None if there is no row."""
        rows = self.execute(query, parameters).fetchall()
        return rows[0][0] if rows else None

    def rows_for(self, ids: NDArray[np.int64], query: str) -> Iterator[Row]:
        """The rows of a query whose parameter is a JSON array of ids, for all ids in order."""
        for start in range(0, len(ids), BATCH):
            batch = json.dumps(ids[start : start + BATCH].tolist())
            yield from self.execute(query, (batch,)).fetchall()


class Database:
    """One SQLite file. Close it when done: idle connections are kept for the next call.

    Threads of one process write in the order in which they come, however long that takes;
    another process is waited for `busy_seconds`.
    """

    def __init__(self, path: Path, *, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path.absolute()
        self.read_only = read_only
        self._busy_seconds = busy_seconds
        self._writing = threading.Lock()
        self._idle: deque[Connection] = deque()
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot: every query inside sees the same state."""
        with self._transaction("begin") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """All or nothing; on the disk when it ends without an error."""
        with self._writing, self._transaction("begin immediate") as connection:
            yield connection

    @contextmanager
    def plain(self) -> Iterator[Connection]:
        """A connection outside any transaction, for the pragmas that need one."""
        with self._translated():
            connection = self._take()
            try:
                yield connection
            except BaseException:
                connection.close()  # rolls back
                raise
            self._give(connection)

    def copy_to(self, path: Path) -> None:
        """The whole file as it is at this moment, in the place of what is at `path`.

        Who reads there sees either the one or the other.
        """
        with self.plain() as connection, _translated(path, self._busy_seconds):
            target = sqlite3.connect(path, timeout=self._busy_seconds)
            try:
                connection.backup(target)
                target.execute("pragma wal_checkpoint(truncate)")
            finally:
                target.close()

    def shrink(self, *, patience: float = SHRINK_SECONDS) -> None:
        """Write the file again without what was deleted, and empty the write-ahead log.

        WriterBusyError if others read without a pause for so many seconds: then the log keeps what
        it has.
        """
        with self.plain() as connection:
            connection.execute("pragma temp_store=file")  # as large as the file
            connection.execute("vacuum")
            connection.execute("pragma temp_store=memory")
            until = time.monotonic() + patience
            while connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
                if time.monotonic() > until:
                    raise WriterBusyError(
                        f"{self.path} is being read without a pause, so what was erased is still "
                        "in the file beside it; run the same command again"
                    )

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self.plain() as connection:
            connection.execute(begin)
            yield connection
            connection.execute("commit")

    def _take(self) -> Connection:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was quicker
                break
            if connection.stamp is None or connection.stamp == _stamp(self.path):
                return connection
            connection.close()
        return self._connect()

    def _give(self, connection: Connection) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.append(connection)

    def _connect(self) -> Connection:
        if not self.read_only:
            return self._opened("mode=rwc")
        try:
            return self._opened("mode=ro")
        except sqlite3.OperationalError:
            if not self.path.is_file() or _wal_has_pages(self.path):
                raise
            return self._immutable()

    def _opened(self, options: str) -> Connection:
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?{options}",
            uri=True,
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,  # handed from thread to thread, used by one at a time
            factory=Connection,
        )
        try:
            _configure(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _immutable(self) -> Connection:
        """For a read-only folder, where WAL cannot keep its index beside the file.

        SQLite then assumes that the file never changes. Another user's process may still change
        it: the stamp shows that, and the connection is replaced before its next use.
        """
        stamp = _stamp(self.path)
        connection = self._opened("mode=ro&immutable=1")
        connection.stamp = stamp
        return connection

    def _translated(self) -> AbstractContextManager[None]:
        return _translated(self.path, self._busy_seconds)


def _configure(connection: Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys=on")
    connection.execute("pragma synchronous=full")
    connection.execute("pragma temp_store=memory")
    connection.create_function("casefold", 1, _casefold, deterministic=True)
    connection.create_function("row_checksum", -1, row_checksum, deterministic=True)
    connection.execute("select 1 from sqlite_master").fetchall()  # sqlite3 opens files on first use


def _stamp(path: Path) -> tuple[int, int, bool]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size, _wal_has_pages(path)


def _wal_has_pages(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def row_checksum(*values: object) -> str:
    """Of the values of a row, in hex; also a function of SQL. A change of type changes it too."""
    facts = _CHECKED.encode(values).encode()
    return hashlib.blake2b(facts, digest_size=16).hexdigest()


def _blob(value: object) -> str:
    return f"blob {bytes(value).hex()}" if isinstance(value, bytes) else repr(value)


_CHECKED = json.JSONEncoder(default=_blob)
"""Made once: an encoder for each row took half of its checksum's time."""


def _casefold(value: str | None) -> str | None:
    return None if value is None else value.casefold()


@contextmanager
def _translated(path: Path, busy_seconds: float) -> Iterator[None]:
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a bug in this project, not a fault of the file
    except sqlite3.DatabaseError as error:
        raise _translation(error, path, busy_seconds) from error
    except UnicodeDecodeError as error:  # SQLite quotes the damage in its message
        raise _damaged(path, error) from error


def _translation(error: sqlite3.DatabaseError, path: Path, busy_seconds: float) -> OnRecordError:
    match getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").split("_")[0]:
        case "FULL":
            return StorageError(
                f"no space left on the disk for {path}; this step was undone: "
                "free some space and run it again"
            )
        case "READONLY" | "CANTOPEN" | "PERM" | "AUTH":
            return StorageError(
                f"{path} cannot be opened ({error}); "
                "check that the folder exists and that you may read and write it"
            )
        case "IOERR":
            return StorageError(
                f"reading or writing {path} failed ({error}); check the disk and its free space"
            )
        case "BUSY" | "LOCKED":
            return WriterBusyError(
                f"{path} has been held by another process for {busy_seconds:g} seconds; "
                "wait until it is done and try again"
            )
        case _:
            return _damaged(path, error)


def _damaged(path: Path, error: Exception) -> ArchiveError:
    advice = _WHEN_DAMAGED.get(
        path.name, "restore it from a backup, or move it away and add the articles again"
    )
    what = "one that onrecord made" if path.name in _WHEN_DAMAGED else "an archive"
    return ArchiveError(f"{path} is damaged, or is not {what} ({error}); {advice}")
