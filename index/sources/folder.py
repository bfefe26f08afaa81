"""Reads whatever is at a path: one file of a known format, or a folder of them, recursively."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from index.documents import Article, Reject, RejectReason
from index.errors import SourceError
from index.sources.batch import SeenArticles, limit_rejects
from index.sources.bounded_lines import ITEM_BYTES
from index.sources.html import read_html
from index.sources.jsonl import read_json, read_jsonl
from index.sources.text import read_text


class FileReader(Protocol):
    """Reads one file; what it cannot read becomes a Reject."""

    def __call__(
        self, path: Path, *, seen: SeenArticles, limit: int, encoding: str | None
    ) -> Iterator[Article | Reject]: ...


_READERS: dict[str, FileReader] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".txt": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".html": read_html,
    ".htm": read_html,
}


def read(
    path: Path,
    *,
    seen: SeenArticles | None = None,
    limit: int = ITEM_BYTES,
    encoding: str | None = None,
) -> Iterator[Article | Reject]:
    """Every article under `path` once, in the order of names; SourceError if nothing is there.

    In a folder, hidden files and those of `skipped_files` are left out. A link that leads out of it
    is a Reject, and so is a single file of an unknown format. No file and no line of JSONL may
    exceed `limit` bytes. Share `seen` to read several paths as one batch. `encoding` is that of
    files which are not UTF-8 and do not say what they are.
    """
    if not os.access(path, os.F_OK):
        raise SourceError(f"there is nothing at {path}; give a file or a folder of articles")
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        raise SourceError(f"the folder {path} may not be read by this user; change its permissions")
    return _read(path, seen or SeenArticles(), limit, encoding)


def skipped_files(path: Path) -> Iterator[Reject]:
    """The files of a folder that are not read because of their format; none for a file."""
    for found in _files(path):
        if isinstance(found, Path) and found != path and _reader(found) is None:
            yield _unsupported(found)


def readable_files(path: Path) -> Iterator[Path | Reject]:
    """The files of a folder that `read` would read, and the links and folders it would reject."""
    for found in _files(path):
        if isinstance(found, Reject) or _reader(found):
            yield found


def _read(
    path: Path, seen: SeenArticles, limit: int, encoding: str | None
) -> Iterator[Article | Reject]:
    for found in _files(path):
        if isinstance(found, Reject):
            yield found
        elif reader := _reader(found):
            items = reader(found, seen=seen, limit=limit, encoding=encoding)
            yield from limit_rejects(items, found)
        elif found == path:
            yield _unsupported(path)


def _reader(path: Path) -> FileReader | None:
    return _READERS.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def _unsupported(path: Path) -> Reject:
    kinds = ", ".join(_READERS)
    detail = f"files of this format are not read; expected one of {kinds}, or one of these with .gz"
    return Reject(path, None, RejectReason.UNSUPPORTED, detail)


def _files(root: Path) -> Iterator[Path | Reject]:
    """Depth first, by name; a folder reached again through a link is skipped."""
    entered: set[tuple[int, int]] = set()
    waiting, inside = [root], os.path.realpath(root)
    while waiting:
        path = waiting.pop()
        if path.is_symlink() and not _is_inside(path, inside):
            yield _outside(path, root)
            continue
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises without permission
            yield path
            continue
        try:
            waiting += reversed(_entries(path, entered))
        except OSError as error:
            detail = f"the folder cannot be read: {error.strerror}"
            yield Reject(path, None, RejectReason.UNREADABLE, detail)


def _is_inside(link: Path, folder: str) -> bool:
    return os.path.commonpath([os.path.realpath(link), folder]) == folder


def _outside(link: Path, root: Path) -> Reject:
    detail = (
        f"it is a link to {os.path.realpath(link)}, outside {root}; "
        "to add that, give its own path as well"
    )
    return Reject(link, None, RejectReason.OUTSIDE, detail)


def _entries(folder: Path, entered: set[tuple[int, int]]) -> list[Path]:
    status = folder.stat()
    if (status.st_dev, status.st_ino) in entered:
        return []
    entered.add((status.st_dev, status.st_ino))
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
