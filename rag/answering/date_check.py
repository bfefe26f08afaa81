"""A question's dates in words, and whether an article is of them."""

from datetime import timedelta

from index.documents import Article
from index.language.calendar import day_words
from index.language.terms import STOP_TERMS, analyze
from rag.answering.coverage import Coverage
from rag.dates.period import Period
from rag.reading.evidence import Evidence
from rag.replies import InterpretedDates

YEAR_DIGITS = 4


def understood(question: str, period: Period, *, narrowed: bool) -> InterpretedDates:
    """The period of the question's text, with its first and its last day."""
    first, end = period.filter.published_from, period.filter.published_to
    words = period.span.of(question)
    last = (end - timedelta(days=1)).date() if end else None
    return InterpretedDates(words, first.date() if first else None, last, period.derived, narrowed)


def days_words(period: InterpretedDates) -> str:
    """`1 September 2024 to 30 September 2024`, `17 September 2024`, `since 1 May 2024`."""
    first, last = (each and day_words(each) for each in (period.first, period.last))
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"since {first}" if first else f"until {last}"


def is_within(article: Article, period: Period) -> bool:
    """Whether it was published then, or in the few days after in which it may be told."""
    date, wanted = article.published_at, period.searched
    after = wanted.published_from is None or (date is not None and date >= wanted.published_from)
    before = wanted.published_to is None or (date is not None and date < wanted.published_to)
    return after and before


def tells_of(evidence: Evidence, question: str, period: Period) -> bool:
    """Whether its passage holds the words of the period.

    The year may stand elsewhere in the article, which need not name the one it was published in.
    """
    article, span = evidence.article, evidence.passage
    near = set(analyze(f"{article.title}\n{span.of(article.text)}"))
    years = {term for term in analyze(article.text) if term.isdigit() and len(term) == YEAR_DIGITS}
    if article.published_at:
        years.add(str(article.published_at.year))
    words = period.span.of(question)
    wanted = {term for term in analyze(words) if term not in STOP_TERMS}
    return wanted <= near | years


def outside_dates(question: str, period: Period, nearest: Article, archive: Coverage) -> str:
    """Why what there is does not answer, and when the nearest was published."""
    days = days_words(understood(question, period, narrowed=True))
    date = nearest.published_at
    of = f"is of {day_words(date)}" if date else "has no date"
    return (
        f"Nothing from these dates ({days}) answers this; the nearest article {of}. "
        f"The archive covers {archive}."
    )
