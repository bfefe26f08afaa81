"""The names in a question, and whether a text contains a name. Knows no people."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from index.language.abbreviations import SHORT_FORMS
from index.language.calendar import MONTHS_AND_WEEKDAYS
from index.language.spellings import is_spelled
from index.language.terms import analyze

WORD = re.compile(r"(?<!\w)[^\W\d_][\w.]*(?:[’'][^\W\d_]\w*|-[^\W_]\w*)*")
POSSESSIVE = re.compile(r"[’']s?$")
SHORTEST_STEM = 5
"""Letters two words must share at their start to be forms of one name: Corvania, Corvanian."""
LONGEST_ENDING = 3
LONGEST_ABBREVIATION = 3
"""Letters; the analyser makes one term of some abbreviations: US, U.S., USA."""
FEWEST_LETTERS = 3
"""Of a word that may stand for a longer one."""


def names(text: str, *, never: AbstractSet[str]) -> tuple[str, ...]:
    """Capitalised runs as written, without possessive endings and the words in `never`.

    The first word of a sentence counts only before other capitals: it is capitalised anyway. The
    US and the WHO are names, whatever "us" and "who" are.
    """
    runs: list[list[re.Match[str]]] = []
    for match in WORD.finditer(text):
        short = match.group() in SHORT_FORMS and not text.isupper()
        if not short and not _capital(match.group(), never):
            continue
        if runs and text[runs[-1][-1].end() : match.start()] == " ":
            runs[-1].append(match)
        else:
            runs.append([match])
    if runs and len(runs[0]) == 1 and not text[: runs[0][0].start()].strip("\"'“‘( "):
        runs = runs[1:]
    return tuple(_written(run) for run in runs)


def holds(terms: AbstractSet[str], name: str) -> bool:
    """Whether analysed text has every word of the name, in any form, or another spelling of it."""
    return all(some_form(term, terms) for term in analyze(name)) or is_spelled(name, terms)


def stands_in(text: str, name: str) -> bool:
    """Whether the text has every word of the name as written, in any case.

    A cheap test: if true, `holds` is true for the analysed text; if false, `holds` may still be.
    """
    words = name.split()
    if len(words) > 1 and _stands_longer(text, words):
        return True
    return bool(words) and all(
        word.isascii()
        and word.isalnum()
        and len(word) > LONGEST_ABBREVIATION
        and re.search(rf"(?<![^\W_]){word}(?![^\W_])", text, re.IGNORECASE)
        for word in words
    )


def _stands_longer(text: str, words: list[str]) -> bool:
    """Whether the text has the name with its first word in full: Man City, Manchester City."""
    first, rest = words[0], r"\s+".join(map(re.escape, words[1:]))
    if len(first) < FEWEST_LETTERS or not first.isalpha():
        return False
    return bool(re.search(rf"(?<![^\W_]){first}[^\W\d_]{{2,}}\s+{rest}(?![^\W_])", text))


def some_form(term: str, terms: AbstractSet[str]) -> bool:
    """Whether the terms have this one, or another form of the same name."""
    if term in terms:
        return True
    start = term[:SHORTEST_STEM]
    return len(start) == SHORTEST_STEM and any(
        _similar(term, other) for other in terms if other.startswith(start)
    )


def _similar(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= LONGEST_ENDING


def _capital(word: str, never: AbstractSet[str]) -> bool:
    plain = POSSESSIVE.sub("", word.lower()).rstrip(".")
    return word[0].isupper() and plain not in never and plain not in MONTHS_AND_WEEKDAYS


def _written(run: Iterable[re.Match[str]]) -> str:
    return POSSESSIVE.sub("", " ".join(match.group() for match in run))
