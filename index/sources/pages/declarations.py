"""What a page declares for machines: its meta elements, its JSON-LD, its microdata, its address."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|CreativeWork|Recipe)$")
_WEB_PAGE = re.compile(r"(?:WebPage|ItemPage|AboutPage)$")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where the article of a page is; under other keys are its comments, pictures and neighbours."""
_COMMENTED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_DEEPEST = 12
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Declarations:
    tree: HtmlElement

    @cached_property
    def meta(self) -> Mapping[str, list[str]]:
        """The contents of the meta elements by their name in lower case, in the page's order."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            content = " ".join((element.get("content") or "").split())
            for name in {element.get(key, "").strip().lower() for key in ("name", "property")}:
                if name and content:
                    found.setdefault(name, []).append(content)
        return found

    @cached_property
    def urls(self) -> list[str]:
        """The page's own addresses."""
        canonical = (
            element.get("href", "")
            for element in self.tree.iter("link")
            if element.get("rel", "").lower() == "canonical"
        )
        return [url.strip() for url in (*canonical, *self.meta.get("og:url", ())) if url.strip()]

    @cached_property
    def titles(self) -> list[str]:
        written = [" ".join(element.itertext()) for element in self.tree.iter("title")][:1]
        metas = ("og:title", "twitter:title", "dc.title", "headline", "title", "parsely-title")
        listed = [title for name in metas for title in self.meta.get(name, ())]
        headlines = [str(each.get("headline") or "") for each in self._all if _is_a(each, _ARTICLE)]
        return [title for title in (*listed, *written, *headlines) if title.strip()]

    @cached_property
    def articles(self) -> list[Mapping[str, Any]]:
        """The JSON-LD objects that describe the page's article, or else the page."""
        articles = [each for each in self._all if _is_a(each, _ARTICLE)]
        if len(articles) > 1:
            named = [each for each in articles if self._names_page(each)]
            articles = named or articles
        articles = [each for each in articles if not self._names_another_page(each)]
        return articles or [each for each in self._all if _is_a(each, _WEB_PAGE)]

    @cached_property
    def outlets(self) -> list[str]:
        """Names of the site and of its publisher."""
        names = [
            name
            for key in (
                "og:site_name",
                "application-name",
                "publisher",
                "dc.publisher",
                "copyright",
            )
            for name in self.meta.get(key, ())
        ]
        for each in self._all:
            publisher = each.get("publisher")
            names += [str(name) for name in [_name(publisher)] if name]
        return names

    @cached_property
    def _all(self) -> list[Mapping[str, Any]]:
        scripts = (
            element.text or ""
            for element in self.tree.iter("script")
            if "ld+json" in element.get("type", "").lower()
        )
        return [each for text in scripts for each in _objects(_json(text), 0)]

    def _names_page(self, each: Mapping[str, Any]) -> bool:
        headline = _words(str(each.get("headline") or each.get("name") or ""))
        titles = [_words(title) for name in ("og:title", "title") for title in self._titles(name)]
        if headline and any(headline[:6] == title[:6] for title in titles):
            return True
        paths = {_path(url) for url in self.urls}
        return any(_path(url) in paths for url in _own_urls(each))

    def _names_another_page(self, each: Mapping[str, Any]) -> bool:
        """It has an address and a headline, and both are not the page's."""
        known = bool(self.urls) and any(map(_path, _own_urls(each))) and each.get("headline")
        return bool(known) and not self._names_page(each)

    def _titles(self, name: str) -> list[str]:
        if name != "title":
            return self.meta.get(name, [])
        return [" ".join(element.itertext()) for element in self.tree.iter("title", "h1")]


def _json(text: str) -> Any:
    """None if it is not JSON; pages wrap it in comments and leave line ends in its strings."""
    try:
        return json.loads(_COMMENTED.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _INNER:
            yield from _objects(value.get(key), depth + 1)


def _is_a(each: Mapping[str, Any], types: re.Pattern[str]) -> bool:
    written = each.get("@type")
    return any(
        isinstance(name, str) and types.search(name)
        for name in (written if isinstance(written, list) else [written])
    )


def _own_urls(each: Mapping[str, Any]) -> list[str]:
    main = each.get("mainEntityOfPage")
    values = [each.get("url"), main, main.get("@id") if isinstance(main, dict) else None]
    return [value for value in values if isinstance(value, str) and value.startswith("http")]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.strip("/")
    except ValueError:
        return ""


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else value


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
