"""Whole days of the calendar: weeks from Monday, months, quarters, years. Knows no words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from dateutil.relativedelta import MO, relativedelta

from index.documents import Filter

DAY = timedelta(days=1)


class Grain(StrEnum):
    """How closely words tell when."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


STEPS = {
    Grain.DAY: relativedelta(days=1),
    Grain.WEEKEND: relativedelta(weeks=1),
    Grain.WEEK: relativedelta(weeks=1),
    Grain.MONTH: relativedelta(months=1),
    Grain.QUARTER: relativedelta(months=3),
    Grain.YEAR: relativedelta(years=1),
    Grain.DECADE: relativedelta(years=10),
}
"""From one such range to the next; a month before 31 March is the last day of February."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """From `first` up to, not including, `next`; at least one day."""

    first: date
    next: date

    @property
    def filter(self) -> Filter:
        """What was published on these days, in UTC."""
        return Filter(midnight(self.first), midnight(self.next))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def around(day: date, grain: Grain) -> DayRange:
    """The calendar's own range that holds the day; of a weekend, the last that has begun."""
    match grain:
        case Grain.DAY:
            first = day
        case Grain.WEEK:
            first = day + relativedelta(weekday=MO(-1))
        case Grain.WEEKEND:
            saturday = day - timedelta(days=(day.weekday() - 5) % 7)
            return DayRange(saturday, saturday + 2 * DAY)
        case Grain.MONTH:
            first = day.replace(day=1)
        case Grain.QUARTER:
            first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case Grain.YEAR:
            first = day.replace(month=1, day=1)
        case Grain.DECADE:
            first = day.replace(year=day.year - day.year % 10, month=1, day=1)
    return DayRange(first, first + STEPS[grain])


def before(day: date, grain: Grain, count: int = 1) -> DayRange:
    """The calendar's range so many before the one that holds the day."""
    return around(around(day, grain).first - count * STEPS[grain], grain)


def up_to(day: date, grain: Grain, count: int) -> DayRange:
    """The last so many days, weeks or months, the day included."""
    return DayRange(day - count * STEPS[grain], day + DAY)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """Where the words of a date end in the text, and the days that they tell."""

    end: int
    days: DayRange
    grain: Grain
    derived: bool = False
    """Whether they tell them only together with the day of asking."""
