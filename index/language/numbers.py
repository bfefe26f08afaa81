"""Whole numbers told in words, from zero to ninety-nine."""

import re

SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
""".split()
ONE_TO_TEN = frozenset(SMALL[1:11])
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORD = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(SMALL[1:10])})\b)?|{'|'.join(reversed(SMALL))}"
)
"""A pattern for one, in small letters, without the edges of words."""
_NUMBER_WORD = re.compile(rf"\b(?:{NUMBER_WORD})\b", re.IGNORECASE)


def in_digits(text: str) -> str:
    """The same with "forty-three" written 43."""
    return _NUMBER_WORD.sub(lambda match: str(_value(match[0].lower())), text)


def told_in_words(text: str) -> set[str]:
    """Their digits."""
    return {str(_value(match[0].lower())) for match in _NUMBER_WORD.finditer(text)}


def _value(words: str) -> int:
    first, *rest = re.split(r"[- ]", words)
    value = SMALL.index(first) if first in SMALL else 20 + 10 * _TENS.index(first)
    return value + sum(map(SMALL.index, rest))
