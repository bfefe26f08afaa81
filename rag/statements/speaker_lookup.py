"""Whom a name in a question means, of those the archive quotes. Knows no topic.

A full name is one person. A part of one may be several people's: all of them are meant, apart.
What is no name describes somebody: "experts", "the mayor", "a ministry spokesman".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.language.names import TITLES, name_key, name_words
from index.language.terms import analyze
from index.statements import SourceType, Speaker

MOST_NAMESAKES = 8
LOOKED_AT = 60
"""Of the register's entries that hold the words of a name, most quoted first."""
SHARING = 20
"""Of those that hold one word of it, to see whether that word can be anybody else."""
NEAREST = 3
ROLES = TITLES | frozenset(
    """
    director chairman chairwoman chair spokesman spokeswoman spokesperson journalist reporter
    editor columnist analyst economist expert researcher scientist historian author writer lawyer
    attorney democrat republican conservative liberal labour independent leader candidate coach
    manager founder ceo executive activist campaigner strategist pollster adviser advisor officer
    official lecturer fellow actor actress singer owner farmer teacher nurse doctor student
    """.split()
)
"""Stand before a name, or are all that is known of someone."""
_DETERMINER = re.compile(r"(?:the|a|an|some|any|all|that|this|those|these)\s+", re.IGNORECASE)
_FURTHER = re.compile(r"\s+(?:of|from|at|with|for)\s+", re.IGNORECASE)
_BOTH = re.compile(r"\s*(?:,|&|\band\b|\bor\b)\s*", re.IGNORECASE)
_WORD = re.compile(r"\S+")


class SpeakerDirectory(Protocol):
    """The part of the statement index that knows who is quoted."""

    def speakers(self, name: str, limit: int) -> list[Speaker]: ...

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]: ...


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """A speaker, and every key of the register that can be nobody else."""

    speaker: Speaker
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeakerMatch:
    """Either people (or organisations) of the register, or the analysed words of a description.

    Neither where anybody will do, or where the name is nobody's.
    """

    people: tuple[NamedSpeaker, ...] = ()
    described: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for person in self.people for key in person.keys)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        return tuple(person.speaker for person in self.people)

    @property
    def anybody(self) -> bool:
        return not self.people and not self.described


def find_speaker(name: str, register: SpeakerDirectory) -> SpeakerMatch:
    """Whom it may mean; most quoted first where that is several."""
    if not name:
        return SpeakerMatch()
    for reading in dict.fromkeys(_readings(name)):
        if people := _named(reading, register):
            return SpeakerMatch(people=tuple(people))
    described = tuple(analyze(_bare(name)))
    parts = [part for part in _BOTH.split(name) if part]
    several = [_named(part, register) for part in parts] if len(parts) > 1 else []
    if several and all(several):
        return SpeakerMatch(
            people=tuple(dict.fromkeys(person for each in several for person in each))
        )
    return SpeakerMatch(described=described)


def nearest(name: str, register: SpeakerDirectory) -> list[Speaker]:
    """Speakers of nearly that name: for whoever mistyped it."""
    return register.nearest_speakers(_bare(name), NEAREST)


def _readings(name: str) -> Iterator[str]:
    """As written; without a role before it; without what someone is of."""
    bare = _bare(name)
    for reading in (bare, _FURTHER.split(bare)[0]):
        yield reading
        yield from _without_role(reading)


def _bare(name: str) -> str:
    return _DETERMINER.sub("", name.strip(), count=1) if _DETERMINER.match(name.strip()) else name


def _without_role(name: str) -> Iterator[str]:
    """In "the bank's director Ada Obi" the last role ends what is not the name."""
    words = _WORD.findall(name)
    roles = [at for at, word in enumerate(words[:-1]) if word.lower().strip(".,") in ROLES]
    if roles:
        yield " ".join(words[roles[-1] + 1 :])


def _named(name: str, register: SpeakerDirectory) -> list[NamedSpeaker]:
    """The bearers of a name: of the whole of it, else people that a part of it may mean."""
    words, key = name_words(name), name_key(name)
    if not words:
        return []
    found = register.speakers(name, LOOKED_AT)
    whole = [speaker for speaker in found if speaker.key in {key, f"the {key}"}]
    if whole and (len(words) > 1 or all(each.type is not SourceType.PERSON for each in whole)):
        return [_person(speaker, register) for speaker in whole if _is_somebody(speaker)]
    people = [speaker for speaker in found if speaker.type is SourceType.PERSON]
    return _apart(people, register)[:MOST_NAMESAKES]


def _is_somebody(speaker: Speaker) -> bool:
    return speaker.type in {SourceType.PERSON, SourceType.ORGANISATION}


def _apart(people: Sequence[Speaker], register: SpeakerDirectory) -> list[NamedSpeaker]:
    """Each with the short names that are theirs alone; such a name is not listed again."""
    full = [speaker for speaker in people if " " in speaker.key]
    persons = [_person(speaker, register) for speaker in full]
    owned = {key for person in persons for key in person.keys}
    alone = [NamedSpeaker(each, (each.key,)) for each in people if each.key not in owned]
    return sorted([*persons, *alone], key=lambda person: -person.speaker.statements)


def _person(speaker: Speaker, register: SpeakerDirectory) -> NamedSpeaker:
    if speaker.type is not SourceType.PERSON:
        return NamedSpeaker(speaker, (speaker.key,))
    words = [word for word in speaker.key.split() if len(word) > 1]
    short = [word for word in words if len(words) > 1 and _only(word, speaker, register)]
    return NamedSpeaker(speaker, (speaker.key, *short))


def _only(word: str, speaker: Speaker, register: SpeakerDirectory) -> bool:
    """Whether articles that know just this word of a name can mean nobody else."""
    bearers = [each for each in register.speakers(word, SHARING) if _is_somebody(each)]
    short = any(each.key == word and each.type is SourceType.PERSON for each in bearers)
    others = [each for each in bearers if each.key not in {word, speaker.key}]
    return short and not any(each.type is SourceType.PERSON for each in others)
