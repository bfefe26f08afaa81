"""Which dates a question speaks of: "in September 2024", "since March", "before 2020".

Only what names a year is taken: "in May" may be any, and "may" is a verb.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.documents import Filter, Span

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = rf"(?P<month>{'|'.join(rf'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)}|sept)\.?"
_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(written + r"\b", re.IGNORECASE)
    for written in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH},? (?:of )?{_YEAR}",
        _YEAR,
    )
)
"""The fullest first."""
_LEADING = re.compile(
    r"\b(?P<word>in|on|during|within|throughout|since|from|after|before|until|till|by|between)"
    r"(?: (?:the (?:year|month of)|early|late|mid))? ",
    re.IGNORECASE,
)
_JOINING = re.compile(r" (?:and|to|until|till|through) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """The range of the question's words, and the dates they let through."""

    span: Span
    filter: Filter


@dataclass(frozen=True, slots=True)
class _Dated:
    end: int
    first: datetime
    next: datetime
    """The first instant after it."""


def period_in(text: str) -> Period | None:
    """The last period that the text names; most questions end with it."""
    found: Period | None = None
    for leading in _LEADING.finditer(text):
        found = _period(text, leading) or found
    return found


def narrowed(one: Filter, other: Filter) -> Filter:
    """What both let through; outlets are those of the first unless it names none."""
    starts = [each for each in (one.published_from, other.published_from) if each]
    ends = [each for each in (one.published_to, other.published_to) if each]
    return Filter(max(starts, default=None), min(ends, default=None), one.outlets or other.outlets)


def _period(text: str, leading: re.Match[str]) -> Period | None:
    dated = _date_at(text, leading.end())
    if dated is None:
        return None
    word = leading["word"].lower()
    second = _second(text, dated) if word in {"between", "from"} else None
    last = second or dated
    return Period(Span(leading.start(), last.end), _bounds(word, dated, second))


def _second(text: str, first: _Dated) -> _Dated | None:
    joining = _JOINING.match(text, first.end)
    return _date_at(text, joining.end()) if joining else None


def _bounds(word: str, first: _Dated, second: _Dated | None) -> Filter:
    if second:
        return Filter(first.first, max(first.next, second.next))
    match word:
        case "since" | "from":
            return Filter(published_from=first.first)
        case "after":
            return Filter(published_from=first.next)
        case "before":
            return Filter(published_to=first.first)
        case "until" | "till" | "by":
            return Filter(published_to=first.next)
        case _:
            return Filter(first.first, first.next)


def _date_at(text: str, start: int) -> _Dated | None:
    matches = (pattern.match(text, start) for pattern in _DATES)
    return next((dated for match in matches if match and (dated := _dated(match))), None)


def _dated(match: re.Match[str]) -> _Dated | None:
    named = match.groupdict()
    year, month, day = int(named["year"]), _month(named.get("month")), int(named.get("day") or 0)
    try:
        first = datetime(year, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    return _Dated(match.end(), first, _following(first, month=bool(month), day=bool(day)))


def _month(written: str | None) -> int:
    """1 to 12; 0 where there is none, 13 for a number that is none."""
    if not written:
        return 0
    if written.isdigit():
        return int(written) or 13
    return next(at for at, name in enumerate(_MONTHS, 1) if name[:3] == written[:3].lower())


def _following(first: datetime, *, month: bool, day: bool) -> datetime:
    if day:
        return first + timedelta(days=1)
    if month:
        return (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(year=first.year + 1)
