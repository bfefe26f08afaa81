"""Two speakers -> what speaks for one person: roles, articles, and the company both keep.

Company are the others quoted in the same articles. Who is quoted everywhere tells little.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

from index.language.gazetteers import PERSON_NOUNS
from index.language.names import FULL_TITLES, PLAIN_TITLES, QUALIFIERS
from index.language.word_classes import FUNCTION_WORDS
from index.statements import Speaker

MOST_COMPANIONS = 400
"""Of one speaker, those with most statements."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A speaker, and the articles with their statements."""

    speaker: Speaker
    articles: frozenset[str]


class Agreement(NamedTuple):
    """Each from 0 (nothing) to 2 (strong); roles are -1 if they have nothing in common."""

    roles: int
    company: int
    together: bool
    """Whether an article quotes both."""

    @property
    def strength(self) -> int:
        return self.roles + self.company


SOME_COMPANY, STRONG_COMPANY = 0.2, 0.4
"""Share of the company, by weight, of who is quoted less: it is quoted with the other one too."""
FEWEST_SHARED = 2


class Register:
    """All speakers, and who is quoted with whom."""

    def __init__(self, quoted: Sequence[Quoted]) -> None:
        self._quoted = quoted
        self._in_article: dict[str, list[int]] = {}
        for number, each in enumerate(quoted):
            for article in each.articles:
                self._in_article.setdefault(article, []).append(number)
        self._companies: dict[int, frozenset[int]] = {}
        self._all = log(1 + len(self._in_article))

    def agreement(self, one: int, other: int) -> Agreement:
        left, right = self._quoted[one], self._quoted[other]
        return Agreement(
            roles_agree(left.speaker.roles, right.speaker.roles),
            self._company_agrees(one, other),
            bool(left.articles & right.articles),
        )

    def _company_agrees(self, one: int, other: int) -> int:
        companies = [self._company(number) - {one, other} for number in (one, other)]
        fewer = min(companies, key=len)
        shared = companies[0] & companies[1]
        whole = sum(map(self._weight, fewer))
        if len(shared) < FEWEST_SHARED or not whole:
            return 0
        share = sum(map(self._weight, shared)) / whole
        return (share >= SOME_COMPANY) + (share >= STRONG_COMPANY)

    def _company(self, number: int) -> frozenset[int]:
        if number not in self._companies:
            met = Counter(
                other
                for article in self._quoted[number].articles
                for other in self._in_article[article]
            )
            most = (other for other, _ in met.most_common(MOST_COMPANIONS))
            self._companies[number] = frozenset(most)
        return self._companies[number]

    def _weight(self, number: int) -> float:
        return self._all - log(len(self._quoted[number].articles))

    @cached_property
    def bearers(self) -> Mapping[str, int]:
        """How many speakers have each word in their names."""
        return Counter(
            word
            for each in self._quoted
            for word in set(_WORD.findall(each.speaker.name.casefold()))
        )


def roles_agree(one: Sequence[str], other: Sequence[str]) -> int:
    """2 for an office and more in common ("president of Tarn"), 1 for an office or a place.

    Two offices of one place are 0: "senator of Tarn", "governor of Tarn".
    """
    left, right = _terms(one), _terms(other)
    if not left or not right:
        return 0
    shared = left & right
    offices = [each & PERSON_NOUNS for each in (left, right)]
    if offices[0] & offices[1]:
        return 1 + bool(shared - PERSON_NOUNS)
    if all(offices):
        return 0 if shared else -1
    return int(bool(shared))


def _terms(roles: Sequence[str]) -> frozenset[str]:
    words = (word.casefold() for role in roles for word in _WORD.findall(role))
    plain = frozenset(FULL_TITLES.get(word, word) for word in words)
    return plain - FUNCTION_WORDS - PLAIN_TITLES - QUALIFIERS
