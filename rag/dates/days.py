"""Whole days of the calendar: weeks from Monday, months, quarters, years. Knows no words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from dateutil.relativedelta import MO, relativedelta

from index.documents import Filter

DAY = timedelta(days=1)


class Grain(StrEnum):
    """The unit of a date: "in 2024" is a year, "last week" a week."""

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
"""From one range to the next; one month before 31 March is the last day of February."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """From `first` up to, not including, `next`; at least one day."""

    first: date
    next: date

    @property
    def filter(self) -> Filter:
        """Articles published on these days, in UTC."""
        return Filter(midnight(self.first), midnight(self.next))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def around(day: date, grain: Grain) -> DayRange:
    """The calendar range that contains the day; for a weekend, the last one that has begun."""
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
    """The calendar range `count` ranges before the one that contains the day."""
    return around(around(day, grain).first - count * STEPS[grain], grain)


def up_to(day: date, grain: Grain, count: int) -> DayRange:
    """The last `count` days, weeks or months, the day included."""
    return DayRange(day - count * STEPS[grain], day + DAY)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """Where a date ends in the text, and the days it means."""

    end: int
    days: DayRange
    grain: Grain
    derived: bool = False
    """Whether the days depend on the day of asking."""
    closed: bool = False
    """Whether it names its first and its last day: "3 to 9 June"."""
