"""Texts whose statements would cost far more to find than their length suggests.

What is counted grows with the text and is the same on every machine; no time is measured.
"""

import re
from dataclasses import dataclass

from index.language.verbs.reporting import SAYS_AFTER_NAME

READ_ALWAYS = 20_000
"""Characters up to which any text is read: it takes seconds."""
_CROWDED = (
    ("lines", 5, re.compile(r"\n")),
    ("quotation marks", 10, re.compile("[\"'`“”„‘’«»]")),
    ("verbs of saying", 40, re.compile(rf"\b(?:{SAYS_AFTER_NAME})\b", re.IGNORECASE)),
)
"""Characters that there must be for each. Of 6,792 articles with more than 4,000 characters, the
most crowded have a line for 8.8, a double quotation mark for 17.3 and such a verb for 138."""


@dataclass(frozen=True, slots=True)
class UnreadArticle:
    """An article in which no statements are looked for."""

    article_id: str
    reason: str
    """What was found and what was expected."""


def too_costly(text: str) -> str:
    """Why its statements are not looked for; "" if they are."""
    if len(text) <= READ_ALWAYS:
        return ""
    for kind, least, pattern in _CROWDED:
        count = sum(1 for _ in pattern.finditer(text))
        if count * least > len(text):
            return (
                f"It has {count:,} {kind} in {len(text):,} characters; read are texts with at most "
                f"one for each {least}."
            )
    return ""
