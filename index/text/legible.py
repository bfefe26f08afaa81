"""A text as it is read -> and where each of its characters stands in the stored text.

Publishers' texts have characters that no reader sees, and letters in several encodings. The copy
has composed letters, plain spaces and hyphens, and nothing invisible; the stored text stays.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from index.documents import Span

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f"
)
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u3099\u309a"
_PICTURES = (
    "\u00ae\u2120\u2122\u231a-\u231b\u23e9-\u23fa\u2600-\u2757\u2761\u2763-\u2767\u2794-\u27bf"
    "\u2b05-\u2b07\u2b1b-\u2b1c\u2b50\u2b55\ue000-\uf8ff\U0001f000-\U0001faff"
)
_FORMS = "\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\U0001d400-\U0001d7cb"
_PICTURE = rf"[{_PICTURES}](?:[{_INVISIBLE}{_MARKS}]|[{_PICTURES}])*"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_GAP = rf"[ {_SPACES}{_INVISIBLE}]*"
_PIECES = re.compile(
    rf"(?P<letter>[^\W\d_](?:[{_INVISIBLE}]*[{_MARKS}])+)"
    r"|(?P<syllable>[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"
    rf"|(?P<pictures>(?<!{_GAP[:-1]}){_GAP}{_PICTURE}(?:{_GAP}{_PICTURE})*{_GAP})"
    rf"|(?P<invisible>[{_INVISIBLE}]+)|(?P<space>[{_SPACES}])|(?P<hyphen>[\u2010\u2011])"
    rf"|[{_FORMS}]"
)
"""The hyphen between two letters and letters of other forms: ligatures, full width, bold."""
_FORM = re.compile(f"[{_FORMS}]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_NO_SPACE_BEFORE = frozenset(".,;:!?”’)]»\n")
_NO_SPACE_AFTER = frozenset("“‘([«\n")

Replace = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class LegibleText:
    """`text`, and how it maps to the stored text that it was made of."""

    text: str
    places: tuple["Place", ...] = field(default=(), repr=False)
    """Ascending."""
    original: "LegibleText | None" = field(default=None, repr=False)
    """The copy that this one was made of; None for the stored text."""

    def stored(self, span: Span) -> Span:
        """Where a part of the copy stands; what is invisible at its ends is not part of it."""
        found = Span(self._start(span.start), self._end(span.end))
        return self.original.stored(found) if self.original else found

    def rewritten(self, pattern: re.Pattern[str], replace: Replace) -> "LegibleText":
        """The same with each match of a pattern replaced."""
        text, places = _rewritten(self.text, pattern, replace)
        return LegibleText(text, places, self) if places else self

    def _start(self, position: int) -> int:
        place = self._last_place(position)
        return place.start if position < place.copy_end else place.after(position)

    def _end(self, position: int) -> int:
        """After the last character before a position."""
        place = self._last_place(position - 1)
        return place.end if position <= place.copy_end else place.after(position)

    def _last_place(self, position: int) -> "Place":
        at = bisect_right(self.places, position, key=lambda place: place.copy_start)
        return self.places[at - 1] if at else _NOWHERE


@dataclass(frozen=True, slots=True)
class Place:
    """A replaced part of the copy, and the part of the text before that it replaces."""

    copy_start: int
    copy_end: int
    start: int
    end: int

    def after(self, position: int) -> int:
        """Of a position after it in the copy, up to the next place."""
        return position - self.copy_end + self.end


_NOWHERE = Place(0, 0, 0, 0)


def legible(text: str) -> LegibleText:
    if text.isascii():
        return LegibleText(text)
    return LegibleText(text).rewritten(_PIECES, _legible_piece)


def legible_words(words: str) -> str:
    """Words of a stored text as they are shown, on one line: a name, a role."""
    return " ".join(legible(words).text.split())


def _rewritten(
    text: str, pattern: re.Pattern[str], replace: Replace
) -> tuple[str, tuple[Place, ...]]:
    parts: list[str] = []
    places: list[Place] = []
    done = length = 0
    for match in pattern.finditer(text):
        made = replace(match)
        if made == match.group():
            continue
        kept = text[done : match.start()]
        start = length + len(kept)
        places.append(Place(start, start + len(made), match.start(), match.end()))
        parts += [kept, made]
        done, length = match.end(), start + len(made)
    return "".join([*parts, text[done:]]), tuple(places)


def _legible_piece(match: re.Match[str]) -> str:
    written = match.group()
    if match["invisible"]:
        return ""
    if match["space"]:
        return " "
    if match["hyphen"]:
        return "-"
    if match["pictures"]:
        return _around_pictures(match)
    shown = _HIDDEN.sub("", written)
    if _FORM.match(shown):
        return unicodedata.normalize("NFKC", shown)
    return unicodedata.normalize("NFC", shown)


def _around_pictures(match: re.Match[str]) -> str:
    """One space between words, none at the ends of a line or inside marks."""
    text = match.string
    before = text[max(0, match.start() - 1) : match.start()]
    after = text[match.end() : match.end() + 1]
    at_end = not before or not after or before in _NO_SPACE_AFTER or after in _NO_SPACE_BEFORE
    return "" if at_end else " "
