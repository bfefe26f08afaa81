"""Plain text and Markdown files: one article a file, its text stored unchanged.

Title, byline, date and outlet come from the first lines of the file, or from front matter. The
first lines stay in the text, so an offset into the article is an offset into the file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.documents import Article, Reject
from index.sources.article_record import admitted, article_from, checked_text
from index.sources.batch import SeenArticles
from index.sources.bounded_lines import ITEM_BYTES, read_whole
from index.sources.encodings import decode
from index.sources.ids import file_id
from index.sources.text_header import front_matter, read_head
from index.text.normalization import normalise


def read_text(
    path: Path,
    *,
    seen: SeenArticles | None = None,
    limit: int = ITEM_BYTES,
    encoding: str | None = None,
) -> Iterator[Article | Reject]:
    """The file's article; its id comes from front matter, or else from its path."""
    data = read_whole(path, limit=limit, encoding=encoding)
    raw = data if isinstance(data, Reject) else decode(data, path, None, encoding)
    if isinstance(raw, Reject):
        yield raw
    else:
        yield from admitted(lambda: article_from(_record(raw, path)), seen or SeenArticles(), path)


def _record(raw: str, path: Path) -> dict[str, Any]:
    """What the file states, as a record; front matter overrides the first lines."""
    stated, text = front_matter(normalise(raw))
    checked_text(text)
    return {"id": file_id(path), **read_head(text), **stated, "text": text}
