"""Saved web pages: trafilatura finds the article, its title, authors, date and site.

A page without an article (a cookie wall, a paywall, an empty application shell) is rejected: its
words are the site's, not an article's.
"""

import codecs
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.documents import Article, Reject, RejectReason
from index.sources.article_record import RecordError, admitted, article_from
from index.sources.batch import SeenArticles
from index.sources.bounded_lines import ITEM_BYTES, decode, read_whole
from index.sources.ids import file_id, url_id
from index.sources.page_notices import only_notices
from index.text.normalization import normalise

if TYPE_CHECKING:
    from trafilatura.settings import Document

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_SENT_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What browsers decode under these names (WHATWG Encoding)."""

_INSTANT = re.compile(
    r"""(?:article:published_time["']\s+content=|"datePublished"\s*:)\s*["']([^"'<>]{10,40})["']"""
)


def read_html(
    path: Path, *, seen: SeenArticles | None = None, limit: int = ITEM_BYTES
) -> Iterator[Article | Reject]:
    """The page's article; its id is made from its canonical URL, or else from its path."""
    data = read_whole(path, limit=limit)
    page = data if isinstance(data, Reject) else _decode(data, path)
    if isinstance(page, Reject):
        yield page
    else:
        yield from admitted(lambda: _article(page, path), seen or SeenArticles(), path)


def _decode(data: bytes, path: Path) -> str | Reject:
    """UTF-8, or strictly the encoding that the page declares; never a guess."""
    as_utf8 = decode(data, path, None)
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    if isinstance(as_utf8, str) or not declared:
        return as_utf8
    try:
        name = codecs.lookup(declared[1].decode()).name
        return data.decode(_SENT_AS.get(name, name))
    except (LookupError, UnicodeError):
        return as_utf8


def _article(page: str, path: Path) -> Article:
    page = normalise(page)
    if not page.strip():
        raise RecordError(RejectReason.EMPTY, "the file is blank; expected a web page")
    found = _extract(page)
    text = found.text if found else None
    if found is None or not text or only_notices(text):
        detail = "the page has no article, only boilerplate; save the whole page"
        raise RecordError(RejectReason.BOILERPLATE, detail)
    return article_from(_record(found, text, page, path))


def _extract(page: str) -> "Document | None":
    """None if the page has no article, or the string is not a page.

    `favor_precision` extracted the least boilerplate from 210 news pages. trafilatura is imported
    here because loading it takes longer than reading most folders.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - see above

    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            page, favor_precision=True, include_comments=False, with_metadata=True
        )
    except Exception:  # noqa: BLE001 - whatever a hostile page provokes in three libraries
        return None
    return found if not isinstance(found, dict) else None


def _record(found: "Document", text: str, page: str, path: Path) -> dict[str, Any]:
    url = _address(found.url)
    return {
        "id": url_id(url) if url else file_id(path),
        "title": _title(found.title or "", found.sitename or ""),
        "text": text,
        "url": url,
        "outlet": found.sitename,
        "authors": [name.strip() for name in (found.author or "").split(";")],
        "published_at": _published(page, found.date),
    }


def _address(url: str | None) -> str | None:
    """The page's own URL; None if the page names only the site's front page as canonical."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    own = parts.scheme in ("http", "https") and parts.netloc and parts.path.strip("/")
    return parts._replace(fragment="").geturl() if own else None


def _title(title: str, site: str) -> str:
    """Without the site's name at the end."""
    ending = rf"\s+[|\u2013\u2014-]\s+{re.escape(site)}$"
    return re.sub(ending, "", title, flags=re.IGNORECASE) if site else title


def _published(page: str, day: str | None) -> str | None:
    """The instant that the page states for the day trafilatura found, or else only that day."""
    stated = (match[1] for match in _INSTANT.finditer(page))
    return next((instant for instant in stated if day and instant.startswith(day)), day)
