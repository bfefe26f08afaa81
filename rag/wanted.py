"""The kind of thing a question wants for an answer, and whether a sentence holds one."""

import re
from collections.abc import Sequence
from enum import StrEnum

from index.stores.analysis import analyze


class Wanted(StrEnum):
    """The kind of thing that would answer, where the question tells."""

    AMOUNT = "amount"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    ANYTHING = "anything"


_ASKS = {
    Wanted.AMOUNT: r"how\s+(many|much|long|old|often|far|big|tall|high|fast|large)",
    Wanted.TIME: r"when|(what|which)\s+(date|day|year|month|time)",
    Wanted.REASON: r"why|how\s+come|(what|which)\s+(is|was|are|were)\s+the\s+(reason|cause)s?",
    Wanted.PLACE: r"where|(what|which)\s+(country|city|place|state|town|village)",
    Wanted.PERSON: r"who|whom|whose",
}
"""The first that the question matches: how many people who ... is an amount."""
_ASKING = {kind: re.compile(rf"\b({words})\b", re.IGNORECASE) for kind, words in _ASKS.items()}
_HOLDS = {
    Wanted.AMOUNT: re.compile(
        r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|hundred"
        r"|thousand|million|billion|once|twice|double|triple)\b",
        re.IGNORECASE,
    ),
    Wanted.TIME: re.compile(
        r"\d|\b(today|yesterday|tomorrow|tonight|(week|month|year|decade)s?|century|morning|noon"
        r"|night|spring|summer|autumn|winter|ago|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
        r"|\b(January|February|March|April|May|June|July|August|September|October|November"
        r"|December)\b"
    ),
    Wanted.REASON: re.compile(
        r"\b(because|since|due|so that|in order|therefore|thanks to|result|caus\w+|reasons?"
        r"|blam\w+|to)\b",
        re.IGNORECASE,
    ),
    Wanted.PLACE: re.compile(r"\b(in|at|near|from|outside|inside|across|on)\s+(the\s+)?[A-Z]"),
}
_CAPITAL = re.compile(r"(?<!^)(?<![.!?\"“]\s)\b[A-Z][\w'’-]+")
"""A word with a capital that no beginning of a sentence explains."""


def wanted(question: str) -> Wanted:
    return next((kind for kind, asks in _ASKING.items() if asks.search(question)), Wanted.ANYTHING)


def holds_wanted(kind: Wanted, sentence: str, *, asked: Sequence[str]) -> bool:
    """Whether something of that kind stands there; a person's name must be news.

    `asked` are the terms of the question: whom it names is not who is asked for.
    """
    if kind is Wanted.ANYTHING:
        return False
    if kind is Wanted.PERSON:
        known = set(asked)
        names = (match.group() for match in _CAPITAL.finditer(sentence))
        return any(not set(analyze(name)) <= known for name in names)
    return bool(_HOLDS[kind].search(sentence))
