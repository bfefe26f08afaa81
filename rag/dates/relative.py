"""Dates relative to the day of asking: "yesterday", "last week", "in the last three days".

"last week" is a calendar week, Monday to Sunday; "the last week" is the seven days up to now.
Vague dates ("recently", "a few days ago"), future dates ("next week") and seasons are not read.
"""

import re
from collections.abc import Callable
from datetime import date

from index.language.calendar import MONTHS, WEEKDAYS
from index.language.numbers import SMALL
from rag.dates.days import DAY, DateMatch, DayRange, Grain, around, before, up_to

_UNIT = r"(?P<unit>day|week|weekend|month|quarter|year)"
_WORDS = SMALL[1:13]
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)}|an?|a couple of|couple of)"
_HOURS_A_DAY = 24
_NO_POSSESSIVE = r"(?<!\bhis )(?<!\bher )(?<!\bits )(?<!\btheir )(?<!\bour )(?<!\bmy )(?<!\byour )"
_WHOLE = r"\b(?! of\b)"
"""Not "the last week of May": that week belongs to May."""
_QUALIFIED = r"(?:so far |(?:early|earlier|late|later|mid)[ -])?"

Read = Callable[[re.Match[str], date], tuple[DayRange, Grain]]


def relative_date_at(text: str, start: int, today: date) -> DateMatch | None:
    """The date that begins there; a capital inside a sentence begins a name: "USA Today"."""
    if text[start : start + 1].isupper() and start > 0:
        return None
    text = text[:start] + text[start : start + 1].lower() + text[start + 1 :]
    for form, read in _FORMS:
        if match := form.match(text, start):
            days, grain = read(match, today)
            return DateMatch(match.end(), days, grain, derived=True)
    return None


def _of_day(back: int) -> Read:
    return lambda _, today: (around(today - back * DAY, Grain.DAY), Grain.DAY)


def _calendar(match: re.Match[str], today: date) -> tuple[DayRange, Grain]:
    """The current range, or the previous one."""
    grain = Grain(match["unit"])
    if grain is Grain.WEEKEND:
        return _weekend(match["which"], today), grain
    days = around(today, grain) if match["which"] == "this" else before(today, grain)
    return days, grain


def _weekend(which: str, today: date) -> DayRange:
    """The last weekend is the latest that is over; this weekend is this week's, future or not."""
    latest = around(today, Grain.WEEKEND)
    if which == "this":
        return around(around(today, Grain.WEEK).next - DAY, Grain.WEEKEND)
    return latest if latest.next <= today else before(today, Grain.WEEKEND)


def _rolling(match: re.Match[str], today: date) -> tuple[DayRange, Grain]:
    grain = Grain(match["unit"])
    return up_to(today, grain, 1), grain


def _counted(match: re.Match[str], today: date) -> tuple[DayRange, Grain]:
    count, grain = _number(match["count"]), Grain(match["unit"])
    return up_to(today, grain, count), grain


def _hours(match: re.Match[str], today: date) -> tuple[DayRange, Grain]:
    return up_to(today, Grain.DAY, -(-_number(match["count"]) // _HOURS_A_DAY)), Grain.DAY


def _ago(match: re.Match[str], today: date) -> tuple[DayRange, Grain]:
    """That day; or the whole week, month or year that many before this one."""
    count, grain = _number(match["count"]), Grain(match["unit"])
    return before(today, grain, count), grain


def _to_the_day(match: re.Match[str], today: date) -> tuple[DayRange, Grain]:
    """Two years ago today; 28 February where the year has no 29th."""
    count, unit = _number(match["count"] or "1"), match["unit"]
    if unit == "week":
        return around(today - 7 * count * DAY, Grain.DAY), Grain.DAY
    months = 12 * today.year + today.month - 1 - count * (12 if unit == "year" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = around(first, Grain.MONTH).next - DAY
    return around(min(first + (today.day - 1) * DAY, last), Grain.DAY), Grain.DAY


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    if "couple" in written:
        return 2
    return _WORDS.index(written) + 1 if written in _WORDS else 1


_FORMS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(
    (re.compile(_NO_POSSESSIVE + form), read)
    for form, read in (
        (rf"{_COUNT} (?P<unit>week|month|year)s? ago today\b", _to_the_day),
        (r"this day last (?P<unit>year|month|week)(?P<count>)\b", _to_the_day),
        (r"(?:the )?day before yesterday\b", _of_day(2)),
        (r"yesterday\b(?: (?:morning|afternoon|evening|night)\b)?", _of_day(1)),
        (r"(?:today|tonight|this (?:morning|afternoon|evening))\b", _of_day(0)),
        (r"last night\b", lambda _, today: (up_to(today, Grain.DAY, 1), Grain.DAY)),
        (rf"(?:the )?(?:last|past|previous) {_COUNT} {_UNIT}s{_WHOLE}", _counted),
        (rf"(?:the )?(?:last|past|previous) {_COUNT} hours{_WHOLE}", _hours),
        (rf"(?:the|this) (?:last|past) (?P<unit>week|month|quarter|year){_WHOLE}", _rolling),
        (rf"past (?P<unit>week|month|quarter|year){_WHOLE}", _rolling),
        (rf"(?:the |this )?(?P<which>last|past|previous) (?P<unit>weekend){_WHOLE}", _calendar),
        (rf"{_QUALIFIED}(?P<which>this|last|previous) {_UNIT}{_WHOLE}", _calendar),
        (rf"the weekend{_WHOLE}", lambda _, today: (around(today, Grain.WEEKEND), Grain.WEEKEND)),
        (rf"{_COUNT} {_UNIT}s? ago\b", _ago),
        (r"a fortnight ago\b", lambda _, today: (before(today, Grain.WEEK, 2), Grain.WEEK)),
    )
)
_DAYS = "|".join((*MONTHS, *WEEKDAYS))
STARTS = re.compile(
    rf"(?<=[a-z] )\b(?P<owner>{'|'.join(WEEKDAYS)})(?=['’]s\b)"
    r"|\b(?:the|this|last|past|previous|today|tonight|yesterday|so far|early|earlier|late|later"
    rf"|mid|day before|\d+|{'|'.join(_WORDS)}|an?|couple|weekend|week"
    rf"|first|second|third|fourth|fifth|final|start|beginning|middle|end|{_DAYS})\b",
    re.IGNORECASE,
)
"""Where a date without a preposition may begin."""
TRIGGER = re.compile(
    r"\b(?:today|tonight|yesterday|night|morning|afternoon|evening|ago|hours|"
    rf"days?|weeks?|weekends?|months?|quarters?|years?|{_DAYS})\b",
    re.IGNORECASE,
)
"""A text without one of these words has no such date: the cheap test that comes first."""
