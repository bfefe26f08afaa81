"""The words for a speaker -> the name in them, and what is written around it. Knows no person.

"U.S. Senator Maren Orlov of Tarn" is an office, a name and a place; "Tarn's Maren Orlov" and
"Orlov Herald reporter Maren Orlov in June" hold the same name. What is an office and what a name
is told by lists, so that the name inside is a guess that the register has to confirm.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.language.gazetteers import (
    GIVEN_NAMES,
    KIN_NOUNS,
    ORGANISATION_WORDS,
    PERSON_NOUNS,
    PLACE_WORDS,
    PLACES,
)
from index.language.names import (
    BEFORE_TITLES,
    GENERATIONS,
    OTHER_OFFICE,
    PERSON_TITLES,
    PLAIN_TITLES,
    TITLES,
    name_key,
)
from index.language.word_classes import CLAUSE_OPENERS, NAME_PARTICLES, PREPOSITIONS, word_set

SHORT_OFFICES = word_set("vp svp evp cb qb rb wr lb cio potus flotus scotus")
"""Written as letters, before a name or after it."""
_OFFICES = (
    (PERSON_NOUNS | PERSON_TITLES | TITLES | OTHER_OFFICE | SHORT_OFFICES)
    | word_set("""
        whip realtor delegate trooper meteorologist surgeon neurosurgeon tempore superstar legend
        alderman alderwoman comptroller pundit cofounder supervisor swimmer gymnast sprinter
        wrestler boxer golfer skater cornerback linebacker safety guard receiver
    """)
) - PLAIN_TITLES
_TITLES = PERSON_TITLES | OTHER_OFFICE | SHORT_OFFICES | word_set("chair executive leader whip")
_LATER = GENERATIONS | word_set("v esq phd")
_PREPOSITIONS = PREPOSITIONS - NAME_PARTICLES | word_set("after before since as")
_GLUED = re.compile(r"\A[a-z]{3,}(?=[A-Z][a-z]+\Z)")
_OWNER = re.compile(r"(?:['’]s|s['’])\Z")
_PAST = re.compile(r"\A[A-Z][a-z]{3,}ed\Z")
_PLACE_LETTERS = re.compile(r"(?:[NS]\.[CDYJHM]|[UD]\.[SKNC]|R\.I|W\.V|W\.Va)\.?\Z")
"""Of states and countries: "S.C. Renn" is nobody with two initials."""
_LETTERS = re.compile(r"[A-Z]{3,5}\Z")
_NO_NAME = re.compile(r"\A[A-Z][a-z]{3,}(?:less|ful|ible)\Z")
_EDGES = ",.;:()[]"


@dataclass(frozen=True)
class BareName:
    """A name, and the words before and after it; both are empty around most names."""

    before: str
    name: str
    after: str

    @property
    def framed(self) -> bool:
        return bool(self.before or self.after)

    @cached_property
    def key(self) -> str:
        return name_key(self.name)

    @cached_property
    def surname(self) -> str:
        """The key of the last word that is no generation, with its particles left out."""
        return name_key(_without_generation(self.name.split())[-1])

    @cached_property
    def generation(self) -> str:
        """As "jr", or nothing."""
        last = _plain(self.name.split()[-1])
        return last if last in GENERATIONS else ""

    @cached_property
    def full(self) -> bool:
        """Whether there is more than a surname."""
        return len(_without_particles(_without_generation(self.name.split()))) > 1


@lru_cache(maxsize=65_536)
def bare_name(words: str) -> BareName:
    """The name without offices, places and owners before it, or what follows it.

    >>> bare_name("Tarn's Prime Minister Maren Orlov")
    BareName(before="Tarn's Prime Minister", name='Maren Orlov', after='')
    >>> bare_name("House Minority Leader Ida Renn on Orm News").name
    'Ida Renn'
    >>> [bare_name(words).name for words in ("Judge Renn", "Dean Scott Renn", "Ana King Jr.")]
    ['Renn', 'Dean Scott Renn', 'Ana King Jr.']
    """
    written = words.split()
    if _is_of_another(written):
        return BareName("", words, "")
    owners = [at for at, word in enumerate(written[:-1]) if _OWNER.search(word)]
    owned = owners[-1] + 1 if owners else 0
    end = owned + _end(written[owned:])
    start = owned + _start(written[owned:end], owned=bool(owned))
    name = written[start:end]
    if not name or any(_plain(word) in ORGANISATION_WORDS | _PREPOSITIONS for word in name):
        return BareName("", words, "")
    glued = _GLUED.match(name[0])
    before = [*written[:start], *([glued.group()] if glued else [])]
    name[0] = _GLUED.sub("", name[0])
    if not any(map(str.isupper, name[0])):
        return BareName("", words, "")
    return BareName(" ".join(before), " ".join(name), " ".join(written[end:]))


def _end(written: Sequence[str]) -> int:
    """After the name: before "in July", "of Tarn", "VP" and "Mastered"."""
    end = next(
        (
            at
            for at in range(2, len(written))
            if written[at] in _PREPOSITIONS and _plain(written[at - 1]) not in _OFFICES
        ),
        len(written),
    )
    last = written[end - 1] if end > 2 else ""  # noqa: PLR2004 - a full name stays
    return end - (_plain(last) in SHORT_OFFICES or bool(_PAST.match(last)))


def _start(written: Sequence[str], *, owned: bool) -> int:
    """Of the name, behind the last office that has a name after it."""
    left = len(_without_generation(written))
    offices = [at for at, word in enumerate(written[: left - 1]) if _plain(word) in _OFFICES]
    for at in reversed(offices):
        if written[at + 1] in _PREPOSITIONS:
            return _after_phrase(written[:left], at) if at + 2 < left else 0
        if _is_office(written[: at + 1], written[at + 1 : left], owned=owned):
            return at + 1
    if left == 2 and _is_no_name(written[0]):  # noqa: PLR2004 - one word and a surname
        return 1
    return left > 2 and written[0] == "Will" and _plain(written[1]) in GIVEN_NAMES  # noqa: PLR2004


def _is_no_name(word: str) -> bool:
    """Before a surname: a state, an outlet, or the first word of a sentence."""
    plain = _plain(word)
    if plain in GIVEN_NAMES:
        return False
    letters = _LETTERS.match(word) and not set("AEIOUY") & set(word)
    shaped = _PLACE_LETTERS.match(word) or letters or _NO_NAME.match(word)
    return bool(shaped) or plain in CLAUSE_OPENERS


def _is_of_another(written: Sequence[str]) -> bool:
    """Whether the name is whose aide or son it is: "aide to President Renn", "son of Ana Renn"."""
    for at, word in enumerate(written[:-2]):
        plain = _plain(word)
        if plain in _OFFICES and written[at + 1] in _PREPOSITIONS:
            after = [_plain(each) for each in written[at + 2 :] if each != "the"]
            owner = any(map(_OWNER.search, written[at + 2 :]))
            office = bool(after) and after[0] in _OFFICES | BEFORE_TITLES
            if plain in KIN_NOUNS or owner or office:
                return True
    return False


def _after_phrase(written: Sequence[str], at: int) -> int:
    """Where the name begins after an office with "of": "Secretary of State Maren Orlov".

    How long the phrase is nobody says, so that the name is taken for two words; for one if the
    phrase would be empty.
    """
    phrase = at + 2 + (written[at + 2] == "the")
    more = len(written) - phrase
    title = written[at + 1] == "of" and _plain(written[at]) in _TITLES
    if more > 2:  # noqa: PLR2004 - a word of the phrase, and two of the name
        return len(written) - 2
    surname = more == 2 and title and _plain(written[phrase]) not in GIVEN_NAMES  # noqa: PLR2004
    return len(written) - 1 if surname else 0


def _is_office(before: Sequence[str], name: Sequence[str], *, owned: bool) -> bool:
    """Not of a person with a noun for a person among their names: "Dean Renn", "Ana King Renn"."""
    words = [_plain(word) for word in before]
    title = words[-1] in _TITLES
    person = words[0] in GIVEN_NAMES - PLACES
    surname = len(_without_particles(name)) == 1
    if (surname and _plain(name[0]) in _OFFICES) or _plain(name[0]) in PLACE_WORDS:
        return False
    if surname:
        return owned or (title and not person)
    return owned or not person or (title and len(words) > 1)


def _without_particles(written: Sequence[str]) -> Sequence[str]:
    return [word for word in written if _plain(word) not in NAME_PARTICLES]


def _without_generation(written: Sequence[str]) -> Sequence[str]:
    more = len(written) > 1 and _plain(written[-1]) in _LATER
    return written[:-1] if more else written


def _plain(word: str) -> str:
    return word.strip(_EDGES).casefold()
