"""Words that only look like a person's name -> whether they are pieces of headlines. Reads no text.

"Limiting Orlov", "Orlov Indicted", "Under Orlov", "Ana Lind-Bo Renn" and "Maren Orlov Effect" have
the capitals of names; that the rest is the name of somebody well known tells that they are none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from index.identity.evidence import Register
from index.identity.quoted import Quoted
from index.language.gazetteers import GIVEN_NAMES, ORGANISATION_WORDS, TEXT_NOUNS
from index.language.names import name_key
from index.language.word_classes import (
    DETERMINERS,
    MODALS,
    NOUN_PREPOSITIONS,
    OBJECT_PREPOSITIONS,
    word_set,
)

MUCH_RARER = 0.05
"""A piece of a headline has at most this share of the statements of whom it names."""
SOME_ARTICLES = 3
"""Quote somebody after whom a thing may be named."""
_THINGS = (TEXT_NOUNS - ORGANISATION_WORDS) | word_set("""
    act effect tour tours era eras syndrome trophy award awards commandments doctrine trial girl boy
    case rally bill bump boom slump fatigue mania voters supporters allies fans era speech debate
""")
_JOINED = re.compile(r"\s*(?:[-–—/]|\band\b|&)\s*")
_PARTICIPLE = re.compile(r"[A-Z][a-z]{2,}(?:ing|ed)\Z")
_OPENERS = OBJECT_PREPOSITIONS | MODALS | DETERMINERS | word_set("unlike amid per via says said")


def asked_surnames(name: str) -> set[str]:
    """Keys of surnames whose bearers tell whether the name is a piece of a headline."""
    *before, last = name.split() or [""]
    if not before:
        return set()
    thing = last.casefold() in _THINGS
    found = {name_key(last)} if thing or _may_open(before) else set()
    return found | ({name_key(before[0])} if thing or _PARTICIPLE.match(last) else set())


def asked_names(name: str) -> set[str]:
    """Keys of full names that tell the same if somebody has them."""
    words = name.split()
    thing = words[-1:] and words[-1].casefold() in _THINGS
    parts = [" ".join(words[:end]) for end in range(2, len(words))] if thing else []
    return {name_key(part) for part in chain(parts, *_halves(name))}


def _halves(name: str) -> Iterator[tuple[str, str]]:
    """Of two full names in one: "Ana Lind-Bo Renn"."""
    for joint in _JOINED.finditer(name):
        halves = name[: joint.start()], name[joint.end() :]
        if all(" " in half for half in halves):
            yield halves


def _may_open(before: Sequence[str]) -> bool:
    """Whether a headline begins so, as far as the words alone tell: see `_opens_a_headline`."""
    alone = len(before) == 1
    opens = alone and (before[0].casefold() in _OPENERS or _PARTICIPLE.match(before[0]))
    return before[-1] in NOUN_PREPOSITIONS or bool(opens)


class Headlines:
    """Tells names from pieces of headlines, by whom the register knows."""

    def __init__(self, quoted: Sequence[Quoted], register: Register) -> None:
        self._register = register
        people = [(at, each) for at, each in enumerate(quoted) if each.person and each.bare.full]
        famous = (each for at, each in people if register.is_famous(at))
        self._surnames: Mapping[str, Quoted] = {each.bare.surname: each for each in famous}
        self._full: Mapping[str, Quoted] = {
            each.bare.key: each for _, each in people if len(each.articles) >= SOME_ARTICLES
        }
        self._known = {each.speaker.key for _, each in people}

    def are_all_of(self, each: Quoted) -> bool:
        """Whether the words for this speaker name nobody."""
        name = each.speaker.name
        adds = each.person and self._adds_to_a_name(each, name.split())
        return adds or self._joins_two(name)

    def _joins_two(self, words: str) -> bool:
        return any(self._known.issuperset(map(name_key, each)) for each in _halves(words))

    def _adds_to_a_name(self, each: Quoted, words: Sequence[str]) -> bool:
        if len(words) < 2:  # noqa: PLR2004 - a surname alone
            return False
        *before, last = words
        if self._is_rare(each, self._surnames.get(name_key(last))) and last.isalpha():
            return self._opens_a_headline(before)
        if last.casefold() in _THINGS and not each.bare.framed:
            full = (name_key(" ".join(words[:end])) for end in range(2, len(words)))
            known = [self._surnames.get(name_key(words[0])), *map(self._full.get, full)]
            return any(one is not None for one in known)
        alone = len(words) == 2 and self._is_rare(each, self._surnames.get(name_key(words[0])))  # noqa: PLR2004
        return alone and self._is_participle(last)

    def _opens_a_headline(self, before: Sequence[str]) -> bool:
        """Before a surname: "Under", "Limiting", "One of", "District Attorney on"."""
        first, last = before[0], before[-1]
        if last in NOUN_PREPOSITIONS:
            return ORGANISATION_WORDS.isdisjoint(map(str.casefold, before))
        return len(before) == 1 and (first.casefold() in _OPENERS or self._is_participle(first))

    def _is_participle(self, word: str) -> bool:
        """One that is in no other name."""
        plain = word.casefold()
        rare = self._register.counts.bearers(plain) == 1 and plain not in GIVEN_NAMES
        return rare and bool(_PARTICIPLE.match(word))

    def _is_rare(self, each: Quoted, known: Quoted | None) -> bool:
        """Whether nearly all statements under the name are somebody else's."""
        if known is None:
            return False
        return each.speaker.statements <= MUCH_RARER * known.speaker.statements
