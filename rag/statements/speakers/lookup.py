"""A speaker's name in a question -> the speakers in the archive it may mean. Knows no topic.

A full name means one person. Part of a name may mean several people, who are kept apart. Words
that are no name are a description: "experts", "the mayor", "a ministry spokesman".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from index.attribution.entities.roles import nouns_of
from index.documents import Filter
from index.identity.called import called, called_form
from index.language.names import SPEAKER_ROLES, name_key, name_words
from index.language.offices import NATIONAL, ONE_ONLY, Office, office_of
from index.language.terms import analyze
from index.statements import SourceType, Speaker, Statement
from rag.statements.speakers.namesakes import chief_of, is_of_other_sex
from rag.statements.speakers.office_holders import Holder, Offices, held_ever, holders_of

MOST_NAMESAKES = 8
MOST_LOOKED_UP = 60
"""Speakers whose names have the words of the name asked for, most quoted first."""
MOST_SHARING = 20
"""Speakers whose names have one of its words, to see whether that word can be another's."""
MOST_SIMILAR = 3
_DETERMINER = re.compile(r"\A\s*(?:the|a|an|some|any|all|that|this|those|these)\s+", re.IGNORECASE)
_OWNED = re.compile(r"\A\s*(?:[\w.-]+ )*[\w.-]+['’]s? ")
_SOME = re.compile(r"\A\s*(?:an?|some|any|all|his|her|their|its|my|our)\s", re.IGNORECASE)
"""Before a description that means nobody in particular, or somebody's."""
_AFFILIATION = re.compile(r"\s+(?:of|from|at|with|for)\s+", re.IGNORECASE)
_ENDING = re.compile(r"['’]s\Z")
"""Of a brand's name: "Macy's" is no surname, and Ana Macy is no shop."""
_NOBODY: frozenset[str] = frozenset()
_CONJUNCTION = re.compile(r"\s*(?:,|&|\band\b|\bor\b)\s*", re.IGNORECASE)


class SpeakerDirectory(Protocol):
    """The part of the statement index that knows who is quoted."""

    def speakers(self, name: str, limit: int) -> list[Speaker]: ...

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]: ...


class StatementSpeakers(SpeakerDirectory, Offices, Protocol):
    """The same, and who is told to hold an office."""

    def speaker(self, key: str) -> Speaker | None: ...

    def with_roles(self, key: str) -> Speaker | None: ...


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """A speaker, and every key in the archive that can be nobody else's."""

    speaker: Speaker
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeakerMatch:
    """People or organisations of that name, or the analysed words of a description.

    Empty if the question names no speaker.
    """

    people: tuple[NamedSpeaker, ...] = ()
    description: tuple[str, ...] = ()
    others: tuple[NamedSpeaker, ...] = ()
    """Bearers of the same part of a name, where one of them has nearly all of its statements."""
    office: Office | None = None
    """What the question calls `people`, if it names nobody."""
    holders: tuple[Holder, ...] = ()
    """Who held the office, in the order of `people`."""

    @property
    def everyone(self) -> "SpeakerMatch":
        """With the others among the people."""
        return SpeakerMatch((*self.people, *self.others), self.description)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.by_key)

    @property
    def by_key(self) -> dict[str, Speaker]:
        return {key: person.speaker for person in self.people for key in person.keys}

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        return tuple(person.speaker for person in self.people)

    @property
    def is_empty(self) -> bool:
        return not self.people and not self.description


def find_speaker(name: str, directory: SpeakerDirectory) -> SpeakerMatch:
    """The most quoted first if the name may mean several."""
    if not name:
        return SpeakerMatch()
    if is_description(name):
        return SpeakerMatch(description=described(name))
    for variant in variants_of(name):
        if people := _people(variant, directory):
            return _with_chief(people, variant, name)
    parts = [part for part in _CONJUNCTION.split(name) if part]
    several = [_with_chief(_people(part, directory), part, part) for part in parts]
    if len(several) > 1 and all(each.people for each in several):
        return _together(several)
    return SpeakerMatch(description=described(name))


def described(name: str) -> tuple[str, ...]:
    """The analysed words of a description."""
    return tuple(analyze(_without_determiner(name)))


def find_holders(description: str, index: StatementSpeakers, asked: Filter) -> SpeakerMatch:
    """Those called so in the time asked about; empty if nobody is, or too many are."""
    office = office_of(_without_determiner(description))
    if office is None or _SOME.match(description):
        return SpeakerMatch()
    holders = holders_of(office, index, asked)
    found = ((each, index.speaker(each.speaker.key)) for each in holders)
    known = [(holder, speaker) for holder, speaker in found if speaker]
    people = tuple(_with_short_names(speaker, index) for _, speaker in known)
    return SpeakerMatch(people, office=office, holders=tuple(holder for holder, _ in known))


def earlier_holders(match: SpeakerMatch, index: StatementSpeakers) -> SpeakerMatch:
    """All others whom articles of some time call so, with the counts of today."""
    if match.office is None or not (match.office.of or match.office.head in ONE_ONLY):
        return SpeakerMatch()
    held = [each for each in held_ever(match.office, index) if each.speaker.key not in match.keys]
    people = tuple(NamedSpeaker(each.speaker, each.speaker.keys) for each in held)
    return SpeakerMatch(people, office=match.office, holders=tuple(held))


def of_these(
    match: SpeakerMatch, days: Mapping[str, int], index: StatementSpeakers
) -> SpeakerMatch:
    """Of the holders only these keys, each told nearest to its day, as the index knows them."""
    people, holders = [], []
    for person, holder in zip(match.people, match.holders, strict=True):
        day = next((days[key] for key in person.keys if key in days), None)
        known = index.speaker(person.speaker.key) if day is not None else None
        if known and day is not None:
            people.append(NamedSpeaker(known, person.keys))
            holders.append(holder.nearest_to(day))
    return replace(match, people=tuple(people), holders=tuple(holders))


def is_description(words: str) -> bool:
    """Whether they say what somebody is: "the pope", "Corvex's chief executive", not "Pope"."""
    head = _AFFILIATION.split(words.strip())[0].split()[-1:]
    led = _DETERMINER.match(words) or _OWNED.match(words)
    noun = bool(head) and head[0].islower() and bool(nouns_of(head[0]))
    return noun and (bool(led) or words in NATIONAL)


def head_word(description: str) -> str:
    """The noun of a description, analysed: "vicar" of "the old vicar of Orm"."""
    return next(reversed(analyze(_AFFILIATION.split(description)[0])), "")


def own_name(statement: Statement) -> frozenset[str]:
    """The terms of the name of the person who said it, without titles."""
    named = statement.sure and statement.source_type is SourceType.PERSON
    return frozenset(analyze(" ".join(name_words(statement.speaker or "")))) if named else _NOBODY


def variants_of(name: str) -> tuple[str, ...]:
    """As written, then without the affiliation; each without a role before it too.

    In "the bank's director Ada Obi" the name begins after the last role.
    """
    return tuple(dict.fromkeys(_variants(name)))


def similar_speakers(name: str, directory: SpeakerDirectory) -> tuple[Speaker, ...]:
    """Suggestions for a name that may be misspelt."""
    return tuple(directory.nearest_speakers(_without_determiner(name), MOST_SIMILAR))


def _without_determiner(name: str) -> str:
    return _DETERMINER.sub("", name)


def _with_chief(people: Sequence[NamedSpeaker], name: str, asked: str) -> SpeakerMatch:
    """A part of a name means whoever has nearly all statements under it; else all who bear it.

    The name alone, as some articles give it, may be anybody's, so it counts for nobody. No man is
    meant by "Mrs Orlov", where a woman may be.
    """
    fitting = [each for each in people if not is_of_other_sex(each.speaker, asked)] or list(people)
    bearers = [each.speaker for each in fitting if each.speaker.key != name_key(name)]
    chief = chief_of(bearers, name, asked) if len(fitting) > 1 else None
    meant = [each for each in fitting if each.speaker is chief] or fitting
    return SpeakerMatch(tuple(meant), others=tuple(each for each in fitting if each not in meant))


def _together(several: Sequence[SpeakerMatch]) -> SpeakerMatch:
    """All that are asked for in one question: "Ada Obi and Bea Ruiz"."""
    people = dict.fromkeys(chain.from_iterable(each.people for each in several))
    others = dict.fromkeys(chain.from_iterable(each.others for each in several))
    return SpeakerMatch(tuple(people), others=tuple(each for each in others if each not in people))


def _variants(name: str) -> Iterator[str]:
    plain = _without_determiner(name)
    for variant in (plain, _AFFILIATION.split(plain)[0]):
        yield variant
        words = variant.split()
        roles = [
            i for i, word in enumerate(words[:-1]) if word.lower().strip(".,") in SPEAKER_ROLES
        ]
        if roles and not (words[-1].islower() and nouns_of(words[-1])):
            yield " ".join(words[roles[-1] + 1 :])


def _people(name: str, directory: SpeakerDirectory) -> list[NamedSpeaker]:
    """The speakers of this full name; else the people whose names it is part of."""
    key = name_key(name)
    if not name_words(name):
        return []
    found = directory.speakers(name, MOST_LOOKED_UP)
    if so_called := _so_called(found, name):
        return [_with_short_names(speaker, directory) for speaker in so_called]
    full = [each for each in found if {key, name_key(f"the {name}")}.intersection(each.keys)]
    people = [speaker for speaker in found if _is_person(speaker)]
    brand = people and not _ENDING.search(name) and all(_ENDING.search(each.name) for each in full)
    if full and not brand and (" " in key or not any(map(_is_person, full))):
        return [_with_short_names(speaker, directory) for speaker in full if _is_named(speaker)]
    return _distinct(people, directory)[:MOST_NAMESAKES]


def _so_called(found: Sequence[Speaker], name: str) -> list[Speaker]:
    """Those beside whose names articles give this one: "better known as Bono".

    One word is a name of theirs only if nobody else who is quoted has it.
    """
    asked = called_form(name)
    so_called = [each for each in found if asked in map(called_form, called(each))]
    others = (each for each in found if each not in so_called and " " in each.key)
    shared = " " not in asked and any(asked in name_words(each.name) for each in others)
    return [] if shared else so_called


def _is_named(speaker: Speaker) -> bool:
    return speaker.type in {SourceType.PERSON, SourceType.ORGANISATION}


def _is_person(speaker: Speaker) -> bool:
    return speaker.type is SourceType.PERSON


def _distinct(people: Sequence[Speaker], directory: SpeakerDirectory) -> list[NamedSpeaker]:
    """Each person with their own short names, which are not listed as people again."""
    full = [_with_short_names(speaker, directory) for speaker in people if " " in speaker.key]
    owned = {key for person in full for key in person.keys}
    short = [NamedSpeaker(each, each.keys) for each in people if each.key not in owned]
    return sorted([*full, *short], key=lambda person: -person.speaker.statements)


def _with_short_names(speaker: Speaker, directory: SpeakerDirectory) -> NamedSpeaker:
    words = [word for word in name_words(speaker.name) if len(word) > 1]
    if not _is_person(speaker) or len(words) < 2:  # noqa: PLR2004 - one word is no short name
        return NamedSpeaker(speaker, speaker.keys)
    short = [word for word in words if _is_only(speaker, word, directory)]
    return NamedSpeaker(speaker, (*speaker.keys, *short))


def _is_only(speaker: Speaker, word: str, directory: SpeakerDirectory) -> bool:
    """Whether articles that give only this word of the name mean this person.

    Nobody else of that name is quoted, and the articles describe the same office: a name alone may
    be of another family.
    """
    sharing = [each for each in directory.speakers(word, MOST_SHARING) if _is_person(each)]
    short = [each for each in sharing if each.key == word]
    alone = {each.key for each in sharing} <= {word, speaker.key}
    return bool(short) and alone and bool(_offices(short[0]) & _offices(speaker))


def _offices(speaker: Speaker) -> frozenset[str]:
    return nouns_of(" ".join(speaker.roles))
