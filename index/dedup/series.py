"""Whether two articles are different issues of one series: the same frame around other news.

A daily forecast, Wednesday's lottery numbers, a weekly quiz: most words are the same, and the day
differs. Copies and updates of a story name the same days, or have another title.
"""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from index.documents import Article
from index.language.calendar import ABBREVIATED_MONTH, WEEKDAY, YEAR_OF_ISSUE

OPENING = 500
"""Characters at the start, in which an issue names its day."""
SAME_TITLE = 0.6
"""Share of words in both of two titles without their dates (Jaccard)."""

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
    """Whether two articles with one title name different days, in the title or at the start."""
    if _jaccard(_undated(one.title), _undated(other.title)) < SAME_TITLE:
        return False
    titles = _are_disjoint(_dates(one.title), _dates(other.title))
    return titles or _are_disjoint(_dates(one.text[:OPENING]), _dates(other.text[:OPENING]))


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


def _are_disjoint(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    together = one | other
    return len(one & other) / len(together) if together else 0.0
