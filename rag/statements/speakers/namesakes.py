"""The bearers of one name in a question -> whom it means, if one is quoted nearly alone.

A surname is nobody's for certain if the question tells of somebody else: "Mrs Orlov", "Senator
Orlov", "Orlov of the Port Board". Knows no index.
"""

from collections.abc import Iterable, Sequence

from index.language.gazetteers import FEMALE_NAMES, MALE_NAMES
from index.language.names import (
    FAMILY_NAMES_FIRST,
    FEMALE_TITLES,
    FULL_TITLES,
    GENERATIONS,
    MALE_TITLES,
    name_words,
)
from index.language.terms import STOP_TERMS, analyze
from index.statements import Speaker

CHIEF = 0.9
"""Share of the statements of all who bear a name from which the name alone means one of them."""
FEWEST_OF_CHIEF = 20
"""Statements of that name from which the share says something."""


def chief_of(bearers: Sequence[Speaker], name: str, asked: str) -> Speaker | None:
    """Who has nearly all statements under `name`, unless `asked` fits another one better.

    `asked` has all words for the speaker, `name` those that the bearers share.
    """
    total = sum(each.statements for each in bearers)
    first = max(bearers, key=lambda each: each.statements, default=None)
    if first is None or total < FEWEST_OF_CHIEF or first.statements < CHIEF * total:
        return None
    told = _terms([asked]) - _terms([" ".join(name_words(name))]) - STOP_TERMS
    others = (each for each in bearers if each is not first)
    return None if any(_fits_better(each, first, name, told) for each in others) else first


def is_of_other_sex(speaker: Speaker, asked: str) -> bool:
    """Whether the first word asked for is a man's title and the name a woman's, or otherwise."""
    title = asked.split(maxsplit=1)[0].rstrip(".").lower() if asked.strip() else ""
    given = name_words(speaker.name)[:1] if len(name_words(speaker.name)) > 1 else ()
    man, woman = not MALE_NAMES.isdisjoint(given), not FEMALE_NAMES.isdisjoint(given)
    if man == woman:
        return False
    return title in (FEMALE_TITLES if man else MALE_TITLES)


def _fits_better(other: Speaker, first: Speaker, name: str, told: Iterable[str]) -> bool:
    """By the role told in the question, or because the name is only the first one's given name."""
    own, others = _terms(first.roles).intersection(told), _terms(other.roles).intersection(told)
    return len(others) > len(own) or (_is_surname(name, other) and not _is_surname(name, first))


def _is_surname(name: str, speaker: Speaker) -> bool:
    word = name_words(name)[-1:]
    for each in (speaker.name, *speaker.aliases):
        words = tuple(word for word in name_words(each) if word not in GENERATIONS)
        if word == words[-1:] or (word == words[:1] and not FAMILY_NAMES_FIRST.isdisjoint(word)):
            return True
    return False


def _terms(texts: Iterable[str]) -> frozenset[str]:
    words = (word.rstrip(".,").lower() for text in texts for word in text.split())
    return frozenset(analyze(" ".join(FULL_TITLES.get(word, word) for word in words)))
