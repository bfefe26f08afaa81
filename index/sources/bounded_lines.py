"""Bytes from a file, plain or gzip, in bounded memory. Knows no format and no article.

UTF-16 and UTF-32 come out as UTF-8; bytes in other encodings are for the reader to decode.

A damaged file gives a `Reject`, not an exception, after everything that was readable before it.
"""

import gzip
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from index.documents import Reject, RejectReason
from index.sources.encodings import as_utf8, damaged

ITEM_BYTES = 20_000_000
"""The longest line, and the largest text or HTML file, that is read; far above any article."""

_CHUNK_BYTES = 1 << 16
_READ_FAILURES = (OSError, EOFError, zlib.error)


def read_lines(
    path: Path, *, limit: int = ITEM_BYTES, encoding: str | None = None
) -> Iterator[tuple[int, bytes] | Reject]:
    """Lines with their numbers from 1; a line over `limit` bytes is skipped, not held in memory."""
    number = 0
    try:
        for number, line in _numbered(as_utf8(_chunks(path), encoding), limit):
            yield (number, line) if len(line) <= limit else too_large(path, number, limit)
    except UnicodeDecodeError as error:
        yield damaged(path, error)
    except _READ_FAILURES as error:
        yield _failure(path, number + 1, error)


def read_whole(
    path: Path, *, limit: int = ITEM_BYTES, encoding: str | None = None
) -> bytes | Reject:
    """The whole file, or why it could not be read; half a file is never returned."""
    held = bytearray()
    try:
        for chunk in as_utf8(_chunks(path), encoding):
            held += chunk
            if len(held) > limit:
                return too_large(path, None, limit)
    except UnicodeDecodeError as error:
        return damaged(path, error)
    except _READ_FAILURES as error:
        return _failure(path, None, error)
    return bytes(held)


def too_large(path: Path, line: int | None, limit: int) -> Reject:
    what = "the file" if line is None else "the line"
    detail = f"{what} is longer than {limit} bytes; split it into one article each"
    return Reject(path, line, RejectReason.TOO_LARGE, detail)


def _chunks(path: Path) -> Iterator[bytes]:
    """`read1` returns what was unpacked before a truncation; `read` would lose it."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is not a regular file")
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    with cast("gzip.GzipFile", opener(path, "rb")) as stream:
        while chunk := stream.read1(_CHUNK_BYTES):
            yield chunk


def _numbered(chunks: Iterable[bytes], limit: int) -> Iterator[tuple[int, bytes]]:
    """Lines without their newline; of an overlong one only its first `limit + 1` bytes."""
    number, held = 1, bytearray()
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        held += first[: limit + 1 - len(held)]
        for piece in others:
            yield number, bytes(held)
            number, held = number + 1, bytearray(piece[: limit + 1])
    if held:
        yield number, bytes(held)


def _failure(path: Path, line: int | None, error: Exception) -> Reject:
    if isinstance(error, EOFError):
        detail = "the gzip data stops before its end; fetch the file again"
        return Reject(path, line, RejectReason.TRUNCATED, detail)
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        detail = f"the gzip data is damaged ({error}); fetch the file again"
    else:
        detail = f"it cannot be read: {getattr(error, 'strerror', None) or error}"
    return Reject(path, line, RejectReason.UNREADABLE, detail)
