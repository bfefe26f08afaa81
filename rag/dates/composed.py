"""Dates made of other dates: "3 to 9 June", "the first week of May", "Monday of last week"."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from index.language.calendar import DAY_OF_MONTH, MONTH, WEEKDAY, WEEKDAYS, YEAR, month_of
from index.language.numbers import SMALL
from rag.dates.days import DAY, STEPS, DateMatch, DayRange, Grain, around
from rag.dates.explicit import full_date_at
from rag.dates.relative import relative_date_at
from rag.dates.underspecified import latest_date_at, latest_of_years

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_LAST_DAY = DAY_OF_MONTH.replace("<day>", "<last>")
_TO = r"(?:\s?[-–—]\s?| (?:to|and|until|till|through) (?:the )?)"
_YEAR_AFTER = rf"(?:,? (?P<year>{YEAR}))?"
_DAYS = tuple(
    re.compile(rf"{written}{_YEAR_AFTER}(?![-/\w]|\.\d)", re.IGNORECASE)
    for written in (
        rf"(?:the )?{DAY_OF_MONTH}{_TO}{_LAST_DAY}(?: of)? {MONTH}",
        rf"{MONTH} (?:the )?{DAY_OF_MONTH}{_TO}{_LAST_DAY}",
    )
)
_PART = re.compile(
    rf"(?:the )?(?P<nth>{'|'.join(_ORDINALS)}|last|final)"
    rf"(?: (?P<count>\d{{1,2}}|{'|'.join(SMALL[2:13])}))?"
    r" (?P<unit>day|weekend|week|month|half)s? of "
    r"|(?:the )?(?P<third>start|beginning|middle|end) of ",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:the )?(?P<unit>weekend|week) (?P<how>of|beginning|starting|ending)(?: on)? (?:\w+day,? )?",
    re.IGNORECASE,
)
_OF_WEEK = re.compile(rf"(?:the )?{WEEKDAY},? (?:of |in )?", re.IGNORECASE)
_ON_WEEKDAY = re.compile(rf",? on (?:the )?{WEEKDAY}\b", re.IGNORECASE)
_THIRDS = {"start": 0, "beginning": 0, "middle": 1, "end": 2}
_A_THIRD = 10
_WEEK_LENGTH = 7
_WEDNESDAY = 2
_WHOLE = frozenset({Grain.MONTH, Grain.QUARTER, Grain.YEAR})


def composed_date_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """The date that begins there; without a day of asking only one with a year."""
    forms = (
        _days_at,
        _day_to_day_at,
        _part_at,
        _around_at,
        _weekday_of_week_at,
        _week_on_weekday_at,
    )
    return next((dated for form in forms if (dated := form(text, start, today))), None)


def _days_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """As in "3 to 9 June" and "June 3-9"; the latest such days where there is no year."""
    for form in _DAYS:
        match = form.match(text, start)
        if match and (days := _days(match, today)):
            return DateMatch(match.end(), days, Grain.DAY, derived=not match["year"], closed=True)
    return None


def _day_to_day_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """As in "28 May to 3 June"; the end gives the start its year."""
    first = _day_at(text, start, today)
    joining = re.compile(_TO, re.IGNORECASE).match(text, first.end) if first else None
    last = _day_at(text, joining.end(), today) if joining else None
    if not first or not last:
        return None
    if first.derived:
        first = latest_date_at(text, start, "in", last.days.first) or first
    if first.days.first > last.days.first:
        return None
    return replace(last, days=DayRange(first.days.first, last.days.next), closed=True)


def _day_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """As in "28 May", with a year or without."""
    dated = full_date_at(text, start)
    if dated is None and today and text[start : start + 1].isalnum():
        dated = latest_date_at(text, start, "in", today)
    return dated if dated and dated.grain is Grain.DAY else None


def _days(match: re.Match[str], today: date | None) -> DayRange | None:
    years = [int(match["year"])] if match["year"] else latest_of_years(today) if today else ()
    for year in years:
        with suppress(ValueError):
            month = month_of(match["month"])
            first, last = (
                date(year, month, int(match["day"])),
                date(year, month, int(match["last"])),
            )
            if first <= last and (match["year"] or (today and first <= today)):
                return DayRange(first, last + DAY)
    return None


def _part_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """As in "the last week of April", "the first two days of May", "the end of 2023"."""
    part = _PART.match(text, start)
    whole = _plain_date_at(text, part.end(), today) if part else None
    if part is None or whole is None or whole.grain not in _WHOLE:
        return None
    days = _third(part["third"].lower(), whole) if part["third"] else _nth(part, whole.days)
    if days is None or not whole.days.first <= days.first < days.next <= whole.days.next:
        return None
    unit = part["unit"] or ""
    grain = Grain.WEEKEND if unit == "weekend" else Grain.WEEK if unit == "week" else Grain.DAY
    return replace(whole, days=days, grain=grain)


def _third(named: str, whole: DateMatch) -> DayRange:
    """The first ten days of a month, the next ten or the rest; likewise for months of a year."""
    first, end, place = whole.days.first, whole.days.next, _THIRDS[named]
    length = (end - first).days
    size = _A_THIRD if whole.grain is Grain.MONTH else length // 3
    ends = [first, first + size * DAY, first + 2 * size * DAY, end]
    return DayRange(ends[place], ends[place + 1])


def _nth(part: re.Match[str], whole: DayRange) -> DayRange | None:
    nth, unit = part["nth"].lower(), part["unit"].lower()
    place = _ORDINALS.index(nth) if nth in _ORDINALS else -1
    count = _number(part["count"] or "1")
    if unit == "weekend":
        return _nth_weekend(place, whole)
    if unit == "half":
        middle = whole.first + ((whole.next - whole.first).days // 2) * DAY
        return DayRange(whole.first, middle) if place == 0 else DayRange(middle, whole.next)
    step = count * (STEPS[Grain.MONTH] if unit == "month" else STEPS[Grain(unit)])
    if place < 0:
        return DayRange(whole.next - step, whole.next)
    first = whole.first + place * step
    return DayRange(first, min(first + step, whole.next)) if first < whole.next else None


def _nth_weekend(place: int, whole: DayRange) -> DayRange | None:
    saturdays = [
        day
        for at in range((whole.next - whole.first).days - 1)
        if (day := whole.first + at * DAY).weekday() == WEEKDAYS.index("saturday")
    ]
    if not -len(saturdays) <= place < len(saturdays):
        return None
    return DayRange(saturdays[place], saturdays[place] + 2 * DAY)


def _around_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """As in "the weekend of 3 June", "the week beginning 3 June"."""
    part = _AROUND.match(text, start)
    day = part and (_days_at(text, part.end(), today) or _plain_date_at(text, part.end(), today))
    if not part or not day or day.grain is not Grain.DAY:
        return None
    if day.closed:
        return day
    first, grain = day.days.first, Grain(part["unit"].lower())
    match part["how"].lower():
        case "of":
            days = _weekend_near(first) if grain is Grain.WEEKEND else around(first, grain)
        case "ending":
            days = DayRange(first - (_WEEK_LENGTH - 1) * DAY, first + DAY)
        case _:
            days = DayRange(first, first + _WEEK_LENGTH * DAY)
    return replace(day, days=days, grain=grain)


def _weekend_near(day: date) -> DayRange:
    """The last weekend before a Monday or Tuesday, the next one from Wednesday on."""
    return around(
        day if day.weekday() < _WEDNESDAY else day + timedelta(6 - day.weekday()), Grain.WEEKEND
    )


def _weekday_of_week_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """As in "Monday of last week", "Monday two weeks ago"."""
    weekday = _OF_WEEK.match(text, start)
    week = _week_at(text, weekday.end(), today) if weekday else None
    return _of_week(weekday["weekday"], week, week.end) if weekday and week else None


def _week_on_weekday_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """As in "last week on Monday"."""
    week = _week_at(text, start, today)
    weekday = _ON_WEEKDAY.match(text, week.end) if week else None
    return _of_week(weekday["weekday"], week, weekday.end()) if week and weekday else None


def _week_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """A calendar week, not the seven days up to now."""
    week = relative_date_at(text, start, today) if today else None
    whole = week and week.grain is Grain.WEEK and week.days == around(week.days.first, Grain.WEEK)
    return week if whole else None


def _of_week(weekday: str, week: DateMatch, end: int) -> DateMatch:
    day = week.days.first + WEEKDAYS.index(weekday.lower()) * DAY
    return DateMatch(end, around(day, Grain.DAY), Grain.DAY, derived=True)


def _plain_date_at(text: str, start: int, today: date | None) -> DateMatch | None:
    full = full_date_at(text, start)
    if full or today is None:
        return full
    return latest_date_at(text, start, "in", today) or relative_date_at(text, start, today)


def _number(written: str) -> int:
    return int(written) if written.isdigit() else SMALL.index(written.lower())
