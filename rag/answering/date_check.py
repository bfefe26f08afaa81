"""A question's dates in words, and whether an article or a sentence belongs to them."""

from datetime import timedelta

from index.documents import Article
from index.language.calendar import day_words
from index.language.terms import STOP_TERMS, analyze
from rag.answering.coverage import Coverage
from rag.dates.period import Period
from rag.reading.evidence import Evidence
from rag.replies import InterpretedDates

YEAR_DIGITS = 4


def interpreted_dates(question: str, period: Period, *, narrowed: bool) -> InterpretedDates:
    """The words of the period in the question, with its first and last day."""
    first, end = period.filter.published_from, period.filter.published_to
    words = period.span.of(question)
    last = (end - timedelta(days=1)).date() if end else None
    return InterpretedDates(words, first.date() if first else None, last, period.derived, narrowed)


def range_words(period: InterpretedDates) -> str:
    """`1 September 2024 to 30 September 2024`, `17 September 2024`, `since 1 May 2024`."""
    first, last = (each and day_words(each) for each in (period.first, period.last))
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"since {first}" if first else f"until {last}"


def is_within(article: Article, period: Period) -> bool:
    """Whether it was published in the period, or in the few days after that still report it."""
    date, wanted = article.published_at, period.searched
    after = wanted.published_from is None or (date is not None and date >= wanted.published_from)
    before = wanted.published_to is None or (date is not None and date < wanted.published_to)
    return after and before


def mentions_period(evidence: Evidence, question: str, period: Period) -> bool:
    """Whether its passage or title has the words of the period.

    The year may be anywhere in the article, or be the year of publication.
    """
    article, span = evidence.article, evidence.passage
    near = set(analyze(f"{article.title}\n{span.of(article.text)}"))
    years = {term for term in analyze(article.text) if term.isdigit() and len(term) == YEAR_DIGITS}
    if article.published_at:
        years.add(str(article.published_at.year))
    words = period.span.of(question)
    return {term for term in analyze(words) if term not in STOP_TERMS} <= near | years


def outside_dates_message(
    question: str, period: Period, nearest: Article, archive: Coverage
) -> str:
    """With the date of the nearest article, and what the archive covers."""
    days = range_words(interpreted_dates(question, period, narrowed=True))
    date = nearest.published_at
    of = f"is from {day_words(date)}" if date else "has no date"
    return (
        f"Nothing from these dates ({days}) answers this; the nearest article {of}. "
        f"The archive covers {archive}."
    )
