"""A description in a question -> which role tells who is meant, and what else must be told.

"Corvex's remaining CEO" asks for a chief executive in a text about Corvex. Knows no archive.
"""

import re
from dataclasses import dataclass

from index.language.gazetteers import KIN_NOUNS
from index.language.offices import COUNTRY_TERMS, NATIONAL, Office, office_of, terms_as_in_offices
from index.language.terms import analyze
from index.language.word_classes import word_set
from rag.query.names import some_form

_SAME_HEADS = (
    word_set("lawyer attorney solicitor barrister"),
    word_set("wife widow spouse"),
    word_set("husband widower spouse"),
    word_set("mother mum mom"),
    word_set("father dad"),
    word_set("doctor physician"),
    word_set("founder cofounder co-founder"),
    word_set("journalist reporter correspondent"),
)
"""Nouns of a role that one may ask with for each other."""
_LEADERS = word_set("""
    head boss chief leader president chair governor ceo director commissioner manager
    secretarygeneral
""")
_ANY_LEADER = word_set("head boss chief leader")
"""They ask for any leader of what is named."""
_STATE = NATIONAL | word_set("premier minister ambassador prince princess")
"""Beside them a country says whose they are, wherever it stands."""
_OF_A_PERSON = KIN_NOUNS | word_set("""
    lawyer attorney solicitor barrister spokesperson agent manager doctor friend neighbor neighbour
    parent colleague aide relative
""")
"""Whose they are may be told by a name instead: "a lawyer for Ada Obi", the suspect's mother."""
_TELLS_NOBODY_APART = frozenset(
    analyze(
        """
        remaining surviving teenage teen young younger old older elderly middle aged local own sole
        only other one said now current new present newly named co joint embattled outspoken
        executive managing general corp inc ltd company group famous
        beloved grieving alleged convicted accused first second third
        """
    )
)
"""Modifiers that a text may leave out."""
_ADJECTIVE = re.compile(r"(?:ed|ous|ful|less)\Z")
_WORD = re.compile(r"[\w'’.-]+")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """What a description asks for."""

    heads: frozenset[str]
    """Nouns of a role, any of which is meant."""
    other: frozenset[str]
    """As "former", "deputy": it is another office then."""
    context: frozenset[str]
    """Terms that must be told of the person: whose, of what, where."""
    names: frozenset[str]
    """Those of the context that are written as names: they may stand anywhere."""
    modifiers: frozenset[str]
    """Terms that only say who is meant first."""

    @property
    def terms(self) -> frozenset[str]:
        return self.context | self.modifiers

    @property
    def countries(self) -> frozenset[str]:
        return self.context & COUNTRY_TERMS

    @property
    def is_of_state(self) -> bool:
        return bool(self.countries) and not self.heads.isdisjoint(_STATE)

    @property
    def is_of_a_person(self) -> bool:
        return not self.heads.isdisjoint(_OF_A_PERSON)

    @property
    def is_kin(self) -> bool:
        return not self.heads.isdisjoint(KIN_NOUNS)

    @property
    def _place(self) -> bool:
        """Whether only a country is asked for, and whoever is described holds no office of it."""
        return self.context <= COUNTRY_TERMS and self.heads.isdisjoint(_STATE)

    def is_kind_of(self, told: Office) -> bool:
        """The same noun, and as much the office itself."""
        return told.head in self.heads and told.other == self.other

    def missing(self, told: Office) -> frozenset[str]:
        """The context that the role itself does not tell."""
        return frozenset(term for term in self.context if not some_form(term, told.of))

    def beyond(self, told: Office) -> frozenset[str]:
        """What the role tells instead, so that it is another's; empty if it fits."""
        missing = self.missing(told)
        more = told.of - self.context - self.modifiers - _TELLS_NOBODY_APART
        if not missing:  # who heads a part does not head the whole
            return more - COUNTRY_TERMS if told.head in _LEADERS and self.names else _NONE
        if self._place or (missing < self.context and missing <= self.names):
            return (more & COUNTRY_TERMS) if self.countries else _NONE
        return more

    def needs_all(self, told: Office) -> bool:
        """Whether the role must tell the context itself: "head" may be the head of anything."""
        return not _ANY_LEADER.isdisjoint(self.heads) and told.head not in _ANY_LEADER


def role_description(words: str) -> RoleDescription | None:
    """None without a noun for a person.

    >>> found = role_description("Corvex's remaining CEO")
    >>> found and (sorted(found.heads), sorted(found.context), sorted(found.modifiers))
    (['ceo'], ['corvex'], ['remain'])
    """
    office = office_of(words)
    if office is None:
        return None
    modifiers = (_TELLS_NOBODY_APART | _adjectives(words)) & office.of
    context = office.of - modifiers
    names = frozenset(term for term in context if some_form(term, _names(words)))
    return RoleDescription(_heads(office.head), office.other, context, names, modifiers)


def _heads(head: str) -> frozenset[str]:
    if head in _ANY_LEADER:
        return _LEADERS
    return frozenset({head}).union(*(same for same in _SAME_HEADS if head in same))


def _adjectives(words: str) -> frozenset[str]:
    plain = (word for word in _WORD.findall(words) if word.islower())
    return frozenset(analyze(" ".join(word for word in plain if _ADJECTIVE.search(word))))


def _names(words: str) -> frozenset[str]:
    return terms_as_in_offices(
        " ".join(word for word in _WORD.findall(words) if word != word.lower())
    )
