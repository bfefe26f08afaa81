"""Whether two articles are issues of one series: the same frame around other news.

A daily forecast, the numbers drawn on Wednesday, a weekly quiz: most words are the same, and what
differs is the day. Copies and updates of a story keep its days, or come under another title.
"""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from index.documents import Article
from index.language.calendar import ABBREVIATED_MONTH, WEEKDAY, YEAR_OF_ISSUE

OPENING = 500
"""Characters in which an issue says which day it is for."""
SAME_TITLE = 0.6
"""Shared words of two titles without their dates (Jaccard)."""

_DAY = r"(?:\d{1,2}\s?[-–]\s?)?\d{1,2}(?:st|nd|rd|th)?\b"
_DATE = re.compile(
    rf"""\b(?:
        {WEEKDAY}
        | {ABBREVIATED_MONTH}\s+{_DAY} | {_DAY}\s+(?:of\s+)?{ABBREVIATED_MONTH}\b
        | \d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}} | {YEAR_OF_ISSUE}
        | (?:no\.?|number|week|day|part|episode|round|issue|edition|vol\.?|puzzle)\s*\#?\d+
    )(?!\w) | \#\d+""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+")


def are_different_issues(one: Article, other: Article) -> bool:
    """Whether under one title they name other days, in the title or as they open."""
    if _alike(_undated(one.title), _undated(other.title)) < SAME_TITLE:
        return False
    titles = _apart(_dates(one.title), _dates(other.title))
    return titles or _apart(_dates(one.text[:OPENING]), _dates(other.text[:OPENING]))


@lru_cache(maxsize=4096)  # a wire story is compared with every copy of it
def _dates(text: str) -> frozenset[str]:
    return frozenset(_plain(found.group()) for found in _DATE.finditer(text))


def _plain(date: str) -> str:
    """`Jan. 2nd` and `2 January` alike."""
    parts = (part[:3] if part.isalpha() else part.rstrip("stndrh") for part in _words(date))
    return " ".join(sorted(parts))


@lru_cache(maxsize=4096)
def _undated(title: str) -> frozenset[str]:
    return frozenset(_words(_DATE.sub(" ", title)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _apart(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _alike(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    together = one | other
    return len(one & other) / len(together) if together else 0.0
