"""A sentence -> the short answer in it, and the days that answer means.

"How", "why" and yes-or-no questions have no short answer: the whole sentence answers them.
"""

import re
from datetime import date, datetime, timedelta

from index.documents import Article, Span
from index.language.gazetteers import NAMING_NOTHING, PERSON_NOUNS
from index.language.names import PERSON_TITLES
from index.language.numbers import CURRENCY_BEFORE, NUMBER, UNIT_AFTER
from index.language.terms import STOP_TERMS, analyze
from index.language.word_classes import SUBJECT_PRONOUNS
from rag.answering.roles import is_on_the_wrong_side, subject_name
from rag.citations import ResolvedDays
from rag.dates.days import DateMatch
from rag.dates.explicit import full_date_at
from rag.dates.period import FUTURE_VERBS
from rag.dates.relative import relative_date_at
from rag.dates.underspecified import latest_date_at
from rag.query.answer_type import AnswerType, is_of_type, may_be_a_person
from rag.query.query import Query
from rag.reading.evidence import Evidence

RECOGNISABLE = frozenset({AnswerType.AMOUNT, AnswerType.TIME})
"""Types seen in the words themselves: "61 passengers" is no time."""
NAMED = frozenset({AnswerType.PERSON, AnswerType.PLACE})
"""Types that a number alone never is: "1987" is nobody's name."""
_NAMING_NOTHING = frozenset(analyze(NAMING_NOTHING))
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
"""A question that offers answers has the words of its answer."""
_FULL_NAME = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*)+")
_NUMBERED_NAME = re.compile(r"\b[A-Z]\w*-\d+\b")
"""Its number counts nothing: Apollo-11."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FUTURE = re.compile(
    rf"\b(?:{FUTURE_VERBS}|would|next|tomorrow|upcoming|coming|planned?|plans|scheduled|due|"
    r"expected|set to|to be|until|by)\b",
    re.IGNORECASE,
)
"""A weekday in such a sentence may be in the future."""
_WORD_START = re.compile(r"(?<![\w'’])\w")


def short_answer(query: Query, evidence: Evidence) -> Span | None:
    """None if the whole sentence is the answer, or was not read, or the answer says nothing new.

    Where the one who was bought from is read for the buyer, it is the subject of the verb.
    """
    found = _read_answer(query, evidence)
    if found is None or _says_nothing_new(query, found, evidence):
        return None
    if is_on_the_wrong_side(query, evidence.sentence, found.of(evidence.article.text)):
        name, start = subject_name(query, evidence.sentence), evidence.span.start
        return Span(start + name.start, start + name.end) if name else None
    is_first = query.answer_type is AnswerType.PERSON and found.start == evidence.span.start
    return _without_role(found, evidence.article.text) if is_first else found


def _without_role(found: Span, text: str) -> Span:
    """Freda Holm, for "Engineer Freda Holm", which has its capital from the sentence."""
    first, _, name = found.of(text).partition(" ")
    role = first.lower() in PERSON_NOUNS - PERSON_TITLES
    full = role and _FULL_NAME.fullmatch(name)
    return Span(found.start + len(first) + 1, found.end) if full else found


def restates(query: Query, evidence: Evidence) -> bool:
    """Whether the answer read in it is none: only words of the question, or what names nobody."""
    found = _read_answer(query, evidence)
    return found is not None and _says_nothing_new(query, found, evidence)


def _says_nothing_new(query: Query, found: Span, evidence: Evidence) -> bool:
    if query.answer_type in RECOGNISABLE or _CHOICE.search(query.text):
        return False
    answer = found.of(evidence.article.text)
    if answer.lower() in SUBJECT_PRONOUNS:
        return False
    if query.answer_type is AnswerType.PERSON and not may_be_a_person(answer):
        return True
    terms = set(analyze(answer))
    return bool(terms) and terms <= STOP_TERMS | _NAMING_NOTHING | set(query.terms)


def _read_answer(query: Query, evidence: Evidence) -> Span | None:
    if evidence.reading is None or query.wants_explanation or query.is_yes_or_no:
        return None
    text, found = evidence.article.text, evidence.reading.answer
    if _is_of_another_type(query.answer_type, found.of(text)):
        return None
    is_amount = query.answer_type is AnswerType.AMOUNT
    return _with_unit(text, evidence.span, found) if is_amount else found


def _is_of_another_type(expected: AnswerType, answer: str) -> bool:
    if expected in NAMED:
        return not _LETTERS.search(answer)
    if expected is AnswerType.AMOUNT:
        answer = _NUMBERED_NAME.sub(" ", answer)
    return expected in RECOGNISABLE and not is_of_type(expected, answer)


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


def resolved_days(article: Article, sentence: Span, short: Span) -> ResolvedDays | None:
    """The days meant by "on Tuesday", from the day of publication; None for a full date or none."""
    if article.published_at is None:
        return None
    text = sentence.of(article.text)
    if _FUTURE.search(text):
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
    """In the time zone of the source, if known."""
    try:
        return datetime.fromisoformat(article.published_original or "").date()
    except ValueError:
        return published_at.date()
