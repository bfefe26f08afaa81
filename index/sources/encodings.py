"""Bytes -> text: UTF-8, UTF-16 and UTF-32 with a byte-order mark, or an encoding that was named.

An encoding is never guessed, as a wrong one would be a misquotation; messages name the likely one.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.documents import Reject, RejectReason

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The marks of UTF-32 first: that of UTF-16 begins one of them."""
_LONGEST_MARK = 4
_WIDE_NAME = re.compile(r"utf[-_]?(?:16|32)", re.IGNORECASE)
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r"})
_STRAY_CONTROLS = 16
_MOST_CONTROLS = 0.1
"""Text has almost none; in English UTF-16 without a byte-order mark, half the bytes are NUL."""
_MOST_ACCENTED = 0.15
"""Of the bytes of a text in a Western European language."""
_WESTERN = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ“”‘’„«»–—…•€£¥¢©®™°§·¿¡ºª½¼¾²³\xa0´]*")
_SAMPLE_BYTES = 1 << 14


def is_encoding(name: str) -> bool:
    """Whether text can be read in an encoding of this name."""
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def as_utf8(chunks: Iterable[bytes], encoding: str | None = None) -> Iterator[bytes]:
    """The bytes, rewritten as UTF-8 if they begin with a mark of UTF-16 or UTF-32.

    Also if `encoding` is one of these, because lines cannot be cut before. UnicodeDecodeError if
    they are damaged; bytes in other encodings are passed on.
    """
    chunks = iter(chunks)
    first = b""
    while len(first) < _LONGEST_MARK and (chunk := next(chunks, b"")):
        first += chunk
    named = encoding if encoding and _WIDE_NAME.match(encoding) and 0 in first else None
    wide = wide_encoding(first) or named
    if wide is None:
        yield first
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(wide)()
    yield decoder.decode(first).encode()
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, if the data begin with its byte-order mark."""
    return next((name for mark, name in _WIDE if data.startswith(mark)), None)


def decode(data: bytes, path: Path, line: int | None, encoding: str | None = None) -> str | Reject:
    """Strict UTF-8 without its byte-order mark, or else strictly `encoding`."""
    bare = data.removeprefix(codecs.BOM_UTF8)
    try:
        if not _controls(bare):
            return bare.decode()
    except UnicodeDecodeError as error:
        fault = f"byte {error.start + 1} is 0x{bare[error.start]:02x}, which is not UTF-8 there"
    else:
        fault = f"{_controls(bare)} of {len(bare)} bytes are control characters"
    if encoding is None:
        return Reject(path, line, RejectReason.NOT_UTF8, f"{fault}; {_advice(bare, line)}")
    try:
        return bare.decode(encoding)
    except UnicodeDecodeError as error:
        detail = (
            f"{fault}, and byte {error.start + 1} is not {encoding} either; convert it to UTF-8"
        )
        return Reject(path, line, RejectReason.NOT_UTF8, detail)


def damaged(path: Path, error: UnicodeDecodeError) -> Reject:
    """For a file that began as UTF-16 or UTF-32."""
    detail = f"it is not {error.encoding} throughout ({error.reason}); convert it to UTF-8"
    return Reject(path, None, RejectReason.NOT_UTF8, detail)


def likely_encoding(data: bytes, *, thorough: bool = True) -> str | None:
    """For a message; `thorough` also recognises encodings of other scripts, which takes longer."""
    if pairs := _likely_wide(data):
        return pairs
    accented = sum(byte > 0x7F for byte in data)  # noqa: PLR2004 - the last of ASCII
    try:
        if accented <= _MOST_ACCENTED * len(data) and _WESTERN.fullmatch(data.decode("cp1252")):
            return "windows-1252"
    except UnicodeDecodeError:
        pass
    if not thorough:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, seldom needed

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return best.encoding.replace("_", "-") if best else None


def _likely_wide(data: bytes) -> str | None:
    """UTF-16 without its mark has a NUL in every other byte of English."""
    half = len(data) // 2
    if data[1::2].count(0) > half // 2:
        return "utf-16-le"
    return "utf-16-be" if data[::2].count(0) > half // 2 else None


def _advice(data: bytes, line: int | None) -> str:
    if likely := likely_encoding(data, thorough=line is None):
        return (
            f"it looks like {likely}: convert it to UTF-8, "
            f"or give its encoding with `onrecord index add --encoding {likely}`"
        )
    return "convert it to UTF-8, or give its encoding with `onrecord index add --encoding NAME`"


def _controls(data: bytes) -> int:
    """How many bytes are control characters; 0 if there are few enough for text."""
    count = len(data) - len(data.translate(None, _CONTROLS))
    return count if count > max(_STRAY_CONTROLS, _MOST_CONTROLS * len(data)) else 0


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
