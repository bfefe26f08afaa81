"""Character references and tags in the strings of JSON -> the text that they stand for.

Feeds and crawls hold `&#8220;` and `<p>` where the page showed a quotation mark and a paragraph.
One level is resolved: `&amp;lt;` becomes `&lt;`. A lone `<` or `&`, as in "x < 3" or "AT&T", stays.
"""

import re
from collections.abc import Mapping
from html import unescape
from html.entities import html5
from typing import Any

RESOLVED = "resolved"
"""The key of an article's metadata that says what was resolved in it."""
_FIELDS = ("title", "text", "outlet")

_BLOCKS = (
    "p|div|section|article|header|footer|aside|main|figure|figcaption|blockquote|pre|ul|ol|li|dl|dt"
    "|dd|table|thead|tbody|tfoot|tr|td|th|caption|h[1-6]"
)
_INLINE = (
    "a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup"
    "|time|tt|u|var|img|wbr"
)
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?"""
_BLOCK = re.compile(rf"</?(?:{_BLOCKS}){_ATTRIBUTES}>", re.IGNORECASE)
_BREAK = re.compile(rf"<[bh]r{_ATTRIBUTES}>\n?", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}>", re.IGNORECASE)
_OPENS_QUOTE = re.compile(rf"<q{_ATTRIBUTES}>", re.IGNORECASE)
_CLOSES_QUOTE = re.compile(r"</q\s*>", re.IGNORECASE)
_UNSEEN = re.compile(
    rf"<(script|style|iframe|noscript){_ATTRIBUTES}>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_PAIR = re.compile(
    rf"<(?P<tag>{_BLOCKS}|{_INLINE}){_ATTRIBUTES}>[^<]*(?:<(?!/?(?P=tag)\b)[^<]*)*</(?P=tag)\s*>"
    rf"|<br{_ATTRIBUTES}>|\A\s*<p{_ATTRIBUTES}>",
    re.IGNORECASE,
)
"""A lone tag may be what a sentence is about: "the <b> tag"."""
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = re.compile(rf"\s*&lt;(?:{_BLOCKS})(?:\s[^<>&]*)?&gt;", re.IGNORECASE)
"""The text of a feed whose whole markup was escaped."""
_SPACES = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")
_EMPTY_LINES = re.compile(r"\n{3,}")


def without_markup(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with its strings resolved; `resolved` in its metadata says what was there."""
    found: set[str] = set()
    changed: dict[str, Any] = {
        name: _resolved(record[name], found)
        for name in _FIELDS
        if isinstance(record.get(name), str)
    }
    authors = record.get("authors")
    if isinstance(authors, list):
        changed["authors"] = [
            _resolved(name, found) if isinstance(name, str) else name for name in authors
        ]
    elif isinstance(authors, str):
        changed["authors"] = _resolved(authors, found)
    if not found:
        return record
    return {RESOLVED: " and ".join(sorted(found)), **record, **changed}


def _resolved(text: str, found: set[str]) -> str:
    if _ESCAPED.match(text):
        text = _unescaped(text)
    if "<" in text and _PAIR.search(text):
        found.add("tags")
        text = _without_tags(text)
    if "&" in text and (resolved := _unescaped(text)) != text:
        found.add("character references")
        text = resolved
    return text


def _without_tags(text: str) -> str:
    text = _CLOSES_QUOTE.sub("”", _OPENS_QUOTE.sub("“", _UNSEEN.sub("", text)))
    text = _INLINE_TAG.sub("", _BREAK.sub("\n", _BLOCK.sub("\n\n", text)))
    return _EMPTY_LINES.sub("\n\n", _SPACES.sub("\n", text)).strip()


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    """Unchanged if no character has this name."""
    written = match.group()
    known = written.startswith("&#") or written[1:] in html5
    return unescape(written) if known else written
