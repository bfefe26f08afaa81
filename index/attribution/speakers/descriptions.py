"""People an article speaks of by a common noun: "a neighbour", "the senator", "her lawyer".

Knows roles as `people` found them; decides only where exactly one named person fits.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.entities.entities import Entities, Entity
from index.attribution.entities.roles import nouns_of
from index.documents import Span
from index.language.gazetteers import FEMALE_NOUNS, MALE_NOUNS, PERSON_NOUNS
from index.statements import SourceType

_NOUN = "|".join(sorted(PERSON_NOUNS, key=len, reverse=True))
_PHRASE = re.compile(
    rf"\b(?P<article>[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Aa]nother|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir|[Mm]y"
    rf"|[\w’'-]+['’]s) (?P<between>(?:(?!(?:of|for|and|or|to|in|on|at|by|is|was|has|had|who|that"
    rf"|with|from|not)\b)[\w’'.-]+,? ){{0,4}}?)(?P<noun>{_NOUN})\b(?![-’'])"
    rf"(?! (?:[A-Z]|(?:{_NOUN}|office|campaign|team|party|group|unit|station|union)\b))"
)
_OF = re.compile(r" (?:of|for|at|from|in) ([^,.;:”\"]{3,60})")
_TELLING = frozenset("former deputy vice acting assistant ex then associate junior senior".split())
_NOBODY = MALE_NOUNS & {"man", "boy", "guy", "gentleman", "father", "son", "brother", "husband"} | {
    "woman", "girl", "lady", "mother", "daughter", "sister", "wife", "person", "child", "friend",
    "neighbor", "neighbour", "witness", "source", "critic", "supporter", "member", "victim",
    "colleague", "partner", "parent", "resident", "insider", "aide", "staffer", "fan", "voter",
}  # fmt: skip
"""Nouns that tell nobody apart: a person is never taken from them alone."""


@dataclass(frozen=True, slots=True)
class Description:
    """One phrase that stands for one person."""

    span: Span
    """From the article to the noun."""
    noun: str
    definite: bool
    """"The senator": somebody the reader has met, or need not have."""
    figures: tuple[int, ...]
    """Named people whom it fits and who were named before; none for a phrase that is new."""

    @property
    def gender(self) -> str:
        if self.noun in MALE_NOUNS:
            return "m"
        return "f" if self.noun in FEMALE_NOUNS else ""


def find_descriptions(text: str, people: Entities) -> list[Description]:
    """Ascending and disjoint; phrases beside the name they describe are left out."""
    roles = sorted(figure.role for figure in people.figures if figure.role)
    return [
        _description(text, match, people)
        for match in _PHRASE.finditer(text)
        if not _touches(Span(*match.span()), roles)
        and not _touches(Span(*match.span()), people.places)
    ]


def described_entities(text: str, span: Span, people: Entities) -> tuple[int, ...]:
    """Whom the phrase at the start of a span may be: the numbers of the figures it fits."""
    match = _PHRASE.match(text, span.start, min(len(text), span.end))
    return _description(text, match, people).figures if match else ()


def _description(text: str, match: re.Match[str], people: Entities) -> Description:
    noun = match["noun"].casefold()
    definite = match["article"].casefold() in {"the", "this", "that"}
    fits: tuple[int, ...] = ()
    if definite and noun not in _NOBODY:
        after = _OF.match(text, match.end())
        fits = tuple(
            number
            for number, figure in enumerate(people.figures)
            if figure.kind is SourceType.PERSON
            and figure.mentions[0].start < match.start()
            and _fits(text, figure, noun, match["between"], after[1] if after else "")
        )
    return Description(Span(*match.span()), noun, definite, fits)


def _fits(text: str, figure: Entity, noun: str, between: str, of: str) -> bool:
    role = figure.role.of(text) if figure.role else ""
    known = f"{role} {' '.join(figure.titles)}"
    if noun not in nouns_of(known):
        return False
    words = frozenset(known.casefold().split())
    telling = (_TELLING & frozenset(between.casefold().split())) ^ (_TELLING & words)
    capitals = (word for word in f"{between} {of}".split() if word[:1].isupper())
    return not telling and all(word.strip(".,").casefold() in words for word in capitals)


def _touches(span: Span, taken: Sequence[Span]) -> bool:
    """`taken` is ascending; roles may overlap a little, which costs nothing here."""
    at = bisect_left(taken, span.end, key=lambda each: each.start)
    return any(span.start < each.end for each in taken[max(0, at - 3) : at])
