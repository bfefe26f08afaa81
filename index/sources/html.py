"""Saved web pages: trafilatura finds the article, its title, authors, date and site.

A page without an article (a cookie wall, a paywall, an empty application shell) is rejected: its
words are the site's, not an article's.
"""

import codecs
import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.documents import Article, Reject, RejectReason
from index.sources.article_record import RecordError, admitted, article_from
from index.sources.batch import SeenArticles
from index.sources.bounded_lines import ITEM_BYTES, read_whole
from index.sources.encodings import decode, is_utf8
from index.sources.ids import file_id, url_id
from index.sources.pages.attributes import MOST_ATTRIBUTES, has_crowded_tag
from index.sources.pages.authors import authors
from index.sources.pages.dates import published
from index.sources.pages.declarations import Declarations
from index.sources.pages.layout import prepare
from index.sources.pages.lines import page_lines
from index.sources.pages.notices import only_notices
from index.text.normalization import normalise
from index.text.titles import without_outlet

if TYPE_CHECKING:
    from trafilatura.settings import Document

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_CHARSET_WITHIN = 4096
_SENT_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
}
"""What browsers decode under these names (WHATWG Encoding)."""


def read_html(
    path: Path,
    *,
    seen: SeenArticles | None = None,
    limit: int = ITEM_BYTES,
    encoding: str | None = None,
) -> Iterator[Article | Reject]:
    """The page's article; its id is made from its canonical URL, or else from its path."""
    data = read_whole(path, limit=limit, encoding=encoding)
    page = data if isinstance(data, Reject) else _decode(data, path, encoding)
    if isinstance(page, Reject):
        yield page
    else:
        yield from admitted(lambda: _article(page, path), seen or SeenArticles(), path)


def _decode(data: bytes, path: Path, encoding: str | None = None) -> str | Reject:
    """UTF-8, or strictly the encoding that the page declares, or else `encoding`; never a guess."""
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    if declared and not is_utf8(data):
        try:
            name = codecs.lookup((declared[1] or declared[2]).decode()).name
            return data.decode(_SENT_AS.get(name, name))
        except (LookupError, UnicodeError):
            pass
    return decode(data, path, None, encoding)


def _article(page: str, path: Path) -> Article:
    page = normalise(page)
    if not page.strip():
        raise RecordError(RejectReason.EMPTY, "the file is blank; expected a web page")
    if has_crowded_tag(page):
        detail = f"a tag of the page has more than {MOST_ATTRIBUTES:,} attributes; save it again"
        raise RecordError(RejectReason.MALFORMED, detail)
    tree = _tree(page)
    found = None if tree is None else _extract(tree)
    text = found.text if found else None
    if tree is None or found is None or not text or only_notices(text):
        detail = "the page has no article, only boilerplate; save the whole page"
        raise RecordError(RejectReason.BOILERPLATE, detail)
    return article_from(_record(found, text, tree, path))


def _tree(page: str) -> HtmlElement | None:
    """None if the string is not a page.

    trafilatura is imported here because loading it takes longer than reading most folders.
    """
    from trafilatura import load_html  # noqa: PLC0415 - see above

    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        return load_html(page)
    except Exception:  # noqa: BLE001 - whatever a hostile page provokes
        return None


def _extract(tree: HtmlElement) -> "Document | None":
    """None if the page has no article.

    `favor_precision` extracted the least boilerplate from 210 news pages.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - see `_tree`

    prepared = deepcopy(tree)
    prepare(prepared)
    try:
        found = bare_extraction(
            prepared,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False},
        )
    except Exception:  # noqa: BLE001 - whatever a hostile page provokes in three libraries
        return None
    return found if not isinstance(found, dict) else None


def _record(found: "Document", text: str, tree: HtmlElement, path: Path) -> dict[str, Any]:
    url = _address(found.url)
    declared = Declarations(tree)
    lines = page_lines(tree, declared.titles)
    outlets = [*declared.outlets, found.sitename or ""]
    return {
        "id": url_id(url) if url else file_id(path),
        "title": without_outlet(found.title or "", found.sitename),
        "text": text,
        "url": url,
        "outlet": found.sitename,
        "authors": authors(declared, lines, outlets),
        "published_at": published(declared, lines),
    }


def _address(url: str | None) -> str | None:
    """The page's own URL; None if the page names only the site's front page as canonical."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    own = parts.scheme in ("http", "https") and parts.netloc and parts.path.strip("/")
    return parts._replace(fragment="").geturl() if own else None
