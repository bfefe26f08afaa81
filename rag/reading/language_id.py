"""Whether a text or a question is in English, judged by its letters and most frequent words."""

import re

from index.language.word_classes import (
    COMMON_ENGLISH,
    COMMON_FOREIGN,
    FOREIGN_QUESTION_WORDS,
    FUNCTION_WORDS,
    QUESTION_WORDS,
)

FEWEST = 3
"""Words of other languages to be no English text; one or two may be part of a name."""
_FOREIGN = COMMON_FOREIGN | FOREIGN_QUESTION_WORDS
_ENGLISH = (COMMON_ENGLISH | FUNCTION_WORDS | QUESTION_WORDS) - {"a", "die", "i", "me", "no", "was"}
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_END = "\u024f"


def is_english(text: str) -> bool:
    """True also where nothing decides, as for a list of names."""
    words = [word.lower() for word in _WORD.findall(text)]
    if sum(word[0] > _LATIN_END for word in words) * 2 > len(words):
        return False
    foreign = len(COMMON_FOREIGN.intersection(words))
    return foreign < FEWEST or foreign <= len(COMMON_ENGLISH.intersection(words))


def is_foreign_question(text: str) -> bool:
    """Whether a question has words of another language and fewer of English.

    Words with a capital inside it do not count: "Le Pen", "São Paulo".
    """
    first, *rest = [*_WORD.findall(text), ""]
    if first and first[0] > _LATIN_END:
        return not is_english(text)
    words = [first.lower(), *(word for word in rest if word.islower())]
    foreign = len(_FOREIGN.intersection(words))
    asks = first.lower() in FOREIGN_QUESTION_WORDS or foreign > 1 or not text.isascii()
    return asks and foreign > len(_ENGLISH.intersection(words))
