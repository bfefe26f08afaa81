"""Whether articles of different stories give the same short answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import Span
from index.stores.analysis import analyze
from rag.answer import Agreement
from rag.question import FUNCTION_WORDS, Query
from rag.read import Evidence
from rag.wanted import Wanted

TELLING = frozenset({Wanted.AMOUNT, Wanted.TIME, Wanted.PERSON, Wanted.PLACE})
"""Where two short answers without a word in common cannot both be the one asked for."""
NUMBERS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve".split(),
        map(str, range(13)),
        strict=True,
    )
)
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sources:
    """What else was found, one of each story, best first."""

    agreeing: tuple[Evidence, ...] = ()
    differing: tuple[Evidence, ...] = ()

    @property
    def agreement(self) -> Agreement:
        return "differ" if self.differing else "agree" if self.agreeing else "alone"


def compared(query: Query, best: Evidence, others: Sequence[Evidence]) -> Sources:
    """`others` of other articles, those that could be the answer too."""
    known = [(each, agree(query, best, each)) for each in others if each.reading]
    return Sources(
        tuple(each for each, same in known if same),
        tuple(each for each, same in known if same is False),
    )


def agree(query: Query, one: Evidence, other: Evidence) -> bool | None:
    """None where it cannot be told."""
    if one.reading is None or other.reading is None:
        return None
    here, there = _words(one, one.reading.answer), _words(other, other.reading.answer)
    if not here or not there:
        return None
    numbers = _numbers(here), _numbers(there)
    if query.wanted is Wanted.AMOUNT:
        return bool(numbers[0] & numbers[1]) if all(numbers) else None
    if here <= there or there <= here:
        return True
    if len(here & there) * 2 >= min(len(here), len(there)):
        return True if numbers[0] == numbers[1] else None
    return False if query.wanted in TELLING and not here & there else None


def _words(evidence: Evidence, span: Span) -> frozenset[str]:
    text = evidence.article.text[span.start : span.end].lower()
    terms = (NUMBERS.get(term, term) for term in analyze(text) if term not in FUNCTION_WORDS)
    return frozenset(terms)


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if _DIGITS.search(word))
