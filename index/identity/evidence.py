"""Two speakers -> what speaks for one person: roles, articles, and the company both keep.

Company are the others quoted in the same articles. Who is quoted everywhere tells little.
"""

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain
from math import fsum, log
from typing import NamedTuple, Protocol

from index.identity.quoted import Quoted
from index.language.gazetteers import PERSON_NOUNS
from index.language.names import FULL_TITLES, PLAIN_TITLES, QUALIFIERS
from index.language.offices import SAME_OFFICE
from index.language.word_classes import FUNCTION_WORDS

MOST_ARTICLES = 200
"""Of one speaker, in which their company is looked for."""
_WORD = re.compile(r"[^\W\d_]+")


MOST_COUNTED = 10
"""No rule asks whether more names have a word."""


class NameCounts(Protocol):
    """Of every speaker there is, whoever is joined; names are their `plain_key`.

    So "Maren Orlov" and "Tarn's Maren Orlov" count once.
    """

    @property
    def articles(self) -> int:
        """Those that quote anybody."""
        ...

    def bearers(self, word: str) -> int:
        """Names with the word; exact below `MOST_COUNTED`."""
        ...

    def called(self, key: str) -> int:
        """Names whose bearers are called so by articles: "X, better known as Y"."""
        ...

    def said(self, name: str) -> int:
        """Statements of people with this name, if it is more than a surname."""
        ...

    def said_under(self, surname: str) -> int:
        """Statements of people with this surname and more."""
        ...

    def quoted_in(self, article: int) -> Collection[str]:
        """Names with statements in the article."""
        ...

    def articles_of(self, names: Sequence[str]) -> Sequence[int]:
        """In how many articles each name has statements."""
        ...


class Agreement(NamedTuple):
    """Each from 0 (nothing) to 2 (strong); roles are -1 if they have nothing in common."""

    roles: int
    company: int
    together: bool
    """Whether an article quotes both."""
    elsewhere: bool = False
    """Whether both tell whose their offices are, and have no word of that in common."""

    @property
    def strength(self) -> int:
        return self.roles + self.company


SOME_COMPANY, STRONG_COMPANY = 0.2, 0.4
"""Share of the company, by weight, of who is quoted less: it is quoted with the other one too."""
FEWEST_SHARED = 2
FAMOUS_SHARE, FAMOUS_ARTICLES = 0.8, 10
"""Of all statements under a surname, and the least articles: nobody else is meant."""
MANY_SHARED = 3
"""Words that two different offices share if they are one: "Orm County emergency director"."""
_ALSO_CALLED = {"lawyer": "attorney"}


class Register:
    """Speakers that may be joined, and what else speaks for two of them being one."""

    def __init__(self, quoted: Sequence[Quoted], counts: NameCounts) -> None:
        self._quoted = quoted
        self._companies: dict[int, frozenset[str]] = {}
        self._weights: dict[str, float] = {}
        self.counts = counts

    def agreement(self, one: int, other: int) -> Agreement:
        left, right = self._quoted[one], self._quoted[other]
        return Agreement(
            roles_agree(left.speaker.roles, right.speaker.roles),
            self.company(one, other),
            self.together(one, other),
            _elsewhere(left.speaker.roles, right.speaker.roles),
        )

    def together(self, one: int, other: int) -> bool:
        """Whether an article quotes both."""
        return not self._quoted[one].articles.isdisjoint(self._quoted[other].articles)

    def company(self, one: int, other: int) -> int:
        """Whether the two are quoted with the same others, from 0 to 2."""
        both = {self._quoted[number].plain_key for number in (one, other)}
        companies = [self._company(number) - both for number in (one, other)]
        shared = companies[0] & companies[1]
        if len(shared) < FEWEST_SHARED:
            return 0
        whole = self._weight(min(companies, key=len))
        share = self._weight(shared) / whole if whole else 0
        return (share >= SOME_COMPANY) + (share >= STRONG_COMPANY)

    def _company(self, number: int) -> frozenset[str]:
        if number not in self._companies:
            articles = self._quoted[number].articles
            if len(articles) > MOST_ARTICLES:
                articles = frozenset(sorted(articles, key=_scattered)[:MOST_ARTICLES])
            names = frozenset(chain.from_iterable(map(self.counts.quoted_in, articles)))
            self._companies[number] = names
        return self._companies[number]

    def _weight(self, names: AbstractSet[str]) -> float:
        """The sum of theirs; exact whatever the order of the names is."""
        new = sorted(names - self._weights.keys())
        whole = log(1 + self.counts.articles)
        for name, articles in zip(new, self.counts.articles_of(new), strict=True):
            self._weights[name] = max(0.0, whole - log(max(1, articles)))
        return fsum(self._weights[name] for name in names)

    def is_famous(self, number: int) -> bool:
        """Whether nearly all that anybody of this surname said is this speaker's."""
        each = self._quoted[number]
        if len(each.articles) < FAMOUS_ARTICLES:
            return False
        under_name = self.counts.said(each.plain_key)
        said = max(under_name, each.speaker.statements)
        under_surname = self.counts.said_under(each.bare.surname) - under_name + said
        return said >= FAMOUS_SHARE * under_surname

    def calls_so(self, one: int, other: int) -> bool:
        """Whether articles give one's name beside the other's, and beside nobody else's.

        A name of one word must be in no third speaker's name.
        """
        left, right = self._quoted[one], self._quoted[other]
        return self._names(left, right) or self._names(right, left)

    def _names(self, one: Quoted, other: Quoted) -> bool:
        key = other.speaker.key
        if key not in one.called:
            return False
        alone = " " in key or self.counts.bearers(key) == 1
        return alone and self.counts.called(key) == 1


def _scattered(article: int) -> int:
    """An order that has nothing to do with when an article was added (Knuth's hash)."""
    return article * 2_654_435_761 % 2**32


def roles_agree(one: Sequence[str], other: Sequence[str]) -> int:
    """2 for an office and more in common ("president of Tarn"), 1 for an office or a place.

    Two offices of one place are 0: "senator of Tarn", "governor of Tarn".
    """
    left, right = _terms(tuple(one)), _terms(tuple(other))
    if not left or not right:
        return 0
    shared = left & right
    offices = [each & PERSON_NOUNS for each in (left, right)]
    if offices[0] & offices[1]:
        return 1 + bool(shared - PERSON_NOUNS)
    if all(offices):
        return int(len(shared) >= MANY_SHARED) if shared else -1
    return int(bool(shared))


def _elsewhere(one: Sequence[str], other: Sequence[str]) -> bool:
    left, right = (_terms(tuple(roles)) - PERSON_NOUNS for roles in (one, other))
    return bool(left and right) and left.isdisjoint(right)


@lru_cache(maxsize=16_384)
def _terms(roles: tuple[str, ...]) -> frozenset[str]:
    words = (word.casefold() for role in roles for word in _WORD.findall(role))
    plain = (FULL_TITLES.get(word, word) for word in words)
    one = (SAME_OFFICE.get(word, _ALSO_CALLED.get(word, word)) for word in plain)
    return frozenset(one) - FUNCTION_WORDS - PLAIN_TITLES - QUALIFIERS
