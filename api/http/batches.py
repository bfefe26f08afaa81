"""The body of a request -> articles and rejects, each with its position. Knows no service."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from starlette.exceptions import HTTPException

from index.documents import Article, Reject, RejectReason
from index.sources.article_record import RecordError, article_from
from index.sources.batch import SeenArticles, limit_rejects
from index.sources.encodings import is_encoding, is_utf8, likely_encoding, wide_encoding
from index.sources.jsonl import parse_lines
from index.sources.markup import without_markup

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_UTF8 = re.compile(r"utf[-_]?8(?:[-_]sig)?", re.IGNORECASE)
BODY = Path("body")
"""The path that rejects of a body give."""

MEDIA_TYPES = ("application/json", "application/x-ndjson", "application/jsonl")


def read_batch(body: bytes, content_type: str) -> Iterator[Article | Reject]:
    """Errors of the whole body are raised at once; faulty items are yielded as rejects."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        found = (
            f"The body is {content_type[:80]!r}"
            if content_type
            else "The request has no Content-Type"
        )
        raise HTTPException(415, f"{found}; send Content-Type: {', or '.join(MEDIA_TYPES)}.")
    body = _as_utf8(body, content_type)
    if media_type == "application/json":
        return limit_rejects(_articles(_records(_decoded(body))), BODY)
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


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse, parse_int=_whole)
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
    raise HTTPException(400, f"The body is not JSON in UTF-8: {place}.")


def _whole(digits: str) -> int:
    """Python's own message for a long number explains how to configure Python."""
    try:
        return int(digits)
    except ValueError:
        raise ValueError(f"a number has {len(digits):,} digits") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")


def _records(content: Any) -> Sequence[Any]:
    """One object is one article, unless it has a list of them under `articles`."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        listed = content.get("articles")
        return listed if isinstance(listed, list) else [content]
    raise HTTPException(
        400,
        "The body is JSON but not an article: send an object, an array, or {'articles': [...]}.",
    )


def _articles(records: Sequence[Any]) -> Iterator[Article | Reject]:
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
