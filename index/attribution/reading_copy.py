"""An article's text -> the copy that attribution reads: legible, and with every name in one piece.

A nickname or "(Ret.)" inside a name looks like a quotation or an aside, so the copy leaves it out;
the name still spans it in the stored text.
"""

import re

from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import GIVEN_NAMES, ORGANISATION_WORDS, PLACES
from index.language.names import NICKNAME, UNUSUAL_ABBREVIATIONS
from index.language.word_classes import NAME_PARTICLES, NEVER_NAMES
from index.text.legible import LegibleText, legible

_MARK_ON_ANOTHER = re.compile("(?<=[^\\W\\d_])[\u0300-\u036f]+")
_ARTICLE = re.compile(r"(?<=\s)['’‘](?=[tTsn] [A-Z])")
"""As in "van ’t Hof": no quotation opens here."""
_RETIRED = re.compile(r",? \([Rr]et(?:ired|[’']?d)?\.?\)|, Ret\.(?=,| [a-z])")
_FULL_STOP = re.compile(rf"\b(?:{'|'.join(sorted(UNUSUAL_ABBREVIATIONS))})\.(?= [A-Z])")
_WORD_BEFORE = re.compile(r"[^\W\d_][\w’'-]*\.?\Z")
_BEFORE = 40
"""Characters: more than a given name has."""
_INITIALS = 2
"""The most letters of a given name in capitals."""
_NO_NAMES = NEVER_NAMES | CALENDAR_WORDS | ORGANISATION_WORDS | PLACES
_PARTICLES = NAME_PARTICLES - {"e", "y"}


def reading_copy(text: str) -> LegibleText:
    copy = legible(text)
    for pattern in (_MARK_ON_ANOTHER, _ARTICLE, _RETIRED):
        copy = copy.rewritten(pattern, _nothing)
    return copy.rewritten(_FULL_STOP, _without_full_stop).rewritten(NICKNAME, _without_nickname)


def _nothing(_: re.Match[str]) -> str:
    return ""


def _without_full_stop(match: re.Match[str]) -> str:
    return match.group()[:-1]


def _without_nickname(match: re.Match[str]) -> str:
    given = _WORD_BEFORE.search(match.string, max(0, match.start() - _BEFORE), match.start())
    if not given or not _may_be_given(given.group()) or not _may_be_surname(match["next"]):
        return match.group()
    known = {given.group().casefold(), match["nickname"].casefold()} & GIVEN_NAMES
    doubtful = match["open"] == "(" or match["nickname"].islower()
    return match.group() if doubtful and not known else ""


def _may_be_given(word: str) -> bool:
    plain = word.casefold().rstrip(".")
    return (
        word[0].isupper()
        and plain not in NEVER_NAMES
        and not (word.isupper() and len(word) > _INITIALS)
    )


def _may_be_surname(word: str) -> bool:
    plain = word.casefold()
    no_name = plain in _NO_NAMES
    return plain in _PARTICLES or (word[0].isupper() and not no_name)
