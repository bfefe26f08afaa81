"""Whether articles of different stories give the same short answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import Span
from index.language.calendar import MONTHS, YEAR_IN_ANSWER
from index.language.numbers import Amount, amounts, in_digits, same_amount
from index.language.terms import analyze
from index.language.word_classes import FUNCTION_WORDS
from rag.answering.short_answer import NAMED, resolved, short_answer
from rag.query.answer_type import AnswerType, is_of_type
from rag.query.query import Query
from rag.reading.evidence import Evidence
from rag.replies import Agreement

MOST_WORDS = 6
"""Of a short answer, to be told from another."""
HEDGE = 16
"""Characters before an amount that may call it rough."""
_DIGITS = re.compile(r"\d")
_DATE_PARTS = (
    re.compile(rf"\b{YEAR_IN_ANSWER}\b"),
    re.compile(rf"\b(?:{'|'.join(name[:3] for name in MONTHS)})", re.IGNORECASE),
    re.compile(r"(?<![:.])\b\d{1,2}\b(?![:.]\d)"),
    re.compile(r"\b\d{1,2}[:.]\d\d\b"),
)
"""Year, month, day or hour, time of day."""


@dataclass(frozen=True, slots=True)
class StoryEvidence:
    """What else was found, one of each story, best first."""

    agreeing: tuple[Evidence, ...] = ()
    differing: tuple[Evidence, ...] = ()

    @property
    def agreement(self) -> Agreement:
        return "differ" if self.differing else "agree" if self.agreeing else "alone"


@dataclass(frozen=True, slots=True)
class _ComparableAnswer:
    """A short answer, read for comparing."""

    evidence: Evidence
    span: Span

    @property
    def text(self) -> str:
        return self.span.of(self.evidence.article.text)

    @property
    def words(self) -> frozenset[str]:
        terms = analyze(in_digits(self.text).lower())
        return frozenset(term for term in terms if term not in FUNCTION_WORDS)

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(word for word in self.words if _DIGITS.search(word))

    @property
    def amounts(self) -> list[Amount]:
        """With the words before, which may make them rough."""
        before = self.evidence.article.text[max(0, self.span.start - HEDGE) : self.span.start]
        return amounts(before.rsplit("\n")[-1] + self.text) if self.is_brief else []

    @property
    def is_brief(self) -> bool:
        """A run of words may hold any number."""
        return len(self.text.split()) <= MOST_WORDS


def compared(query: Query, best: Evidence, others: Sequence[Evidence]) -> StoryEvidence:
    """`others` of other articles, those that could be the answer too."""
    known = [(each, agree(query, best, each)) for each in others]
    return StoryEvidence(
        tuple(each for each, same in known if same),
        tuple(each for each, same in known if same is False),
    )


def agree(query: Query, one: Evidence, other: Evidence) -> bool | None:
    """Whether their short answers do; None where it cannot be told, or either has none."""
    spans = short_answer(query, one), short_answer(query, other)
    if not spans[0] or not spans[1]:
        return None
    here, there = _ComparableAnswer(one, spans[0]), _ComparableAnswer(other, spans[1])
    if not here.words or not there.words:
        return None
    if query.answer_type is AnswerType.AMOUNT:
        return same_amount(here.amounts, there.amounts)
    if query.answer_type is AnswerType.TIME:
        return _same_time(here, there)
    return _same_words(query.answer_type, here, there)


def _same_words(
    wanted: AnswerType, here: _ComparableAnswer, there: _ComparableAnswer
) -> bool | None:
    """Two names without a word in common cannot both be the one asked for."""
    one, other = here.words, there.words
    if one <= other or other <= one:
        return True
    if len(one & other) * 2 >= min(len(one), len(other)):
        return True if here.numbers == there.numbers else None
    named = all(each.is_brief and is_of_type(wanted, each.text) for each in (here, there))
    return False if wanted in NAMED and named and not one & other else None


def _same_time(here: _ComparableAnswer, there: _ComparableAnswer) -> bool | None:
    """By the days both mean, else year with year, month with month."""
    one, other = (resolved(e.evidence.article, e.evidence.span, e.span) for e in (here, there))
    if one and other:
        return one.first <= other.last and other.first <= one.last
    parts = [(_part(each, here.text), _part(each, there.text)) for each in _DATE_PARTS]
    told = [bool(first & second) for first, second in parts if first and second]
    return all(told) if told else None


def _part(part: re.Pattern[str], text: str) -> set[str]:
    return {each.lower() for each in part.findall(in_digits(text))}
