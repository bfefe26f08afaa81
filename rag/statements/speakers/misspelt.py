"""A name that nobody bears -> the one speaker whose name it is a slip of. Knows no topic.

Never a name that the archive writes as somebody's, a short word, or a first name alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.attribution.entities.roles import nouns_of
from index.identity.likeness import SLIP_LETTERS, likeness
from index.identity.proper_names import means_several
from index.language.gazetteers import GIVEN_NAMES, PLACES
from index.language.names import FAMILY_NAMES_FIRST, GENERATIONS, name_words
from index.statements import SourceType, Speaker
from rag.query.respelling import Respelling
from rag.statements.speakers.lookup import (
    SpeakerDirectory,
    SpeakerMatch,
    find_speaker,
    is_description,
    variants_of,
)
from rag.statements.speakers.namesakes import CHIEF, FEWEST_OF_CHIEF

MOST_NEAR = 20
"""Speakers compared, best match first."""
FEWEST_IN_FULL = 5
"""Statements under a full name from which its spelling is the right one."""

_WORD = re.compile(r"[^\s\u2010-\u2015-]+")
_EDGES = "“”\"'’‘().,"

IsWritten = Callable[[str], bool]
"""Whether the archive writes this name, quoted or not."""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """Whom a misspelt name means."""

    match: SpeakerMatch
    respelling: Respelling


def find_misspelt(name: str, directory: SpeakerDirectory, is_written: IsWritten) -> Misspelt | None:
    """For a name that `find_speaker` does not find; None if it may be anybody's."""
    if is_description(name):
        return None
    near = (_nearest(variant, name, directory) for variant in variants_of(name))
    found = next(filter(None, near), None)
    return None if found is None or is_written(found.respelling.asked) else found


def _nearest(variant: str, name: str, directory: SpeakerDirectory) -> Misspelt | None:
    """The speaker with nearly all statements of those whose names are that near."""
    asked = _without_titles(variant)
    near = [
        (speaker, slip)
        for speaker in directory.nearest_speakers(asked, MOST_NEAR)
        for slip in _slips(asked, speaker)
    ]
    if not near:
        return None
    first, (wrong, right) = max(near, key=lambda each: each[0].statements)
    total = sum({speaker.key: speaker.statements for speaker, _ in near}.values())
    fewest = FEWEST_IN_FULL if " " in asked else FEWEST_OF_CHIEF
    respelling = Respelling(asked, first.name, wrong, right)
    match = find_speaker(respelling.in_text(name), directory)
    is_first = [each.speaker.key for each in match.people] == [first.key]
    if not is_first or first.statements < max(fewest, CHIEF * total):
        return None
    return Misspelt(match, respelling)


def _without_titles(name: str) -> str:
    words = set(name_words(name))
    return " ".join(each for each in name.split() if words & set(name_words(each)))


def _slips(asked: str, speaker: Speaker) -> list[tuple[str, str]]:
    """The misspelt word and the right one, as written, if only one word of a name differs."""
    found = (_slip(asked, each) for each in _comparable(asked, speaker))
    return list(dict.fromkeys(filter(None, found)))[:1]


def _comparable(asked: str, speaker: Speaker) -> Iterator[str]:
    """For one word the surname, or a name that is one word; else the full name."""
    for name in (speaker.name, *speaker.aliases):
        words = [word for word in name.split() if set(name_words(word)) - GENERATIONS]
        if " " in asked or len(words) == 1:
            yield name
        elif speaker.type is SourceType.PERSON and words:
            yield words[0 if not FAMILY_NAMES_FIRST.isdisjoint(name_words(words[0])) else -1]


def _slip(asked: str, name: str) -> tuple[str, str] | None:
    alike = likeness(asked, name)
    if alike is None or alike.other_form or len(alike.differing) != 1:
        return None
    [(wrong, right)] = alike.differing
    written = [_written(asked, wrong), _written(name, right)]
    if not all(written) or min(len(wrong), len(right)) < SLIP_LETTERS:
        return None
    if " " not in asked and _is_other_word(written[0]):
        return None
    return written[0], written[1]


def _written(name: str, word: str) -> str:
    """The word as the name writes it; empty if it stands in no word alone."""
    words = (each.strip(_EDGES) for each in _WORD.findall(name))
    return next((each for each in words if name_words(each) == (word,)), "")


def _is_other_word(word: str) -> bool:
    """A first name, a place or, without a capital, a noun for people."""
    plain = word.casefold()
    noun = word.islower() and (bool(nouns_of(word)) or means_several(word))
    return noun or plain in GIVEN_NAMES or plain in PLACES
