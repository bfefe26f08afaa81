"""Whether a sentence only announces what the next one gives, as "He gave two reasons" does.

By its words; knows no question.
"""

import re

from index.documents import Span
from index.language.numbers import ONE_TO_TEN

_COUNTED = "|".join(
    sorted(ONE_TO_TEN | {"several", "some", "many", "these", "various", "the following", "other"})
)
_ANNOUNCED = (
    "reasons?|causes?|factors?|ways?|conditions?|demands?|options?|proposals?|changes?|steps?"
    "|measures?|questions?|points?|things?|problems?|rules?|requirements?|examples?|explanations?"
    "|possibilities|objections?|concerns?|goals?|aims?|types?|kinds?|categories|parts?"
)
_ANNOUNCES = re.compile(
    rf"\b(?:{_COUNTED})\s+(?:[\w-]+\s+){{0,2}}?(?:{_ANNOUNCED})\b"
    r"|\b(?:the following|as follows|including these|here (?:is|are)|here[’']s)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:another|the (?:other|second|third|fourth|last)|others|second|secondly|third|thirdly"
    r"|finally|lastly)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r":[\"”’»]?\s*\Z")


def goes_on(sentence: str) -> bool:
    """Whether it gives the next of what was counted: "The other was the port"."""
    return bool(_GOES_ON.match(sentence))


def announcement(sentence: str) -> Span | None:
    """The words that count reasons, ways and so on with no colon after, or the colon at its end.

    As a range of the sentence; None where it announces nothing.
    """
    found = _OPEN_END.search(sentence)
    if not found and ":" not in sentence:
        found = _ANNOUNCES.search(sentence)
    return Span(*found.span()) if found else None
