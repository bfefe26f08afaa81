"""Two names -> whether they may be spellings of one. Knows no person.

They are alike by sound ("Zelensky", "Zelenskiy"), by a slip of the pen ("Volodymr"), or as a
shorter and a longer form ("Joe Biden", "Joseph R. Biden Jr.").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.language.gazetteers import FEMALE_NAMES, MALE_NAMES, forms_of
from index.language.names import GENERATIONS, name_key, name_words, nicknames
from index.language.word_classes import NAME_PARTICLES

SOUND_LETTERS, SLIP_LETTERS, TWO_SLIPS_LETTERS = 6, 5, 9
"""The least letters of a word whose vowels may differ, that may have one slip, and two."""
SHORT_WORDS = range(3, SOUND_LETTERS)
"""Letters of a word whose vowels must sound alike, too."""
MOST_LOOSE = 2
TWO_INITIALS = frozenset("jd jb jt jj jp jk jc bj cj dj tj aj rj pj mj kj ej lj".split())
"""Written as one word: JD Renn."""
MOST_RESPELT = 3
"""Edits between two spellings of one sound."""
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\Akh", "h"),
        (r"\Akn", "n"),
        (r"\Awr", "r"),
        (r"ph", "f"),
        (r"sch|tch|ch(?=r|l)", "k"),
        (r"c(?=[eiy])|tz|ts|z", "s"),
        (r"ck|q|c|gh|kh", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"(?<!\A)h", ""),
        (r"(?<!\A)[aeiouyj]+", ""),
        (r"\A[aeiouyj]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)
_EE = re.compile(r"ei|ie|ee|ey|iy|yi|(?<!\A)[jy]")
_SILENT = re.compile(r"(?<!\A)h|e\Z")
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names are alike."""

    differing: tuple[tuple[str, str], ...]
    """The words that are not the same."""
    same_sound: bool
    """Whether all of these sound alike; else one is a slip or another form."""
    other_form: bool
    """A short form of the given name, or more middle names."""
    one_junior: bool
    """One is called Jr. or II, so that they may be father and son."""
    same_middle: bool = False
    """Both have the same names in the middle, in full: what a father and a son seldom have."""
    loose: bool = False
    """More vowels differ than a slip changes: Karin, Karen."""
    nickname: bool = False
    """One has the given name of the other in quotation marks: Ida "Didi" Renn, Didi Renn."""


def likeness(one: str, other: str) -> Likeness | None:
    """None if they are names of two people, or the same name."""
    left, right = _Name.of(one), _Name.of(other)
    if not _initials_agree(left.middle, right.middle):
        return None
    junior = left.junior != right.junior
    if left.junior and right.junior and left.junior != right.junior:
        return None
    return (
        _initialled(left, right, junior=junior)
        or _other_form(left, right, junior=junior)
        or _nicknamed(left, right, junior=junior)
        or _respelt(left, right, junior=junior)
    )


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The consonants of a word in lower case, those that languages write differently as one.

    >>> [sound(word) for word in ("zelensky", "zelenskiy", "yevgeny", "evgeni", "keir", "kier")]
    ['slnsk', 'slnsk', 'avgn', 'avgn', 'kr', 'kr']
    """
    for pattern, written in _SOUNDS:
        word = pattern.sub(written, word)
    return word


def distance(one: str, other: str) -> int:
    """Letters left out, put in, changed or swapped with the next (Damerau 1964)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


@dataclass(frozen=True, slots=True)
class _Name:
    """The words of a full name; of a name of one word the given name is empty."""

    given: str
    middle: tuple[str, ...]
    last: str
    junior: str
    key: tuple[str, ...]
    nicknames: tuple[str, ...]
    hyphened: bool
    """Whether the given name is two: John-Miles is not John."""

    @classmethod
    @lru_cache(maxsize=65_536)
    def of(cls, name: str) -> "_Name":
        words = name_words(name) or ("",)
        junior = words[-1] if len(words) > 1 and words[-1] in GENERATIONS else ""
        words = words[:-1] if junior else words
        given = words[0] if len(words) > 1 else ""
        key = tuple(name_key(" ".join(words)).split())
        hyphened = "-" in (name.split() or [""])[0]
        return cls(
            given,
            words[1:-1],
            words[-1],
            junior.replace("jnr", "jr"),
            key,
            nicknames(name),
            hyphened,
        )

    @property
    def initials(self) -> str:
        """Of all given names, where only initials are given: J.D., JD; else nothing."""
        letters = (self.given, *self.middle)
        short = len(self.given) == 1 or self.given in TWO_INITIALS
        return "".join(letters) if short and all(len(each) == 1 for each in self.middle) else ""

    @property
    def middle_names(self) -> tuple[str, ...]:
        """Without initials and particles."""
        return tuple(word for word in self.middle if len(word) > 1 and word not in NAME_PARTICLES)

    @property
    def particles(self) -> tuple[str, ...]:
        return tuple(word for word in self.middle if word in NAME_PARTICLES)

    @property
    def words(self) -> tuple[str, ...]:
        """Without initials in the middle."""
        middle = (word for word in self.middle if len(word) > 1)
        return tuple(filter(None, (self.given, *middle, self.last)))


def _differing(left: _Name, right: _Name) -> tuple[tuple[str, str], ...] | None:
    """Word by word; by the two halves of their keys if a hyphen or a space is the difference."""
    one, other = left.words, right.words
    if len(one) != len(other):
        one, other = left.key, right.key
    if len(one) != len(other):
        return None
    return tuple((a, b) for a, b in zip(one, other, strict=True) if a != b)


def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if sound(one)[:1] != sound(other)[:1] or f"{one}s" == other or f"{other}s" == one:
        return False
    edits = distance(one, other)
    if shorter in SHORT_WORDS and _with_vowels(one) == _with_vowels(other):
        return True
    if shorter >= SOUND_LETTERS and sound(one) == sound(other):
        return edits <= min(MOST_RESPELT, max(1, (shorter + 1) // 3))
    return edits <= (2 if shorter >= TWO_SLIPS_LETTERS else 1) and shorter >= SLIP_LETTERS


def _alike_loosely(one: str, other: str) -> bool:
    """Of one sound and some length; the vowels may be others."""
    return min(len(one), len(other)) >= SLIP_LETTERS and (
        sound(one) == sound(other) and distance(one, other) <= MOST_LOOSE
    )


def _with_vowels(word: str) -> str:
    """Lind is not Lund, but Keir may be Kier and John may be Jon."""
    return _DOUBLE.sub(r"\1", _SILENT.sub("", _EE.sub("i", word)))


def _other_form(left: _Name, right: _Name, *, junior: bool) -> Likeness | None:
    """The same surname, and given names that are forms of one or have more names after them."""
    if left.given in {"", "the"} or left.last != right.last or len(left.last) < 3:  # noqa: PLR2004
        return None
    same = left.given == right.given
    names = [set(each.middle_names) for each in (left, right)]
    more = bool(names[0]) != bool(names[1]) or left.particles != right.particles
    if not (same or forms_of(left.given) & forms_of(right.given)) or (
        all(names) and same and left.middle != right.middle
    ):
        return None
    if (same and not more and not junior) or left.hyphened != right.hyphened:
        return None
    given = () if same else ((left.given, right.given),)
    only_particle = same and not any(names) and not junior
    return Likeness(
        given,
        same_sound=only_particle,
        other_form=not only_particle,
        one_junior=junior,
        same_middle=bool(names[0]) and left.middle == right.middle,
    )


def _initialled(left: _Name, right: _Name, *, junior: bool) -> Likeness | None:
    """As "R. Renn" and "Rosa Renn", or what is left of "J.D. Renn": "D. Renn"."""
    if left.last != right.last or bool(left.initials) == bool(right.initials):
        fits = left.last == right.last and _is_cut(left.initials, right.initials)
    else:
        short, full = (left, right) if left.initials else (right, left)
        fits = len(short.initials) == 1 and full.given[:1] == short.initials
    if not fits or len(left.last) < 3:  # noqa: PLR2004
        return None
    given = ((left.given, right.given),)
    return Likeness(given, False, other_form=True, one_junior=junior)


def _is_cut(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 < len(long) and long.endswith(short)


def _nicknamed(left: _Name, right: _Name, *, junior: bool) -> Likeness | None:
    """Not two with nicknames of their own, as a father and a son may have."""
    told = left.given in right.nicknames or right.given in left.nicknames
    if left.last != right.last or not told or (left.nicknames and right.nicknames):
        return None
    given = ((left.given, right.given),)
    return Likeness(given, False, other_form=True, one_junior=junior, nickname=True)


def _respelt(left: _Name, right: _Name, *, junior: bool) -> Likeness | None:
    """One sound, or a slip."""
    pairs = _differing(left, right)
    if not pairs or not all(_alike(*pair) or _alike_loosely(*pair) for pair in pairs):
        return None
    if left.given != right.given and _may_be_two(left.given, right.given):
        return None
    loose = not all(_alike(*pair) for pair in pairs)
    one_sound = all(sound(a) == sound(b) for a, b in pairs)
    return Likeness(pairs, one_sound, other_form=False, one_junior=junior, loose=loose)


def _initials_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """H. W. is not W.; R. may be Robinette, and nothing may be anything."""
    initials = [
        "".join(word[0] for word in each if word not in NAME_PARTICLES) for each in (one, other)
    ]
    if not all(initials):
        return True
    return initials[0] == initials[1]


def _may_be_two(one: str, other: str) -> bool:
    """Names of a man and a woman: Mario and Maria, Daniel and Daniela."""
    if {one, other} & MALE_NAMES and {one, other} & FEMALE_NAMES:
        both = MALE_NAMES & FEMALE_NAMES
        return not {one, other} & both
    if {one, other} <= MALE_NAMES or {one, other} <= FEMALE_NAMES:
        return False
    longer, shorter = max(one, other, key=len), min(one, other, key=len)
    return longer in {f"{shorter}a", f"{shorter}e", f"{shorter}ne", f"{shorter}ette"}
