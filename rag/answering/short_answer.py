"""The short answer inside a sentence, where the question has one, and the day it means.

Sentences answer how and why; a question of yes or no is answered by what is on the record, never
with a verdict.
"""

import re
from datetime import date, datetime, timedelta

from index.documents import Article, Span
from index.language.numbers import CURRENCY_BEFORE, NUMBER, UNIT_AFTER
from rag.citations import ResolvedDays
from rag.dates.days import DateMatch
from rag.dates.explicit import full_date_at
from rag.dates.relative import relative_date_at
from rag.dates.underspecified import latest_date_at
from rag.query.answer_type import AnswerType, is_of_type
from rag.query.query import Query
from rag.reading.evidence import Evidence

TELLING = frozenset({AnswerType.AMOUNT, AnswerType.TIME})
"""What is wanted here shows in the words: "61 passengers" does not tell when."""
NAMED = frozenset({AnswerType.PERSON, AnswerType.PLACE})
"""No number alone is one: "1987" does not tell who."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_TO_COME = re.compile(
    r"\b(?:will|won['’]t|shall|would|next|tomorrow|upcoming|coming|planned?|plans|scheduled|due|"
    r"expected|set to|to be|until|by)\b",
    re.IGNORECASE,
)
"""A weekday in such a sentence may be one to come."""
_WORD_START = re.compile(r"(?<![\w'’])\w")


def short_answer(query: Query, evidence: Evidence) -> Span | None:
    """None where the sentence is the answer."""
    whole = query.wants_explanation or query.is_yes_or_no
    if evidence.reading is None or whole:
        return None
    text, found = evidence.article.text, evidence.reading.answer
    if _is_of_another_kind(query.answer_type, found.of(text)):
        return None
    return (
        _with_unit(text, evidence.span, found) if query.answer_type is AnswerType.AMOUNT else found
    )


def _is_of_another_kind(wanted: AnswerType, answer: str) -> bool:
    if wanted in NAMED:
        return not _LETTERS.search(answer)
    return wanted in TELLING and not is_of_type(wanted, answer)


def _with_unit(text: str, sentence: Span, found: Span) -> Span:
    """A number with its currency before it and its unit after it: "$5 million", "12 miles"."""
    start, end = found.start, found.end
    if currency := CURRENCY_BEFORE.search(text, sentence.start, start):
        start = currency.start()
    last = list(NUMBER.finditer(text, found.start, found.end))
    if last and last[-1].end() == end:
        while (unit := UNIT_AFTER.match(text, end)) and unit.end() <= sentence.end:
            end = unit.end()
    return Span(start, end)


def resolved(article: Article, sentence: Span, short: Span) -> ResolvedDays | None:
    """The days that the short answer tells only by when the article was published."""
    if article.published_at is None:
        return None
    text = sentence.of(article.text)
    if _TO_COME.search(text):
        return None
    today = _published_on(article, article.published_at)
    first, end = short.start - sentence.start, short.end - sentence.start
    for match in _WORD_START.finditer(text, first, end):
        if full_date_at(text, match.start()):
            return None
        dated = _date_at(text, match.start(), today)
        if dated and dated.days.first <= today:
            words = text[match.start() : dated.end]
            return ResolvedDays(words, dated.days.first, dated.days.next - timedelta(days=1))
    return None


def _date_at(text: str, start: int, today: date) -> DateMatch | None:
    try:
        return (
            relative_date_at(text, start, today)
            or latest_date_at(text, start, "on", today)
            or latest_date_at(text, start, "in", today)
        )
    except (OverflowError, ValueError):
        return None


def _published_on(article: Article, published_at: datetime) -> date:
    """The day where it was published, as far as its source says."""
    try:
        return datetime.fromisoformat(article.published_original or "").date()
    except ValueError:
        return published_at.date()
