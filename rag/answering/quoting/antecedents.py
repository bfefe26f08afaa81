"""Whether a sentence leans on the one before it: "She replaced him", "The two were hurt".

By its opening words; knows no question. The words of an opening that stand for something told
before are pronouns, demonstratives and elliptic counts (Halliday and Hasan 1976, chapters 2 and 4).
"""

import re
from collections.abc import Iterable

from index.language.calendar import TIME_WORDS
from index.language.numbers import ONE_TO_TEN
from index.language.word_classes import (
    ALL_AUXILIARIES,
    ASIDES,
    DEMONSTRATIVES,
    INDEFINITE_PRONOUNS,
    SENTENCE_LEADERS,
    THIRD_PERSON,
    VERBS_AFTER_SUBJECT,
    word_set,
)

LONGEST_LEAD = 60
"""Characters before the comma of "On Monday evening," at most."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words))


_AUXILIARY = _any_of(ALL_AUXILIARIES)
_VERB = _any_of(VERBS_AFTER_SUBJECT | {"say", "said", "says", "died", "include"})
_LEAD = re.compile(
    rf"(?:{_any_of(SENTENCE_LEADERS | ASIDES)})\b[^,;:.]{{0,{LONGEST_LEAD}}},\s+"
    r"|(?:but|and|so|yet|then|now|later|still|also|earlier)\s+",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s\"'“‘«(\[–—-]*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_TIME = re.compile(rf"{TIME_WORDS}|time|weekend|day|season|afternoon|evening", re.IGNORECASE)
"""After "this" or "that" it makes a date, which stands for nothing told before."""
_NO_REFERENCE = _any_of(
    word_set("""
        clear unclear known unknown possible impossible likely unlikely important hard difficult
        easy time raining snowing late early dark recommended estimated believed thought expected
        hoped feared
    """)
)
_NOTHING_MEANT = re.compile(
    rf"it(?:[’']s|\s+(?:{_AUXILIARY}))\s+(?:\w+\s+)?(?:{_NO_REFERENCE})\b", re.IGNORECASE
)
"""Of "It is unclear whether": the pronoun stands for nothing."""
_NOUNS = "former|latter|first|second|third|last|others?|rest|figure|number|total|sum|toll|amount"
_ELLIPTIC = re.compile(
    rf"the\s+(?:{_any_of(ONE_TO_TEN - {'one'})}|pair|couple|trio)\b"
    rf"|the\s+(?:{_NOUNS})\s+(?:{_VERB})\b"
    rf"|(?:{_any_of(INDEFINITE_PRONOUNS)})\s+(?:{_VERB}|of\s+(?:them|these|those|the))\b"
    rf"|there(?:,|\s+(?!(?:{_AUXILIARY})\b))",
    re.IGNORECASE,
)
"""Without the noun that is meant: "the two", "one was", "the figure is"; "there" as a place."""
_POINTS_BACK = re.compile(
    rf"(?:that|this)(?:[’']s|\s+(?:{_AUXILIARY}))\s+(?:where|when|why|how|what|who|because)\b",
    re.IGNORECASE,
)
_STANDS_FOR_IT = re.compile(
    rf"(?:by\s+|to\s+|at\s+|in\s+)?(?:{_any_of(THIRD_PERSON | DEMONSTRATIVES)}|there|both"
    rf"|the\s+(?:{_any_of(ONE_TO_TEN)}|pair|couple|trio|former|latter)"
    r"|(?:that|this|the)\s+(?:figure|number|total|sum|amount|place|day|time))",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Whether its opening stands for something that only an earlier sentence can name."""
    opening = _MARKS.sub("", sentence, count=1)
    if lead := _LEAD.match(opening):
        opening = opening[lead.end() :]
    return _opens_with_pronoun(opening) or bool(_ELLIPTIC.match(opening))


def points_back(sentence: str) -> bool:
    """Whether it says that what answers was told before: "That is where he was trained"."""
    return bool(_POINTS_BACK.match(_MARKS.sub("", sentence, count=1)))


def is_anaphor(short: str) -> bool:
    """Whether a short answer only stands for something told before: "she", "the two", "there"."""
    return bool(_STANDS_FOR_IT.fullmatch(short))


def _opens_with_pronoun(opening: str) -> bool:
    words = [match[0].lower() for match in _WORD.finditer(opening[:LONGEST_LEAD])]
    if not words:
        return False
    first = re.split("[’']", words[0])[0]
    if first in DEMONSTRATIVES:
        return not (len(words) > 1 and _TIME.fullmatch(words[1]))
    return first in THIRD_PERSON and not _NOTHING_MEANT.match(opening)
