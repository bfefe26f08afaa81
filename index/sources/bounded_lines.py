"""Bytes from a file, plain or gzip, in bounded memory. Knows no format and no article.

A damaged file gives a `Reject`, not an exception, after everything that was readable before it.
"""

import gzip
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from index.documents import Reject, RejectReason

ITEM_BYTES = 20_000_000
"""The longest line, and the largest text or HTML file, that is read; far above any article."""

_CHUNK_BYTES = 1 << 16
_BOM = b"\xef\xbb\xbf"
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r"})
_STRAY_CONTROLS = 16
_MOST_CONTROLS = 0.1
"""Text has almost none; in English UTF-16 without a byte-order mark, half the bytes are NUL."""
_READ_FAILURES = (OSError, EOFError, zlib.error)


def read_lines(path: Path, *, limit: int = ITEM_BYTES) -> Iterator[tuple[int, bytes] | Reject]:
    """Lines with their numbers from 1; a line over `limit` bytes is skipped, not held in memory."""
    number = 0
    try:
        for number, line in _numbered(_chunks(path), limit):
            yield (number, line) if len(line) <= limit else too_large(path, number, limit)
    except _READ_FAILURES as error:
        yield _failure(path, number + 1, error)


def read_whole(path: Path, *, limit: int = ITEM_BYTES) -> bytes | Reject:
    """The whole file, or why it could not be read; half a file is never returned."""
    held = bytearray()
    try:
        for chunk in _chunks(path):
            held += chunk
            if len(held) > limit:
                return too_large(path, None, limit)
    except _READ_FAILURES as error:
        return _failure(path, None, error)
    return bytes(held)


def decode(data: bytes, path: Path, line: int | None) -> str | Reject:
    """Strict UTF-8 without its byte-order mark: a guessed encoding would be a misquotation."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(_STRAY_CONTROLS, _MOST_CONTROLS * len(data)):
        detail = f"{controls} of {len(data)} bytes are control characters; convert it to UTF-8 text"
        return Reject(path, line, RejectReason.NOT_UTF8, detail)
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        detail = (
            f"byte {error.start + 1} is 0x{data.removeprefix(_BOM)[error.start]:02x}, "
            "which is not UTF-8 there; convert the file to UTF-8"
        )
        return Reject(path, line, RejectReason.NOT_UTF8, detail)


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
