"""The authors that a page declares: in JSON-LD, in meta elements, in the byline by the headline.

Authors of other stories on the page are not looked at. Where one source names everybody that
another does and more, it is the better one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from lxml.html import HtmlElement

from index.sources.bylines import byline_authors, declared_authors
from index.sources.pages.declarations import Declarations
from index.sources.pages.lines import PART, TIME_MARK, PageLines

_META = """
    author authors article:author og:author og:article:author byl dc.creator dc:creator
    dcterms.creator dc.creator.aut parsely-author sailthru.author citation_author rbauthors
    shareaholic:article_author_name dcsext.author creator cxenseparse:author
""".split()
_BYLINE = re.compile(
    r"(?:^|.*? \| )(?:(?:story|words|text|written|reporting|report|analysis|opinion"
    r"|(?:posted|published)(?: on [^|]{5,30}?)?)\s+)?"
    r"by\b:?[\s|]+(.+)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*\|\s*(and|&|with|,)\s*\|?\s*|\s*(and|&|with|,)\s*\|\s*", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?)(?:[\s_-]|$)|byline|author-?name", re.IGNORECASE
)
_LONGEST = 120


def authors(declared: Declarations, lines: PageLines, outlets: Sequence[str]) -> list[str]:
    sources = [
        declared_authors(values, outlets)
        for values in (
            [name for each in declared.articles for name in _names(each.get("author"))],
            [name for key in _META for name in declared.meta.get(key, ()) if "://" not in name],
            [*_linked(declared, lines)],
            [*_bylines(lines)],
        )
    ]
    named = [source for source in sources if source]
    best = named[0] if named else []
    for source in named:
        if len(source) > len(best) and set(map(str.casefold, best)) <= set(
            map(str.casefold, source)
        ):
            best = source
    return best


def _names(author: Any) -> Iterator[str]:
    if isinstance(author, str):
        yield author
    elif isinstance(author, list):
        for each in author:
            yield from _names(each)
    elif isinstance(author, dict) and "Organization" not in str(author.get("@type")):
        yield from _names(author.get("name"))


def _linked(declared: Declarations, lines: PageLines) -> Iterator[str]:
    """Names in elements by the headline that say they hold an author, each in its own link."""
    near = [line.text.replace(PART, " ") for line in lines.near]
    for element in declared.tree.iter("a", "span", "b", "i", "em", "address", "div", "p", "strong"):
        if not _holds_author(element):
            continue
        links = [each for each in element.iterdescendants("a") if byline_authors(_text(each))]
        if any(_holds_author(each) for each in element.iterdescendants("a", "span")):
            continue  # they come by themselves
        for text in map(_text, links or [element]):
            if text and len(text) <= _LONGEST and any(text in line for line in near):
                yield from byline_authors(text)


def _holds_author(element: HtmlElement) -> bool:
    rel = f"{element.get('rel', '')} {element.get('itemprop', '')}".lower().split()
    return "author" in rel or _AUTHOR_CLASS.search(element.get("class", "")) is not None


def _text(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _bylines(lines: PageLines) -> Iterator[str]:
    """The names after "By" in the lines by the headline."""
    texts = [line.text for line in lines.near]
    for text, following in zip_longest(texts, texts[1:], fillvalue=""):
        whole = (
            f"{text} {following}" if text.casefold().strip(": ") in ("by", "written by") else text
        )
        if match := _BYLINE.match(whole[: _LONGEST * 2]):
            joined = _JOINT.sub(" and ", match[1].split(TIME_MARK)[0])
            yield from byline_authors(joined.split("|")[0])
