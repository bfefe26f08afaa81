"""The words of a role in, the office out: "Fed chair" is "the Chairman of the Federal Reserve".

An office has a head noun, words that say whose it is, and words that make another office of it
("former", "deputy"). Knows no person and no text.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from index.language.countries import COUNTRY_OF
from index.language.gazetteers import DEMONYMS, KIN_NOUNS, PERSON_NOUNS
from index.language.names import FULL_TITLES, OTHER_OFFICE
from index.language.terms import STOP_TERMS, analyze
from index.language.word_classes import PREPOSITIONS, word_set

NATIONAL = word_set("""
    president premier pope king queen chancellor firstlady attorneygeneral secretarygeneral
""")
"""Heads that mean one person without a word for whose it is."""
ONE_ONLY = frozenset({"pope"})
"""Of these there is never more than one."""
_SAME = """
ceo: chief executive officer, chief executive, chief exec
cfo: chief financial officer
coo: chief operating officer
premier: prime minister, pm
chair: chairman, chairwoman, chairperson
spokesperson: spokesman, spokeswoman
representative: congressman, congresswoman, congressperson, rep
councillor: councilman, councilwoman, councilmember, councilor
pope: pontiff
attorneygeneral: attorney general
secretarygeneral: secretary general, general secretary
surgeongeneral: surgeon general
firstlady: first lady
fed: federal reserve board, federal reserve
ecb: european central bank
britishcolumbia: british columbia
"""
"""What is written in other words for the same office or body, in lower case."""
_HEADS = (PERSON_NOUNS - OTHER_OFFICE) | word_set("""
    speaker attorneygeneral secretarygeneral surgeongeneral firstlady lord whip mp
""")
_FORMER = word_set("former ex late then retired previous past")
_NEXT = word_set("elect designate incoming")
_ACTING = word_set("acting interim")
_KINDS = {
    word: kind
    for kind, words in (("former", _FORMER), ("next", _NEXT), ("acting", _ACTING))
    for word in words
}
_NOTHING = word_set("new current incumbent newly sitting city country nation longtime")
"""They do not tell one office from another; "New York City" is "New York"."""
_JOINED_NAMES = re.compile(
    r"\b(new|north|south|east|west|san|santa|los|las|st|saint|fort|el|hong|sri|costa) (?=[a-z])"
)
_FOLDED = {ord("’"): "'", ord("-"): " ", ord("–"): " "}
_OWNER = re.compile(r"'s\b|(?<=s)'(?!\w)")
_DOTS = re.compile(r"(?<=\b[a-z])\.")
_PARTS = re.compile(r"\b(?:and|&)\b|,|/")
_LINKS = PREPOSITIONS | {"who"}
COUNTRY_TERMS = frozenset(
    term for name in COUNTRY_OF.values() for term in analyze(name.replace(" ", ""))
)
"""As they stand in an office, one for each country."""
_COUNTRIES_AND_PARTIES = frozenset(
    term
    for word in (*(name.replace(" ", "") for name in COUNTRY_OF.values()), *DEMONYMS)
    for term in analyze(word)
)
_SAID_IN_FULL = {
    phrase.strip(): word
    for word, _, phrases in (line.partition(":") for line in _SAME.strip().splitlines())
    for phrase in phrases.split(",")
} | dict(COUNTRY_OF)
SAME_OFFICE = {word: one for word, one in _SAID_IN_FULL.items() if " " not in word}
"""Words in lower case -> one for all that mean it: "spokeswoman", "french"."""
_PHRASES = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, _SAID_IN_FULL), key=len, reverse=True))})\b"
)


@dataclass(frozen=True, slots=True)
class Office:
    """What a role is, however it is written."""

    head: str
    """The noun, one for all its forms: "chair" for "chairman"."""
    of: frozenset[str]
    """Terms that say whose or which: "fed", "britain"."""
    other: frozenset[str]
    """As "former", "next", "acting", "deputy": it is not the office itself."""
    named: bool = field(default=False, compare=False)
    """Whether it is written with a name: "Corvex CEO", not "police chief"."""

    @property
    def terms(self) -> tuple[str, ...]:
        """To find it by, ascending."""
        return tuple(sorted({self.head, *self.of}))

    def is_held_by(self, told: "Office") -> bool:
        """Whether who is told to be that is what this asks for.

        It may tell more, but beside a name only the country or the party: the head of Corvex Asia
        is not the head of Corvex.
        """
        more = told.of - self.of
        fits = self.is_kind_of(told) and self.of <= told.of
        return fits and (not self.named or more <= _COUNTRIES_AND_PARTIES)

    def is_kind_of(self, told: "Office") -> bool:
        """The same noun, and as much the office itself."""
        return self.head == told.head and self.other == told.other


def office_of(words: str) -> Office | None:
    """The first office of a role; None without a noun for a person in it."""
    return next(iter(offices_of(words)), None)


@lru_cache(maxsize=16_384)
def offices_of(words: str) -> tuple[Office, ...]:
    """Of "the writer and director of Ash" two, of which only the second is "of Ash".

    >>> [office.terms for office in offices_of("Chairman of the U.S. Federal Reserve")]
    [('america', 'chair', 'fed')]
    >>> sorted(offices_of("the former British prime minister")[0].other)
    ['former']
    """
    named = any(map(str.isupper, words))
    found = (_office(part.split(), named=named) for part in _PARTS.split(_plain(words)))
    return tuple(office for office in found if office)


def terms_as_in_offices(text: str) -> frozenset[str]:
    """The terms of any text as an office has them: "British" is the term of Britain."""
    return frozenset(analyze(_plain(text)))


@lru_cache(maxsize=1024)
def written_forms(term: str) -> tuple[str, ...]:
    """How texts may write the head or a term of an office, in lower case: itself first."""
    words = ((phrase, _glued(word)) for phrase, word in _SAID_IN_FULL.items())
    phrases = (phrase for phrase, word in words if term == word or [term] == analyze(word))
    return tuple(dict.fromkeys([term, *phrases]))


def _plain(text: str) -> str:
    """In lower case, one word for each country, body and office of several words."""
    plain = _DOTS.sub("", _OWNER.sub("", text.casefold().translate(_FOLDED)))
    plain = _PHRASES.sub(lambda match: _glued(_SAID_IN_FULL[match.group()]), plain)
    return _JOINED_NAMES.sub(r"\1", plain)


def _glued(phrase: str) -> str:
    return phrase.replace(" ", "")


def _office(words: list[str], *, named: bool) -> Office | None:
    words = [FULL_TITLES.get(word.strip('.()“”"'), word.strip('.()“”"')) for word in words]
    first = next((at for at, word in enumerate(words) if at and word in _LINKS), len(words))
    heads = [at for at, word in enumerate(words[:first]) if word in _HEADS]
    if not heads:
        return None
    others = {word for word in words[:first] if word in OTHER_OFFICE}
    rest = [word for at, word in enumerate(words) if at != heads[-1] and word not in others]
    if not KIN_NOUNS.isdisjoint(rest):  # "the mayor of Orm's daughter" holds none
        return None
    terms = analyze(" ".join(word for word in rest if word not in _NOTHING))
    of = frozenset(term for term in terms if term not in STOP_TERMS)
    other = frozenset(_KINDS.get(each, each) for each in others)
    return Office(words[heads[-1]], of, other, named and bool(of))
