"""The title before a name, with what tells whose office it is and whether it is still held.

As in "former U.S. President", "Federal Reserve Chair", "British Prime Minister".
"""

import re

from index.documents import Span
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import DEMONYMS, GIVEN_NAMES, KIN_NOUNS, PERSON_NOUNS
from index.language.names import (
    BEFORE_TITLES,
    OTHER_OFFICE,
    PERSON_TITLES,
    PLAIN_TITLES,
    SHORT_TITLES,
)
from index.language.word_classes import NEVER_NAMES

LOOKED_BACK = 90
"""Characters before a name."""
MOST_BEFORE = 6
"""Words before a title that say whose office it is."""
_TOKEN = re.compile(r"\S+")
_PLACED = frozenset("in at from near inside outside".split())
"""After them a capitalised word is where something happens: "in Paris President Oye"."""
_OFFICE = re.compile(
    r"(?P<office>(?<![\w-])(?:(?:then|ex|vice)-)?(?P<noun>[A-Z][\w]+)(?:-(?:elect|designate|[Gg]eneral))?"
    r"(?: of (?:the )?[A-Z]\w+(?: (?:and )?[A-Z]\w+)?)?) \Z"
)
_NO_OWNERS = (NEVER_NAMES - {"new"}) | CALENDAR_WORDS | GIVEN_NAMES
_INSIDE = re.compile(r"[^\w.&'’/-]")
"""Marks that join two things: "Conference:Hear"."""
_ENDING = re.compile(r"(?:[.!?:;,][”\"’']?|[“\"‘(—–-])\Z")
_NO_TITLES = OTHER_OFFICE | DEMONYMS


def title_before(text: str, name: Span) -> Span | None:
    """Any title right before the name: "Mr.", "President", "Prime Minister"."""
    start = max(0, name.start - 40)
    words = list(_TOKEN.finditer(text, start, name.start))
    if not words or text[name.start - 1 : name.start] not in {" ", "\xa0"}:
        return None
    first = len(words)
    while first and _is_title(words[first - 1].group(), first < len(words)):
        first -= 1
    if first == len(words) or "\n" in text[words[first].start() : name.start]:
        return None
    return Span(words[first].start(), words[-1].end())


def title_of(text: str, name: Span) -> Span | None:
    """A title right before the name, except Mr, Ms and the like, with what qualifies it."""
    found = title_before(text, name) or _office_before(text, name)
    if found is None or found.of(text).rstrip(".").casefold() in PLAIN_TITLES:
        return None
    return _qualified(text, found)


def _office_before(text: str, name: Span) -> Span | None:
    """A noun for a person with a capital: "Chair", "then-President", "Secretary of State"."""
    line = text.rfind("\n", max(0, name.start - LOOKED_BACK), name.start) + 1
    before = _OFFICE.search(text, max(line, name.start - LOOKED_BACK), name.start)
    if before is None:
        return None
    noun = before["noun"].casefold()
    titled = noun in PERSON_NOUNS - KIN_NOUNS or noun in PERSON_TITLES - PLAIN_TITLES
    return Span(*before.span("office")) if titled else None


def _qualified(text: str, title: Span) -> Span:
    """From the first word of the office on: a country, a body, "former"."""
    start = max(0, title.start - LOOKED_BACK)
    start = max(start, text.rfind("\n", start, title.start) + 1)
    words = list(_TOKEN.finditer(text, start, title.start))
    first = len(words)
    while first and len(words) - first < MOST_BEFORE and _qualifies(words, first - 1):
        first -= 1
    while first < len(words) and not _may_open(words, first):
        first += 1
    return Span(words[first].start(), title.end) if first < len(words) else title


def _qualifies(words: list[re.Match[str]], at: int) -> bool:
    """Whether it is one of the words for whose office it is; no sentence ends with it."""
    written = words[at].group()
    plain = _plain(written)
    if plain in OTHER_OFFICE:
        return written[-1].isalpha()
    if written == "of":
        return at > 0 and words[at - 1].group()[:1].isupper()
    ends = _ENDING.search(written) and "." not in written[:-1]
    named = written[:1].isupper() and plain not in _NO_OWNERS
    return named and not ends and not _INSIDE.search(written[:-1])


def _may_open(words: list[re.Match[str]], at: int) -> bool:
    """Not with "of", nor with a place where something happens or the first word of a sentence."""
    written, before = words[at].group(), words[at - 1].group() if at else ""
    plain = _plain(written)
    if written == "of":
        return False
    if plain == "new" and not words[at + 1 : at + 2]:
        return False
    if plain in _NO_TITLES or written.endswith(("'s", "’s")):
        return True
    return before.casefold() not in _PLACED and not plain.endswith("ly")


def _plain(word: str) -> str:
    return word.strip('“"‘(,').rstrip(".").casefold()


def _is_title(word: str, more: bool) -> bool:
    plain = word.rstrip(".").casefold()
    if not word[:1].isupper() or (word.endswith(".") and plain not in SHORT_TITLES):
        return False
    return plain in PERSON_TITLES or (more and plain in BEFORE_TITLES)
