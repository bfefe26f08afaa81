"""Titles as the article has them, without the label of the outlet that its site adds at the end."""

import re

from index.language.word_classes import word_set

_LABEL = re.compile(r"\s+(?P<bar>[|\u2013\u2014-])\s+(?P<label>[^|]{2,40})\Z")
_CUT = re.compile(r"\s*(?:\.\.\.|…)\Z")
"""Where a search engine cut the title."""
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+)(?:\.\w{2,})+/?$")
_WORD = re.compile(r"\w+")
_SECTIONS = word_set(
    "news politics business world opinion sport sports health style travel entertainment money"
    " markets tech technology science climate culture weather video live uk us usa underscored"
)
"""Parts of an outlet that its label can name after it."""


def without_outlet(title: str, outlet: str | None) -> str:
    """Cuts ` | Outlet`, ` - Outlet` and ` | Outlet Section`, also where they are cut short.

    A dash or bar before anything else belongs to the title.
    """
    match = _LABEL.search(title)
    if not match or not outlet or not title[: match.start()].strip():
        return title
    label = _joined(_CUT.sub("", match["label"]))
    name = _name(outlet)
    begun = match["bar"] == "|" and _CUT.search(match["label"]) and name.startswith(label)
    return title[: match.start()].rstrip() if begun or _names_outlet(label, name) else title


def _name(outlet: str) -> str:
    """The outlet's name, or that in its domain, in small letters and without spaces."""
    domain = _DOMAIN.match(outlet.strip())
    return _joined(domain[1] if domain else outlet)


def _names_outlet(label: str, name: str) -> bool:
    """Whether the label is the name, with or without "the", or the name and a section."""
    name, label = name.removeprefix("the"), label.removeprefix("the")
    return bool(name) and (label == name or any(label == name + each for each in _SECTIONS))


def _joined(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()
