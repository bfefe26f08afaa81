"""Words and patterns of the calendar: months, weekdays, years. Knows no date and no text."""

from datetime import date

MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS_AND_WEEKDAYS = frozenset(MONTHS + WEEKDAYS)
DAYS = MONTHS_AND_WEEKDAYS - {"may"} | frozenset("today yesterday tomorrow tonight".split())
"""Words of a sentence that name a day; "may" is mostly a verb there."""
CALENDAR_WORDS = MONTHS_AND_WEEKDAYS | frozenset(
    """
    christmas easter ramadan thanksgiving
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun
    """.split()
)
"""Capitalised words that are no name of a person, a place or an organisation."""

MONTH = rf"(?P<month>{'|'.join(rf'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
"""A pattern for a month in full or cut to three letters."""
ABBREVIATED_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
"""Any abbreviation, and so other words with such a beginning ("marches"): only beside a number."""
DAY_OF_MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
ABBREVIATED_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
CAPITALISED_MONTH = "|".join(map(str.capitalize, MONTHS))
CAPITALISED_WEEKDAY = "|".join(map(str.capitalize, WEEKDAYS))
TIME_WORDS = (
    r"\b(today|yesterday|tomorrow|tonight|(week|month|year|decade)s?|century|morning|noon"
    rf"|night|spring|summer|autumn|winter|ago|{CAPITALISED_WEEKDAY}|{CAPITALISED_MONTH})\b"
)


def _years(first: int, last: int) -> str:
    """A pattern for the years of these centuries: 15 and 20 for 1500 to 2099."""
    return rf"(?:{'|'.join(map(str, range(first, last + 1)))})\d\d"


# The ranges differ on purpose: the more numbers of a text are amounts, the narrower the range.
YEAR = _years(15, 21)
"""In a date."""
YEAR_OR_AMOUNT = _years(15, 20)
"""A number without a unit."""
YEAR_IN_ANSWER = _years(10, 20)
"""In a short answer to "when"."""
YEAR_IN_QUESTION = _years(18, 20)
"""Among the words of a question."""
YEAR_OF_ISSUE = _years(19, 20)
"""In the title of a series."""
FOUR_DIGITS = r"\d{4}"
"""Where the words around it already say that it is a year."""
PUBLICATION_YEARS = range(1500, 2201)


def month_of(written: str) -> int:
    """1 to 12, or 13 for a number that is not a month."""
    if written.isdigit():
        return int(written) or 13
    return next(at for at, name in enumerate(MONTHS, 1) if name[:3] == written[:3].lower())


def day_words(day: date) -> str:
    """As a newspaper writes it: 12 September 2024."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
