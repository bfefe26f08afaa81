"""Titles, and keys that are equal for two spellings of one name. Knows no text and no people."""

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from index.language.word_classes import NAME_PARTICLES, word_set

# Titles are in lower case, without full stops. The lists differ on purpose: "then" is dropped from
# a name, but it does not make a name of what follows; "spokesman" does, but is kept as a role.
YOUNGER = word_set("jr jnr ii iii iv")
"""After a name: the bearer is not the parent of the same name."""
GENERATIONS = YOUNGER | {"sr", "snr"}
PLAIN_TITLES = word_set("mr mrs ms miss mx sir madam dame")
"""They say nothing of a person's role."""
_OFFICES = word_set("""
    dr prof professor lord lady captain capt general gen colonel col sergeant sgt president minister
    governor gov senator sen representative rep councillor mayor chancellor secretary judge justice
    king queen prince princess pope chief
""")
SPEAKER_TITLES = PLAIN_TITLES - word_set("mx madam") | _OFFICES | {"prime"}
"""Not part of the name of the speaker that a question asks for."""
_TITLES = (
    PLAIN_TITLES
    | _OFFICES
    | word_set("""
        rev reverend father sister imam rabbi bishop archbishop cardinal premier congressman
        congresswoman ambassador attorney major maj lieutenant lt commander admiral adm director
        duke duchess sheikh ayatollah deputy brigadier brig corporal cpl pvt cdr cmdr commodore
        marshal ensign inspector insp detective det constable sheriff superintendent supt cllr
        dci dsi
    """)
)
TITLES = _TITLES | word_set("saint vice prime former late then acting first")
"""They do not distinguish two people."""
PERSON_TITLES = _TITLES | word_set("""
    councilman councilwoman coach officer pastor chairman chairwoman speaker analyst spokesman
    spokeswoman spokesperson ceo cfo coo cto commissioner private specialist administrator adviser
    advisor candidate nominee economist strategist columnist
""")
"""The name after them is a person's."""
BEFORE_TITLES = word_set("""
    prime vice first deputy former then acting late chief attorney lance staff master gunnery rear
    field wing squadron flight warrant petty air group detective police special assistant asst
    associate senior major brigadier lieutenant district sub second pilot
""")
"""Part of a title of several words before another title: "Lance Corporal", "Wing Commander"."""
QUALIFIERS = frozenset(
    "former deputy vice acting assistant ex then associate junior senior".split()
)
"""Make another office of one: the deputy mayor is not the mayor."""
OTHER_OFFICE = (QUALIFIERS - {"associate"}) | word_set(
    "late interim designate elect outgoing incoming retired previous past"
)
"""Before a title, a capital or not: who bears it does not bear the office, or not for long."""
UNUSUAL_ABBREVIATIONS = word_set("""
    Brig Cpl Pvt Pte Supt Insp Det Cdr Lieut Asst Atty Cllr Amb Msgr Ens Spc Sgt-Maj Const Comdr Pfc
""")
"""Titles whose full stop ends no sentence, though few other texts have them."""
MALE_TITLES = word_set("mr sir lord king prince duke father pope sheikh imam")
FEMALE_TITLES = word_set("mrs ms miss lady dame madam queen princess duchess sister")
FULL_TITLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "prof": "professor",
    "dr": "doctor",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "adm": "admiral",
    "brig": "brigadier",
    "cpl": "corporal",
    "pvt": "private",
    "cdr": "commander",
    "cmdr": "commander",
    "insp": "inspector",
    "det": "detective",
    "supt": "superintendent",
    "cllr": "councillor",
    "rev": "reverend",
    "fellows": "fellow",
}
"""Abbreviations and one plural."""
SHORT_TITLES = (
    frozenset(FULL_TITLES)
    | word_set("""
    mr mrs ms mx st hon maj sr lieut pte const asst atty amb
""")
    | frozenset(map(str.casefold, UNUSUAL_ABBREVIATIONS))
)
"""A full stop after them ends no sentence."""
SPEAKER_ROLES = TITLES | word_set("""
    director chairman chairwoman chair spokesman spokeswoman spokesperson journalist reporter editor
    columnist analyst economist expert researcher scientist historian author writer lawyer attorney
    democrat republican conservative liberal labour independent leader candidate coach manager
    founder ceo executive activist campaigner strategist pollster adviser advisor officer official
    lecturer fellow actor actress singer owner farmer teacher nurse doctor student
""")
"""Stand before a name, or are all that is known of a speaker."""
FAMILY_NAMES_FIRST = word_set("""
    kim lee park choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu yoo
    hong jeon moon yang bae baek noh roh chen wang li zhang liu huang zhao wu zhou xu sun zhu ma hu
    guo lin gao luo xi nguyen tran pham
""")
"""East Asian family names: the other words of the name are one given name."""
NICKNAME = re.compile(
    r"\s(?P<open>[“\"'‘’«(`])"
    r"(?P<nickname>(?:(?:[Tt]he|[Ee]l|[Ll]a) )?[^\W\d_][\w’'.-]+(?: [^\W\d_][\w’'.-]*)?)"
    r"[”\"'’»)`](?= (?P<next>[^\W\d_][\w’'-]*))"
)
"""Between a given name and a surname, in quotation marks or brackets."""
_RETIRED = re.compile(r"(?:,? \(ret(?:ired|'?d)?\.?\)|, ret\.?)\Z", re.IGNORECASE)
_APOSTROPHE = re.compile(r"[’‘`´ʼ]")
_POSSESSIVE = re.compile(r"'s?$")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d"}
    | {"ħ": "h", "ŋ": "n", "ŧ": "t", "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k"}
)
"""Letters that no normal form takes apart, as the analyser of the index folds them."""


def title_size(words: Sequence[str], titles: AbstractSet[str] = PERSON_TITLES) -> int:
    """How many of the first words are titles; words in lower case, without full stops.

    >>> title_size("detective chief inspector hanna reimers".split())
    3
    """
    size = 0
    for at, word in enumerate(words):
        if word in titles:
            size = at + 1
        elif word not in BEFORE_TITLES:
            break
    return size


def name_words(name: str) -> tuple[str, ...]:
    """Lower case, no accents or apostrophes, split at hyphens, without titles and nicknames.

    >>> name_words("Dr Eul‑Chul Lim's")
    ('eul', 'chul', 'lim')
    >>> name_words("Lance Corporal Robert “Bob” C. O’Brien")
    ('robert', 'c', 'obrien')
    """
    return _name_words(name)


@lru_cache(maxsize=16_384)
def _name_words(name: str) -> tuple[str, ...]:
    words = _plain_words(_RETIRED.sub("", NICKNAME.sub(_without_nickname, name)))
    first = title_size(words, TITLES)
    return tuple(words[first:] or words)


def nicknames(name: str) -> tuple[str, ...]:
    """The words of a nickname inside a full name.

    >>> nicknames("Dwayne “The Rock” Hale")
    ('the', 'rock')
    """
    inside = (match for match in NICKNAME.finditer(name) if not _without_nickname(match))
    return tuple(word for match in inside for word in _plain_words(match["nickname"]))


def plain_name(name: str) -> str:
    """All its words, also titles.

    >>> plain_name("Judge Judy’s")
    'judge judy'
    """
    return " ".join(_plain_words(name))


def name_key(name: str) -> str:
    """Equal for two spellings of one full name: one word, or the first word and all others as one.

    One single letter in the middle is dropped, two tell people apart. Initials at the start and
    particles are one word with what follows, and East Asian given names are one word.

    >>> [name_key(name) for name in ("Kim Jae-hyun", "Kim Jae Hyun", "Jae-hyun Kim", "Jaehyun Kim")]
    ['kim jaehyun', 'kim jaehyun', 'jaehyun kim', 'jaehyun kim']
    >>> [name_key(name) for name in ("J. R. Cobb", "JR Cobb", "Tom A. van der Meer", "al-Assad")]
    ['jr cobb', 'jr cobb', 'tom vandermeer', 'alassad']
    >>> [name_key(name) for name in ("George W. Cobb", "George H. W. Cobb")]
    ['george cobb', 'george hwcobb']
    """
    words = list(name_words(name))
    first = _first_size(words)
    between = words[first:-1]
    several = sum(len(word) == 1 for word in between) > 1
    rest = [word for word in between if several or len(word) > 1] + words[first:][-1:]
    if len(rest) > 1 and rest[-1] in FAMILY_NAMES_FIRST and words[0] not in FAMILY_NAMES_FIRST:
        return f"{''.join([*words[:first], *rest[:-1]])} {rest[-1]}"
    return " ".join(filter(None, ("".join(words[:first]), "".join(rest))))


def _first_size(words: Sequence[str]) -> int:
    """One word; several initials; or particles with the word after them."""
    size = initials = 0
    while size < len(words) - 1 and words[size] in NAME_PARTICLES:
        size += 1
    while not size and initials < len(words) - 1 and len(words[initials]) == 1:
        initials += 1
    return size + 1 if size else max(1, initials)


def _plain_words(name: str) -> list[str]:
    plain = _APOSTROPHE.sub("'", name).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not _is_mark(letter)).translate(_FOLDED)
    return [_POSSESSIVE.sub("", word).replace("'", "") for word in _WORD.findall(plain)]


def _is_mark(letter: str) -> bool:
    """An accent, or a character that nobody sees."""
    return unicodedata.combining(letter) > 0 or unicodedata.category(letter) == "Cf"


def _without_nickname(match: re.Match[str]) -> str:
    """Nothing if capitals are around it, so that it is inside a name."""
    last = match.string[: match.start()].rsplit(None, 1)[-1:]
    follows = match["next"][0].isupper() or match["next"] in NAME_PARTICLES
    named = last and last[0][0].isupper() and follows
    return "" if named else match.group()
