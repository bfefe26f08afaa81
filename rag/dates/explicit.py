"""Dates with a year: "3 September 2024", "Q2 2024", "September 2024", "the 1990s"."""

import re
from datetime import date

from index.language.calendar import DAY_OF_MONTH, MONTH, WEEKDAY, YEAR, month_of
from rag.dates.days import DateMatch, Grain, around

_YEAR = rf"(?P<year>{YEAR})"
_QUARTERS = ("first", "second", "third", "fourth")
_NTH = rf"(?P<nth>{'|'.join(_QUARTERS)})"
_FORMS = tuple(
    re.compile(written + r"\b", re.IGNORECASE)
    for written in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"(?:{WEEKDAY},? )?(?:the )?{DAY_OF_MONTH}(?: of)? {MONTH},? {_YEAR}",
        rf"(?:{WEEKDAY},? )?{MONTH} {DAY_OF_MONTH},? {_YEAR}",
        rf"{MONTH},? (?:of )?{_YEAR}",
        rf"(?:q(?P<quarter>[1-4])|(?:the )?{_NTH} quarter)(?: of|,)? {_YEAR}",
        rf"(?:the )?{_YEAR}s",
        rf"{_YEAR}(?!-\d\d(?!\d))",
    )
)
"""The most specific first."""


def full_date_at(text: str, start: int) -> DateMatch | None:
    """The date that begins there."""
    matches = (form.match(text, start) for form in _FORMS)
    return next((dated for match in matches if match and (dated := _dated(match))), None)


def _dated(match: re.Match[str]) -> DateMatch | None:
    named = {name: said for name, said in match.groupdict().items() if said}
    grain, month = _grain(match, named), _first_month(named)
    try:
        day = date(int(named["year"]), month, int(named.get("day", 1)))
    except ValueError:
        return None
    if grain is Grain.DECADE and day.year % 10:
        return None
    return DateMatch(match.end(), around(day, grain), grain)


def _grain(match: re.Match[str], named: dict[str, str]) -> Grain:
    if "day" in named:
        return Grain.DAY
    if "month" in named:
        return Grain.MONTH
    if "quarter" in named or "nth" in named:
        return Grain.QUARTER
    return Grain.DECADE if match.group().endswith("s") else Grain.YEAR


def _first_month(named: dict[str, str]) -> int:
    if "nth" in named:
        return 3 * _QUARTERS.index(named["nth"].lower()) + 1
    if "quarter" in named:
        return 3 * int(named["quarter"]) - 2
    return month_of(named["month"]) if "month" in named else 1
