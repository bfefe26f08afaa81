"""A pronoun in an opening phrase in, where the name may follow out. Knows no persons.

As in "In her speech, Maren Orlov said": the name comes after the comma, in the same sentence.
"""

import re

from index.documents import Span
from index.language.word_classes import SENTENCE_LEADERS, word_set

REACH = 160
"""Characters after the pronoun."""
_LEADERS = SENTENCE_LEADERS | word_set(
    "despite following unlike throughout among alongside besides"
)
_FIRST_WORD = re.compile(r"[\W_]*([^\W\d_]+)")
_COMMA = re.compile(r",['’”\"]* ")
_PARTICIPLE = re.compile(r"\w{2,}(?:ing)\Z")


def names_ahead(text: str, pronoun: Span, sentence: Span) -> Span | None:
    """From behind the first comma after the pronoun to the end of the sentence."""
    first = _FIRST_WORD.match(text, sentence.start, sentence.end)
    word = first[1].casefold() if first else ""
    if word not in _LEADERS and not _PARTICIPLE.match(word):
        return None
    end = min(sentence.end, pronoun.end + REACH)
    comma = _COMMA.search(text, pronoun.end, end)
    return Span(comma.end(), end) if comma else None
