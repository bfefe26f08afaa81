"""Articles as JSON: one object a line (`.jsonl`), or one file with a list (`.json`).

A bad line is a `Reject` with its number; later lines are still read.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from index.documents import Article, Reject, RejectReason
from index.sources.article_record import admitted, article_from, json_kind
from index.sources.batch import SeenArticles
from index.sources.bounded_lines import ITEM_BYTES, read_lines, read_whole, too_large
from index.sources.encodings import decode
from index.sources.markup import without_markup

MOST_VALUES = 100_000
"""In one article: its text is one value, so that only other keys could be as many. Decoding lets no
other thread run: 30 MB of `{}` stopped a server for seven seconds and took 1.5 GB."""

_DEEPEST = 2_000
"""The decoder itself refuses what is nested more deeply."""
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
"""What is between the tokens, numbers and colons, neither opens nor ends anything."""


def read_jsonl(
    path: Path,
    *,
    seen: SeenArticles | None = None,
    limit: int = ITEM_BYTES,
    encoding: str | None = None,
) -> Iterator[Article | Reject]:
    """The articles of a `.jsonl` file, plain or `.gz`; if damaged, those before the damage."""
    seen = seen or SeenArticles()
    for item in read_lines(path, limit=limit, encoding=encoding):
        if isinstance(item, Reject):
            yield item
        else:
            yield from _from_line(item[1], (path, item[0]), seen, encoding)


def parse_lines(
    lines: Iterable[bytes],
    path: Path,
    *,
    seen: SeenArticles | None = None,
    limit: int = ITEM_BYTES,
) -> Iterator[Article | Reject]:
    """As `read_jsonl`, for lines from elsewhere; `path` is the name that rejects report."""
    seen = seen or SeenArticles()
    for number, line in enumerate(lines, 1):
        if len(line) > limit:
            yield too_large(path, number, limit)
        else:
            yield from _from_line(line, (path, number), seen)


def read_json(
    path: Path,
    *,
    seen: SeenArticles | None = None,
    limit: int = ITEM_BYTES,
    encoding: str | None = None,
) -> Iterator[Article | Reject]:
    """The articles of a `.json` file: a list of objects, or one object."""
    seen = seen or SeenArticles()
    data = read_whole(path, limit=limit, encoding=encoding)
    document = data if isinstance(data, Reject) else _json(data, (path, None), encoding)
    for record in document if isinstance(document, list) else [document]:
        yield from _from_record(record, (path, None), seen)


def has_too_many_values(text: str, start: int = 0) -> bool:
    """Of the value that begins at `start`, up to the comma or bracket that ends it."""
    depth = count = 0
    for token in _TOKEN.finditer(text, start):
        mark = token[0][0]
        if mark in "]}":
            depth -= 1
        elif mark in "[{":
            depth += 1
            if depth > _DEEPEST:
                return False
        elif mark == "," and depth:
            count += 1
        if depth < 0 or (depth == 0 and mark != '"'):
            return False
        if count > MOST_VALUES:
            return True
    return False


_Place = tuple[Path, int | None]


def _from_line(
    line: bytes, place: _Place, seen: SeenArticles, encoding: str | None = None
) -> Iterator[Article | Reject]:
    """Nothing for a blank line, or for an article that was read already."""
    if line.strip():
        yield from _from_record(_json(line, place, encoding), place, seen)


def _json(data: bytes, place: _Place, encoding: str | None) -> Any:
    """The JSON value, or a Reject."""
    text = decode(data, *place, encoding)
    if isinstance(text, Reject):
        return text
    if place[1] is not None and has_too_many_values(text):
        detail = f"it holds more than {MOST_VALUES:,} values; keep only what belongs to the article"
        return Reject(*place, RejectReason.TOO_LARGE, detail)
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        return Reject(*place, RejectReason.MALFORMED, "the JSON is nested too deeply")
    except ValueError as error:
        detail = f"it is not JSON ({error}); write one JSON object for each article"
        return Reject(*place, RejectReason.MALFORMED, detail)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def _from_record(record: Any, place: _Place, seen: SeenArticles) -> Iterator[Article | Reject]:
    """`record` is a JSON value, or a Reject."""
    if isinstance(record, Reject):
        yield record
    elif not isinstance(record, dict):
        detail = f"expected a JSON object, found {json_kind(record)}"
        yield Reject(*place, RejectReason.MALFORMED, detail)
    else:
        yield from admitted(lambda: article_from(without_markup(record)), seen, *place)
