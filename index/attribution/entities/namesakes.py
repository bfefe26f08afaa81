"""A short name in, the persons it may mean out: who fits what stands around it. Knows no cue.

The paragraph, earlier use, distance, relatives, the title and pronouns each may point to one
person. Somebody is chosen only if nothing points to anybody else.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from index.attribution.entities.surroundings import Surroundings
from index.documents import Span

NEAR, FAR = 3, 4
"""Paragraphs: a person mentioned at most NEAR paragraphs back is meant if all others are at least
FAR paragraphs further back."""
MOST, MANY = 8, 24
"""Persons kept for one ambiguous mention: the last mentioned. Of more than MANY nobody is chosen,
and the first ones are kept."""
AFTER = 160
"""Characters after a mention in which the next "he" or "she" may tell who it is."""
_PRONOUN = re.compile(r"\b(?:(he|his|himself)|(she|her|herself))\b")
_NEXT_NAME = re.compile(r"[”\"\n]|(?<!\A)\b[A-Z][a-z]+")

Words = tuple[str, ...]


@dataclass(slots=True)
class Namesake:
    """The mentions of one person found so far, and what is known of them."""

    number: int
    words: Words
    """Of the longest name."""
    mentions: list[Span] = field(default_factory=list)
    """Ascending."""
    full_names: list[Span] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    kin: bool = False
    """Introduced as a relative: a surname alone is rarely theirs."""
    in_title: bool = False
    """The title of the article has a word of the name besides the surname."""
    short_names: set[str] = field(default_factory=set)
    """Short names that meant only this person when they were used."""

    def add(self, mention: Span, around: Surroundings) -> None:
        insort(self.mentions, mention)
        self.genders |= {around.gender} - {""}
        self.offices |= around.offices
        self.kin = self.kin or around.kin

    def agrees(self, gender: str) -> bool:
        return not gender or not self.genders or gender in self.genders

    def note_title(self, title: str) -> None:
        named = frozenset(re.findall(r"\w+", title.casefold()))
        self.in_title = any(word in named for word in self.words[:-1] if len(word) > 1)

    def last_before(self, span: Span) -> int:
        """The start of the last mention before a place, -1 without one."""
        at = bisect_left(self.mentions, span)
        return self.mentions[at - 1].start if at else -1

    def named_between(self, start: int, end: int) -> bool:
        """Whether a full name starts there."""
        at = bisect_left(self.full_names, start, key=lambda each: each.start)
        return at < len(self.full_names) and self.full_names[at].start < end


def choose(
    text: str,
    span: Span,
    word: str,
    around: Surroundings,
    known: Sequence[Namesake],
    alone: AbstractSet[str],
) -> list[Namesake]:
    """The persons a one-word name may mean; none if the person is new.

    `alone` are words that the article uses alone for one person.
    """
    if len(known) > MANY:
        return list(known[:MOST])
    fits = _by_title([each for each in known if each.agrees(around.gender)], around)
    earlier = [each for each in fits if each.mentions[0].start < span.start] or fits
    if len(earlier) <= 1:
        return earlier
    pointed = _pointed(text, span, word, earlier, alone)
    if len(pointed) == 1:
        return [each for each in earlier if each.number in pointed]
    latest = sorted(earlier, key=lambda each: -each.last_before(span))[:MOST]
    return sorted(latest, key=lambda each: each.number)


def _by_title(fits: list[Namesake], around: Surroundings) -> list[Namesake]:
    """Those with the gender or the office beside the name, if any have it.

    An office is no relative's: "President Orlov" is not "his wife, Maren Orlov".
    """
    if around.gender and any(around.gender in each.genders for each in fits):
        fits = [each for each in fits if around.gender in each.genders]
    if around.offices and any(around.offices & each.offices for each in fits):
        return [each for each in fits if around.offices & each.offices]
    return [each for each in fits if not each.kin] if around.offices else fits


def _pointed(
    text: str, span: Span, word: str, fits: Sequence[Namesake], alone: AbstractSet[str]
) -> set[int]:
    """The numbers of all persons that anything points to."""
    paragraph = text.rfind("\n", 0, span.start) + 1
    signs: Iterator[list[Namesake]] = iter(
        (
            [each for each in fits if each.named_between(paragraph, span.start)],
            [each for each in fits if word in each.short_names],
            [each for each in fits if not set(each.words) & alone - {word}],
            [each for each in fits if not each.kin],
            [each for each in fits if each.in_title],
            _near(text, span, fits),
            _by_pronoun(text, span, fits),
        )
    )
    return {sign[0].number for sign in signs if len(sign) == 1}


def _near(text: str, span: Span, fits: Sequence[Namesake]) -> list[Namesake]:
    """Who was mentioned a short while ago, if all others were a long while ago."""
    latest = sorted(fits, key=lambda each: -each.last_before(span))[:2]
    back = [text.count("\n", max(0, each.last_before(span)), span.start) for each in latest]
    return latest[:1] if back[0] <= NEAR and back[1] >= back[0] + FAR else []


def _by_pronoun(text: str, span: Span, fits: Sequence[Namesake]) -> list[Namesake]:
    """By the next "he" or "she", unless another name comes before it."""
    following = text[span.end : span.end + AFTER]
    pronoun, name = _PRONOUN.search(following), _NEXT_NAME.search(following)
    if not pronoun or (name and name.start() < pronoun.start()):
        return []
    return [each for each in fits if ("m" if pronoun[1] else "f") in each.genders]
