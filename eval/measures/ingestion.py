"""What was extracted from a saved page against its gold: body, title, authors, date.

Each measure is of one page, between 0 and 1; a page that gave no article counts 0. Bodies are
compared by runs of `SHINGLE` words with their multiplicity, as article extractors are (Scrapinghub,
Article Extraction Benchmark 2020), here with the mean taken over pages, each as heavy as any other.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eval.measures.statements import fold
from index.documents import Article

SHINGLE = 4
_WORD = re.compile(r"\w+")
_BETWEEN_AUTHORS = re.compile(r"\s*(?:[,;/&]|\band\b)\s*", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Precision and recall of an extracted text."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def shingle_overlap(taken: str, gold: str) -> Overlap:
    """Of word runs; an empty extraction scores 0 even for an empty gold."""
    given, expected = shingles(taken), shingles(gold)
    shared = (given & expected).total()
    if not shared:
        return Overlap(0.0, 0.0)
    return Overlap(shared / given.total(), shared / expected.total())


def shingle_f1(taken: str, gold: str) -> float:
    return shingle_overlap(taken, gold).f1


def shingles(text: str, size: int = SHINGLE) -> Counter[tuple[str, ...]]:
    """Runs of `size` words as written; a shorter text is one run of all its words."""
    words = _WORD.findall(text)
    last = max(len(words) - size, 0) + 1
    return Counter(tuple(words[at : at + size]) for at in range(last if words else 0))


def segments(text: str, expected: Sequence[str]) -> float:
    """The share of segments the text holds, spaces and case aside; of none at all, 0."""
    held = _loose(text)
    return sum(_loose(segment) in held for segment in expected) / len(expected) if expected else 0.0


def title(taken: str, gold: str) -> float:
    """1 when the words are the same in the same order, case and punctuation aside."""
    words = _words(taken)
    return float(bool(words) and words == _words(gold))


def authors(taken: Sequence[str], gold: Sequence[str]) -> float:
    """1 when they are the same people in any order: `fold`ed names, split at "and" and commas."""
    people = _people(taken)
    return float(bool(people) and people == _people(gold))


def stated_day(article: Article | None) -> date | None:
    """The day it says it was published on; None if it says none, or there is no article."""
    if article is None:
        return None
    stated = _ISO_DAY.match(article.published_original or "")
    try:
        return date.fromisoformat(stated.group() if stated else "")
    except ValueError:
        return article.published_at.date() if article.published_at else None


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _loose(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _people(names: Sequence[str]) -> set[str]:
    return {
        folded for name in names for one in _BETWEEN_AUTHORS.split(name) if (folded := fold(one))
    }
