"""One article as untrusted JSON -> an `Article`, or a rejection with a named reason."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import UnionType
from typing import Any

from index.documents import Article, Reject, RejectReason
from index.language.numbers import counted
from index.sources.batch import SeenArticles
from index.sources.publication_date import parse_date
from index.text.normalization import normalise

SHORTEST_TEXT = 20
"""In characters that are not white space: a shorter text is a caption or a stub."""

_LETTER = re.compile(r"\w")
LONGEST_ID = 512
_DEEPEST_METADATA = 32
_FIELDS = frozenset(("title", "text", "url", "outlet", "authors", "published_at", "language"))
_STRAY_NAMES = {
    "url": "url",
    "language": "language",
    "outlet": "outlet",
    "source": "outlet",
    "authors": "authors",
    "author": "authors",
    "published_at": "published_at",
    "published": "published_at",
    "date": "published_at",
}
"""Fields that BEIR corpora keep inside `metadata`; the exact name first."""

_STRAY_TYPES: dict[str, type | UnionType] = {"authors": str | list, "published_at": object}
"""A value of another type stays metadata; but a date is always checked."""


class RecordError(ValueError):
    """The record is not an article; `str(error)` is one sentence for its author."""

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def admitted(
    article: Callable[[], Article], seen: SeenArticles, path: Path, line: int | None = None
) -> Iterator[Article | Reject]:
    """The article, or why it is none; nothing if it was read before."""
    try:
        item = seen.admit(article(), path, line)
    except RecordError as error:
        item = Reject(path, line, error.reason, str(error))
    if item is not None:
        yield item


def article_from(record: Mapping[str, Any]) -> Article:
    """The article a record describes, its strings normalised; RecordError if it is not an article.

    Required: `id` (or `_id`) and `text`. Optional: `title`, `url`, `outlet`, `authors`,
    `published_at`, `language`. Anything else becomes metadata; a known name inside `metadata`
    fills a missing field.
    """
    fields, metadata = _sorted_out(record)
    original, published_at = _published(fields.get("published_at"))
    return Article(
        id=_id(record),
        title=" ".join((_string(fields, "title") or "").split("\n")),
        text=checked_text(_required_text(fields)),
        url=_string(fields, "url"),
        outlet=_string(fields, "outlet"),
        authors=_authors(fields.get("authors")),
        published_at=published_at,
        published_original=original,
        language=_string(fields, "language"),
        metadata={normalise(name): _plain(value, 0) for name, value in metadata.items()},
    )


def checked_text(raw: str) -> str:
    """`raw` normalised, if it is long enough to be an article."""
    text = normalise(raw)
    length = len("".join(text.split()))
    if not _LETTER.search(text):
        raise RecordError(RejectReason.EMPTY, "there is no text; an article needs a text")
    if length < SHORTEST_TEXT:
        found = counted(length, "character")
        detail = f"the text has {found} besides space; at least {SHORTEST_TEXT} are wanted"
        raise RecordError(RejectReason.TOO_SHORT, detail)
    return text


def _sorted_out(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(fields of an article, everything else)."""
    known_id = "id" if "id" in record else "_id"
    fields = {name: value for name, value in record.items() if name in _FIELDS}
    others = {name: record[name] for name in record if name not in {*_FIELDS, known_id}}
    nested = others.get("metadata")
    if isinstance(nested, Mapping):
        del others["metadata"]
        others = {**_fill(fields, nested), **others}
    return fields, others


def _fill(fields: dict[str, Any], nested: Mapping[str, Any]) -> dict[str, Any]:
    """Adds missing fields to `fields`; returns the rest of `nested`."""
    rest = dict(nested)
    for name, field in _STRAY_NAMES.items():
        fits = isinstance(rest.get(name), _STRAY_TYPES.get(field, str))
        if name in rest and fits and not fields.get(field):
            fields[field] = rest.pop(name)
    return rest


def _id(record: Mapping[str, Any]) -> str:
    value = record.get("id", record.get("_id"))
    if value is None:
        raise _malformed("the key 'id' is missing; give every article an id of its own")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _malformed(f"'id' is {json_kind(value)}, wanted a string or an integer")
    name = str(value).strip()
    if not name or len(name) > LONGEST_ID or not name.isprintable():  # dropping any could join two
        raise _malformed(f"'id' must be 1 to {LONGEST_ID} printable characters")
    return name


def _required_text(fields: Mapping[str, Any]) -> str:
    if "text" not in fields:
        raise _malformed("the key 'text' is missing; it holds the body of the article")
    if not isinstance(fields["text"], str):
        raise _malformed(f"'text' is {json_kind(fields['text'])}, wanted a string")
    return fields["text"]


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _malformed(f"{name!r} is {json_kind(value)}, wanted a string")
    return normalise(value).strip() or None


def _authors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _malformed("'authors' must be a list of strings, or one string")
    return tuple(clean for name in names if (clean := normalise(name).strip()))


def _published(value: object) -> tuple[str | None, datetime | None]:
    """(as written, in UTC)."""
    if value is None or value == "":
        return None, None
    if not isinstance(value, str):
        detail = f"'published_at' is {json_kind(value)}; write it like \"2024-09-12T17:30:00Z\""
        raise RecordError(RejectReason.BAD_DATE, detail)
    original = normalise(value).strip()
    try:
        return original, parse_date(original)
    except ValueError as error:
        raise RecordError(RejectReason.BAD_DATE, str(error)) from None


def _plain(value: Any, depth: int) -> Any:
    """A JSON value with normalised strings, which can be written as JSON again."""
    if depth > _DEEPEST_METADATA:
        raise _malformed(f"metadata is nested more than {_DEEPEST_METADATA} levels deep")
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, Mapping):
        return {normalise(str(name)): _plain(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise _malformed(f"metadata holds the number {value}, which is not JSON")
    return value


def _malformed(detail: str) -> RecordError:
    return RecordError(RejectReason.MALFORMED, detail)


def json_kind(value: object) -> str:
    """What a JSON value is, in words."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean"}
    return "null" if value is None else names.get(type(value), "a number")
