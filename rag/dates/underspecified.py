"""Dates without a year: "in May", "on 3 March", "on Tuesday" mean the latest such day.

May, April, June and August are also people, "may" and "march" also verbs: in doubt, no date.
"""

import re
from contextlib import suppress
from datetime import date, timedelta

from index.language.calendar import DAY_OF_MONTH, MONTH, MONTHS, WEEKDAY, WEEKDAYS, month_of
from rag.dates.days import DateMatch, Grain, around

MONTHS_AND_PEOPLE = frozenset({"april", "may", "june", "august"})
MONTHS_AND_VERBS = frozenset({"march", "may"})
BEFORE_PEOPLE = frozenset({"by", "from", "after", "before", "between"})
"""Before the name of a month these may introduce a person: "said by May"."""
LEAP_CYCLE = 9
"""Years within which every day of the year occurs, 29 February included."""
BEFORE_WEEKDAYS = frozenset("on since after before until till by from between last this".split())
_DAY_OF_MONTH = (
    tuple(  # a year after it would have made it explicit, or it is not a day: 29 February 2025
        re.compile(rf"(?:{WEEKDAY},? )?{written}\b(?![-/.]?\d|,? \d{{4}}\b)", re.IGNORECASE)
        for written in (rf"(?:the )?{DAY_OF_MONTH}(?: of)? {MONTH}", rf"{MONTH} {DAY_OF_MONTH}")
    )
)
_WHOLE_MONTH = re.compile(rf"(?P<month>{'|'.join(MONTHS)}|sept)\b(?! ?\d)", re.IGNORECASE)
_ON_WEEKDAY = re.compile(rf"{WEEKDAY}\b(?: (?:morning|afternoon|evening|night)\b)?", re.IGNORECASE)
_NAME_FOLLOWS = re.compile(r"(?:['’]s)? [A-Z]")
_CLOSES = re.compile(r"\s*(?:$|[,;:?!.)])")
_RANGE_FOLLOWS = re.compile(
    rf"\s?[-–—/]\s?(?:{'|'.join(MONTHS)})\b"
    rf"| (?:to|and|until|till|through) (?:the )?(?:\d|(?:{'|'.join(MONTHS)})\b(?!['’]))",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\s*(?:about|on|in|at|to|and|of|for|with|what|who|how|the)\b")


def latest_date_at(text: str, start: int, word: str, today: date) -> DateMatch | None:
    """The date that begins there, after a word such as "in"; it may be today."""
    for form in _DAY_OF_MONTH:
        if match := form.match(text, start):
            return _day(match, today)
    if match := _WHOLE_MONTH.match(text, start):
        return _month(text, match, word, today)
    match = _ON_WEEKDAY.match(text, start)
    if match and word in BEFORE_WEEKDAYS and not _NAME_FOLLOWS.match(text, match.end()):
        return _weekday(match, word, today)
    return None


def latest_of_years(today: date) -> range:
    """The years in which the latest such day may be, this year first."""
    return range(today.year, max(0, today.year - LEAP_CYCLE), -1)


def _day(match: re.Match[str], today: date) -> DateMatch | None:
    month, number = month_of(match["month"]), int(match["day"])
    for year in latest_of_years(today):
        with suppress(ValueError):
            day = date(year, month, number)
            if day <= today:
                return DateMatch(match.end(), around(day, Grain.DAY), Grain.DAY, derived=True)
    return None


def _month(text: str, match: re.Match[str], word: str, today: date) -> DateMatch | None:
    if not _is_month(text, match, word):
        return None
    first = today.replace(day=1, month=month_of(match["month"]))
    if first > today or (word == "last" and first == today.replace(day=1)):
        first = first.replace(year=first.year - 1)
    return DateMatch(match.end(), around(first, Grain.MONTH), Grain.MONTH, derived=True)


def _is_month(text: str, match: re.Match[str], word: str) -> bool:
    name, end = match["month"].lower(), match.end()
    if _NAME_FOLLOWS.match(text, end):
        return False
    closed = bool(_CLOSES.match(text, end))
    if match["month"][0].isupper() and _RANGE_FOLLOWS.match(text, end):
        return True
    if name in MONTHS_AND_VERBS and match["month"].islower():
        return closed and word not in BEFORE_PEOPLE
    if name in MONTHS_AND_PEOPLE:
        goes_on = word in {"in", "during"} or closed or bool(_OPENS.match(text, end))
        return goes_on and word not in BEFORE_PEOPLE
    return True


def _weekday(match: re.Match[str], word: str, today: date) -> DateMatch:
    """On a Tuesday, "on Tuesday" is today and "last Tuesday" a week ago; "this" is of this week."""
    number = WEEKDAYS.index(match["weekday"].lower())
    back = (today.weekday() - number) % 7
    if word == "last" and back == 0:
        back = 7
    if word == "this":
        back = today.weekday() - number
    day = today - timedelta(days=back)
    return DateMatch(match.end(), around(day, Grain.DAY), Grain.DAY, derived=True)
