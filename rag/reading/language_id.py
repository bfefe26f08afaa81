"""Whether a text is in English, judged by its letters and most frequent words."""

import re

from index.language.word_classes import COMMON_ENGLISH, COMMON_FOREIGN

FEWEST = 3
"""Words of other languages to be no English text; one or two may be part of a name."""
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_END = "\u024f"


def is_english(text: str) -> bool:
    """True also where nothing decides, as for a list of names."""
    words = [word.lower() for word in _WORD.findall(text)]
    if sum(word[0] > _LATIN_END for word in words) * 2 > len(words):
        return False
    foreign = len(COMMON_FOREIGN.intersection(words))
    return foreign < FEWEST or foreign <= len(COMMON_ENGLISH.intersection(words))
