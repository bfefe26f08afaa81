"""The words for a source -> whether they are a name. Knows no article and no statement.

"The company", "some" and "Officials" are sources of one article: who they were, no list of the
archive's speakers can tell. A capital proves little at the start of a sentence, so plural nouns
for people, groups and texts are no names even with one.
"""

import re
from functools import lru_cache

from index.language.gazetteers import (
    DEMONYMS,
    GIVEN_NAMES,
    GROUP_NOUNS,
    KIN_NOUNS,
    ORGANISATION_WORDS,
    OUTLETS,
    PERSON_NOUNS,
    PLACES,
    TEXT_NOUNS,
)
from index.language.word_classes import (
    CLAUSE_OPENERS,
    DETERMINERS,
    NAME_LINKS,
    NAME_PARTICLES,
    NEVER_NAMES,
    SOURCE_PRONOUNS,
)
from index.statements import SourceType

ACRONYM = range(2, 6)
"""Letters: US and WHO are no pronouns."""
_WORD = re.compile(r"[^\s,]+")
_EDGES = "“”\"'’‘()[]:;.,"
_LINKS = NAME_PARTICLES | NAME_LINKS | {"&", "as"}
_NO_NAMES = DETERMINERS | SOURCE_PRONOUNS | NEVER_NAMES | CLAUSE_OPENERS | GROUP_NOUNS
_COMMON = PERSON_NOUNS | KIN_NOUNS | ORGANISATION_WORDS | TEXT_NOUNS
_NAMES_IN_S = ORGANISATION_WORDS | frozenset(("texas", "wales"))
_PEOPLES = re.compile(r"(?:ians|icans|ists|crats|ites)\Z")
_JOINED = re.compile(r"\s(?:and|or|&)\s")
_OWNER = re.compile(r"['’]s?\Z")
_MAY_END_IN_S = frozenset({SourceType.ORGANISATION, SourceType.PRONOUN})


def is_name(words: str) -> bool:
    """Whether the words name one person or organisation, wherever they are read.

    >>> [is_name(words) for words in ("Ana van Dorn", "The Tarn Post", "al-Hadi", "comScore")]
    [True, True, True, True]
    >>> [is_name(words) for words in ("the company", "Officials", "Some Democrats", "He", "Lind's")]
    [False, False, False, False, False]
    """
    written = [word.strip(_EDGES) for word in _WORD.findall(words)]
    written = [word for word in written if word]
    article = bool(written) and written[0].casefold() in {"the", "a", "an"}
    named = written[article:]
    telling = [word for word in named if word.casefold() not in _LINKS]
    if not telling or not all(_capital(word) for word in telling) or _OWNER.search(words):
        return False
    if len(telling) == 1:
        return not _is_common(telling[0])
    return not (named[0].casefold() in DETERMINERS and means_several(named[-1]))


@lru_cache(maxsize=65_536)
def type_of_name(words: str, source_type: SourceType) -> SourceType:
    """Of the speaker, by the name that the words for the source were resolved to.

    "The senator" is an unnamed source, but not if the article says that she is Maren Orlov; then
    her type is what other articles say, so that it is PRONOUN here. What has no name is UNNAMED.
    "Macy's" is an organisation, whatever "Lind's" is.
    """
    if source_type is SourceType.GROUP:
        return source_type
    joined = source_type is not SourceType.ORGANISATION and _JOINED.search(words)
    bare = _OWNER.sub("", words) if source_type in _MAY_END_IN_S else words
    if joined or not is_name(bare):
        return SourceType.GROUP if joined else SourceType.UNNAMED
    if _is_body(words):
        return SourceType.ORGANISATION
    return SourceType.PRONOUN if source_type is SourceType.UNNAMED else source_type


def _is_body(words: str) -> bool:
    """A country, an outlet or letters that speak are no person, whatever the article let think."""
    plain = words.casefold().strip(_EDGES)
    return plain in PLACES | OUTLETS or (words.isupper() and len(words) in ACRONYM)


def means_several(word: str) -> bool:
    """A plural noun for people, groups or texts: "scientists", "Republicans", "polls"."""
    plain = word.casefold()
    singular = f"{plain[:-3]}y" if plain.endswith("ies") else plain.removesuffix("s")
    plural = singular != plain and plain not in _NAMES_IN_S
    return (plural and singular in _COMMON | DEMONYMS) or bool(_PEOPLES.search(plain))


def _is_common(word: str) -> bool:
    plain = word.casefold()
    if word.isupper() and len(word) in ACRONYM:
        return plain in GROUP_NOUNS
    foreign = plain in DEMONYMS - GIVEN_NAMES
    return len(plain) < 2 or foreign or plain in _NO_NAMES or means_several(word)  # noqa: PLR2004 - an initial


def _capital(word: str) -> bool:
    """Also iPhone, al-Hadi, 3M and words of a script without capitals."""
    return any(map(str.isupper, word)) or word.upper() == word.lower()
