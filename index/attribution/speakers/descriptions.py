"""Phrases that mean a person without naming one: "a neighbour", "the senator", "her lawyer".

Knows the roles of the entities; a phrase means a named person only if it fits exactly one.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.entities.entities import Entities, Entity
from index.attribution.entities.roles import nouns_of
from index.documents import Span
from index.language.gazetteers import FEMALE_NOUNS, MALE_NOUNS, PERSON_NOUNS
from index.language.names import QUALIFIERS
from index.statements import SourceType

_NOUN = "|".join(sorted(PERSON_NOUNS, key=len, reverse=True))
_PHRASE = re.compile(
    rf"\b(?P<article>[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Aa]nother|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir|[Mm]y"
    rf"|[\w’'-]+['’]s) (?P<between>(?:(?!(?:of|for|and|or|to|in|on|at|by|is|was|has|had|who|that"
    rf"|with|from|not)\b)[\w’'.-]+,? ){{0,4}}?)(?P<noun>{_NOUN})\b(?![-’'])"
    rf"(?! (?:[A-Z]|(?:{_NOUN}|office|campaign|team|party|group|unit|station|union)\b))"
)
_OF = re.compile(r" (?:of|for|at|from|in) ([^,.;:”\"]{3,60})")
_NOBODY = MALE_NOUNS & {"man", "boy", "guy", "gentleman", "father", "son", "brother", "husband"} | {
    "woman", "girl", "lady", "mother", "daughter", "sister", "wife", "person", "child", "friend",
    "neighbor", "neighbour", "witness", "source", "critic", "supporter", "member", "victim",
    "colleague", "partner", "parent", "resident", "insider", "aide", "staffer", "fan", "voter",
}  # fmt: skip
"""Nouns that fit too many persons: such a noun alone never means a named one."""


@dataclass(frozen=True, slots=True)
class Description:
    """One phrase that means one person."""

    span: Span
    """From the article to the noun."""
    noun: str
    definite: bool
    """As in "the senator": the reader is expected to know which one."""
    entities: tuple[int, ...]
    """The numbers of the persons it fits who were named before it."""

    @property
    def gender(self) -> str:
        if self.noun in MALE_NOUNS:
            return "m"
        return "f" if self.noun in FEMALE_NOUNS else ""


def find_descriptions(text: str, entities: Entities) -> list[Description]:
    """Ascending and disjoint, without the roles beside a name."""
    roles = sorted(entity.role for entity in entities.all if entity.role)
    return [
        _description(text, match, entities)
        for match in _PHRASE.finditer(text)
        if not _touches(Span(*match.span()), roles)
        and not _touches(Span(*match.span()), entities.mentions)
    ]


def described_entities(text: str, span: Span, entities: Entities) -> tuple[int, ...]:
    """The numbers of the entities that the phrase at the start of a span fits."""
    match = _PHRASE.match(text, span.start, min(len(text), span.end))
    return _description(text, match, entities).entities if match else ()


def _description(text: str, match: re.Match[str], entities: Entities) -> Description:
    noun = match["noun"].casefold()
    definite = match["article"].casefold() in {"the", "this", "that"}
    fits: tuple[int, ...] = ()
    if definite and noun not in _NOBODY:
        after = _OF.match(text, match.end())
        fits = tuple(
            number
            for number, entity in enumerate(entities.all)
            if entity.type is SourceType.PERSON
            and entity.mentions[0].start < match.start()
            and _fits(text, entity, noun, match["between"], after[1] if after else "")
        )
    return Description(Span(*match.span()), noun, definite, fits)


def _fits(text: str, entity: Entity, noun: str, between: str, of: str) -> bool:
    """Whether noun, qualifiers and capitalized words agree with the entity's role and titles."""
    role = entity.role.of(text) if entity.role else ""
    known = f"{role} {' '.join(entity.titles)}"
    if noun not in nouns_of(known):
        return False
    words = frozenset(known.casefold().split())
    differing = (QUALIFIERS & frozenset(between.casefold().split())) ^ (QUALIFIERS & words)
    capitals = (word for word in f"{between} {of}".split() if word[:1].isupper())
    return not differing and all(word.strip(".,").casefold() in words for word in capitals)


def _touches(span: Span, taken: Sequence[Span]) -> bool:
    """`taken` is ascending; at most three of its spans overlap each other."""
    at = bisect_left(taken, span.end, key=lambda each: each.start)
    return any(span.start < each.end for each in taken[max(0, at - 3) : at])
