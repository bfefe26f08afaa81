"""The body of a request -> articles and rejects, each with its position. Knows no service."""

import json
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from starlette.exceptions import HTTPException

from api.schemas.articles import JSON, MEDIA_TYPES
from index.documents import Article, Reject, RejectReason
from index.sources.article_record import RecordError, article_from
from index.sources.batch import SeenArticles, limit_rejects
from index.sources.encodings import is_encoding, is_utf8, likely_encoding, wide_encoding
from index.sources.jsonl import MOST_VALUES, has_too_many_values, parse_lines
from index.sources.markup import without_markup

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_UTF8 = re.compile(r"utf[-_]?8(?:[-_]sig)?", re.IGNORECASE)
BODY = Path("body")
"""The path that rejects of a body give."""


def read_batch(body: bytes, content_type: str) -> Iterator[Article | Reject]:
    """Faulty items are yielded as rejects; what is no JSON ends it with an error.

    So read all of it before anything is stored.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        found = (
            f"The body is {content_type[:80]!r}"
            if content_type
            else "The request has no Content-Type"
        )
        raise HTTPException(415, f"{found}; send Content-Type: {', or '.join(MEDIA_TYPES)}.")
    body = _as_utf8(body, content_type)
    if media_type == JSON:
        return limit_rejects(_articles(_decoded(body)), BODY)
    return limit_rejects(parse_lines(BytesIO(body), BODY), BODY)


def _as_utf8(body: bytes, content_type: str) -> bytes:
    """Rewritten if it has the mark of UTF-16 or UTF-32, or if the request names its charset."""
    charset = _CHARSET.search(content_type)
    wide = wide_encoding(body)
    name = wide or (charset[1] if charset else "utf-8")
    if not is_encoding(name):
        raise HTTPException(415, f"The charset {name!r} is not known; send JSON in UTF-8.")
    if is_utf8(body) and not wide:
        return body
    try:
        return body if _UTF8.fullmatch(name) else body.decode(name).encode()
    except UnicodeDecodeError as error:
        raise HTTPException(
            400, f"The body is not JSON in {name}: byte {error.start + 1} is not {name}."
        ) from None


def _decoded(body: bytes) -> Iterator[Any]:
    """The records, each decoded when the one before it is done with."""
    try:
        yield from _records(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} is not UTF-8"
        if likely := likely_encoding(body):
            place += f"; it looks like {likely}"
    except json.JSONDecodeError as error:
        place = f"{error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        place = "it is nested too deeply"
    except ValueError as error:
        place = str(error)
    else:
        return
    raise HTTPException(400, f"The body is not JSON in UTF-8: {place}.")


def _records(text: str) -> Iterator[Any]:
    """One object is one article, unless it has a list of them under `articles`."""
    if array := _ARRAY.match(text):
        end = yield from _elements(text, array.end())
        if array["object"] and text[end : end + 1] == ",":  # other keys, which say nothing to us
            end = _other_keys(text, _after(text, end, ","))
        elif array["object"]:
            end = _after(text, end, "}")
    else:
        content, end = _value(text, _space(text, 0))
        yield from _listed(content)
    if end != len(text):
        raise json.JSONDecodeError("Extra data", text, end)


def _other_keys(text: str, at: int) -> int:
    if text[at : at + 1] != '"':
        message = "Expecting property name enclosed in double quotes"
        raise json.JSONDecodeError(message, text, at)
    return _value("{" + text[at:], 0)[1] + at - 1


def _elements(text: str, at: int) -> Generator[Any, None, int]:
    """Of an array whose bracket is before `at`; returns where what follows it begins."""
    if text[at : at + 1] == "]":
        return _space(text, at + 1)
    while True:
        value, at = _value(text, at)
        yield value
        if text[at : at + 1] == "]":
            return _space(text, at + 1)
        at = _after(text, at, ",")


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value, and where what follows it begins."""
    if has_too_many_values(text, at):
        raise HTTPException(
            413,
            f"One article of the body holds more than {MOST_VALUES:,} values; send only what "
            "belongs to it, and a list of articles as an array, or under `articles` as first key.",
        )
    value, end = _DECODER.raw_decode(text, at)
    return value, _space(text, end)


def _after(text: str, at: int, mark: str) -> int:
    if text[at : at + 1] != mark:
        raise json.JSONDecodeError(f"Expecting {mark!r} delimiter", text, at)
    return _space(text, at + 1)


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _whole(digits: str) -> int:
    """Python's own message for a long number explains how to configure Python."""
    try:
        return int(digits)
    except ValueError:
        raise ValueError(f"a number has {len(digits):,} digits") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")


def _listed(content: Any) -> Sequence[Any]:
    if isinstance(content, dict):
        listed = content.get("articles")
        return listed if isinstance(listed, list) else [content]
    raise HTTPException(
        400,
        "The body is JSON but not an article: send an object, an array, or {'articles': [...]}.",
    )


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=_whole)
_SPACE = re.compile(r"[ \t\r\n]*")
_ARRAY = re.compile(
    r"""[ \t\r\n]*(?:\[|(?P<object>\{)[ \t\r\n]*"articles"[ \t\r\n]*:[ \t\r\n]*\[)[ \t\r\n]*"""
)


def _articles(records: Iterable[Any]) -> Iterator[Article | Reject]:
    """A record that repeats an earlier one exactly is skipped."""
    guard = SeenArticles()
    for position, record in enumerate(records, start=1):
        item = _article(record, position)
        admitted = guard.admit(item, BODY, position) if isinstance(item, Article) else item
        if admitted is not None:
            yield admitted


def _article(record: Any, position: int) -> Article | Reject:
    if not isinstance(record, Mapping):
        detail = f"an article must be an object, not {type(record).__name__}"
        return Reject(BODY, position, RejectReason.MALFORMED, detail)
    try:
        return article_from(without_markup(record))
    except RecordError as error:
        return Reject(BODY, position, error.reason, str(error))
