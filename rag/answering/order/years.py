"""Whether a candidate is of the year that the question names: "in 2019", "Eurovision 2019"."""

import re

from index.language.calendar import YEAR_IN_QUESTION
from rag.answering.order.account import Account
from rag.query.query import Query

_YEAR = re.compile(rf"(?<![\w$£€¥.,-]){YEAR_IN_QUESTION}(?![\w%-]|[.,]\d)")
_BEFORE = re.compile(r"(?:\b(?:in|of|during|the|for|this|a|early|late|mid)|[A-Z][\w.’']*) \Z|\A\Z")
"""What stands before a year; "killed 2000 people" has a number."""
_SPAN = re.compile(
    r"\b(?:since|before|after|until|till|by|from|between|than|to)\b[\w ]{0,12}\Z", re.IGNORECASE
)
"""Before a year that is only the end of a time: articles of other years may tell of it."""
_LAST_YEAR = re.compile(
    r"\b(?:last|past|previous) (?:year|season|spring|summer|fall|autumn|winter)\b", re.IGNORECASE
)
_OPENS_WITH_LAST_YEAR = re.compile(
    rf"\W*(?:(?:in|at|during|for) )?{_LAST_YEAR.pattern}", re.IGNORECASE
)
FIRST_MONTHS = 3
"""Of the next year, in which news may speak of a year without naming it."""


def asked_years(query: Query) -> frozenset[str]:
    """The years that the question is about; empty where it compares with a year."""
    found = list(_YEAR.finditer(query.text))
    if any(_SPAN.search(query.text, 0, match.start()) for match in found):
        return frozenset()
    return frozenset(
        match.group() for match in found if _BEFORE.search(query.text[: match.start()])
    )


def is_of_another_year(years: frozenset[str], account: Account) -> bool:
    """Whether it was told in another year, and nothing near it names the one asked about."""
    if not years or account.told_at is None:
        return False
    if str(account.told_at.year) in years:
        sentence = account.evidence.sentence
        return bool(_OPENS_WITH_LAST_YEAR.match(sentence)) and not years & set(
            _YEAR.findall(sentence)
        )
    if any(year in account.near for year in years):
        return names_another_year(years, account)
    told = account.told_at
    last = str(told.year - 1) in years
    recent = told.month <= FIRST_MONTHS or _LAST_YEAR.search(account.before)
    return not (last and recent)


def names_another_year(years: frozenset[str], account: Account) -> bool:
    """Whether its sentence names a year, and not the one asked about."""
    named = set(_YEAR.findall(account.evidence.sentence))
    return bool(years and named) and not named & years
