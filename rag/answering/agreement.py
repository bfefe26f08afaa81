"""Whether articles of different stories give the same short answer."""

import re
from dataclasses import dataclass

from index.documents import Span
from index.language.calendar import MONTHS, YEAR_IN_ANSWER
from index.language.numbers import Amount, amounts, in_digits, same_amount
from index.language.terms import analyze
from index.language.word_classes import FUNCTION_WORDS
from rag.answering.asked_thing import are_of_different_things
from rag.answering.short_answer import NAMED, resolved_days, short_answer
from rag.citations import ResolvedDays
from rag.query.answer_type import AnswerType, is_of_type
from rag.query.query import Query
from rag.reading.evidence import Evidence

MOST_WORDS = 6
"""In a short answer; a longer one may have any number in it."""
REJECTED = -18.0
"""Log odds below which the reader finds no answer in a sentence."""
HEDGE = 16
"""Characters before an amount in which "about" may stand."""
_DIGITS = re.compile(r"\d")
_DATE_PARTS = (
    re.compile(rf"\b{YEAR_IN_ANSWER}\b"),
    re.compile(rf"\b(?:{'|'.join(name[:3] for name in MONTHS)})", re.IGNORECASE),
    re.compile(r"(?<![:.])\b\d{1,2}\b(?![:.]\d)"),
    re.compile(r"\b\d{1,2}[:.]\d\d\b"),
)
"""Year, month, day or hour, time of day."""


@dataclass(frozen=True, slots=True)
class _ComparableAnswer:
    """A short answer with what is compared of it."""

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
        """With the words before: "about" makes an amount approximate."""
        own = len(amounts(self.text)) if self.is_brief else 0
        before = self.evidence.article.text[max(0, self.span.start - HEDGE) : self.span.start]
        return amounts(before.rsplit("\n")[-1] + self.text)[-own:] if own else []

    @property
    def measures(self) -> frozenset[str]:
        return frozenset(each.measure for each in self.amounts)

    @property
    def days(self) -> ResolvedDays | None:
        return resolved_days(self.evidence.article, self.evidence.span, self.span)

    @property
    def is_brief(self) -> bool:
        return len(self.text.split()) <= MOST_WORDS


def agree(query: Query, one: Evidence, other: Evidence) -> bool | None:
    """Whether their short answers agree; None if one has none or they are not comparable."""
    spans = short_answer(query, one), short_answer(query, other)
    if not spans[0] or not spans[1] or are_of_different_things(query, one, other):
        return None
    first, second = _ComparableAnswer(one, spans[0]), _ComparableAnswer(other, spans[1])
    if not first.words or not second.words:
        return None
    if query.answer_type is AnswerType.AMOUNT:
        return same_amount(first.amounts, second.amounts)
    if query.answer_type is AnswerType.TIME:
        return _same_time(first, second)
    return _same_words(query.answer_type, first, second)


def short_words(query: Query, evidence: Evidence) -> frozenset[str]:
    """The terms of its short answer, numbers in digits; empty where it has none."""
    span = short_answer(query, evidence)
    return _ComparableAnswer(evidence, span).words if span else frozenset()


def may_stand_beside(query: Query, best: Evidence, evidence: Evidence) -> bool:
    """Whether its short answer is brief, of the type asked for, and not rejected by the reader.

    People are not shown beside metres, where an amount is asked for.
    """
    spans, reading = [short_answer(query, each) for each in (best, evidence)], evidence.reading
    if not spans[0] or not spans[1] or reading is None or reading.odds < REJECTED:
        return False
    first, short = _ComparableAnswer(best, spans[0]), _ComparableAnswer(evidence, spans[1])
    of_type = is_of_type(query.answer_type, short.text)
    if query.answer_type is AnswerType.AMOUNT:
        of_type = of_type and first.measures == short.measures
    return short.is_brief and of_type


def says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one short answer has all the words of the other."""
    return bool(one and other) and (one <= other or other <= one)


def _same_words(
    answer_type: AnswerType, first: _ComparableAnswer, second: _ComparableAnswer
) -> bool | None:
    """Two names of the type asked for differ if they have no word in common."""
    if says_the_same(first.words, second.words):
        return True
    shared = len(first.words & second.words)
    if shared * 2 >= min(len(first.words), len(second.words)):
        return True if first.numbers == second.numbers else None
    named = all(each.is_brief and is_of_type(answer_type, each.text) for each in (first, second))
    return False if answer_type in NAMED and named and not shared else None


def _same_time(first: _ComparableAnswer, second: _ComparableAnswer) -> bool | None:
    """By the days that both mean; else by each part of a date that both have."""
    one, other = first.days, second.days
    if one and other:
        return one.first <= other.last and other.first <= one.last
    parts = [(_found(part, first.text), _found(part, second.text)) for part in _DATE_PARTS]
    same = [bool(here & there) for here, there in parts if here and there]
    return all(same) if same else None


def _found(part: re.Pattern[str], text: str) -> set[str]:
    return {each.lower() for each in part.findall(in_digits(text))}
