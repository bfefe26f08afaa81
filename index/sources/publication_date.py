"""The date of publication from what the source wrote, or an error that says why there is none.

A wrong date is worse than none: a date that can be read in two ways, or does not name a day, is an
error. A time without a zone, and a date without a time, are in UTC.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from dateutil import parser

from index.language.calendar import PUBLICATION_YEARS, day_words

_EXAMPLE = "write it like 2024-09-12 or 2024-09-12T17:30:00+02:00"
_LONGEST = 100

_BARE_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_COMPACT_DAY = re.compile(r"\d{8}")
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{8}|\d{4}-?W\d{2}-?[1-7]|\d{4}-\d{3})([T ].*)?")
_YEAR_FIRST = re.compile(r"\d{4}\b")
_SHORT_YEAR = re.compile(r"\b\d{1,2}([/. -])\d{1,2}\1\d{1,2}\b(?![.:]\d)")
_ZONE_BEFORE_OFFSET = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)")
_DOTTED_TIME = re.compile(r"\b(\d{1,2})\.(\d{2})(?= ?[ap]\.?m\b)", re.IGNORECASE)
_COMMENT_AFTER_OFFSET = re.compile(r"([+-]\d{2}:?\d{2}) ?\([^()]*\)$")

_HOURS = {
    **dict.fromkeys(("UTC", "GMT", "UT", "Z", "WET"), 0),
    **dict.fromkeys(("BST", "WEST", "CET"), 1),
    **dict.fromkeys(("CEST", "EET"), 2),
    **dict.fromkeys(("EEST", "MSK"), 3),
    "EDT": -4,
    **dict.fromkeys(("EST", "CDT"), -5),
    **dict.fromkeys(("CST", "MDT"), -6),
    **dict.fromkeys(("MST", "PDT"), -7),
    **dict.fromkeys(("PST", "AKDT"), -8),
    "AKST": -9,
    "HST": -10,
}
"""Names of time zones as American and European newsrooms use them; others must be offsets."""

_ONE_DAY = datetime(1904, 2, 3)  # noqa: DTZ001 - a naive default: the zone is read afterwards
_ANOTHER_DAY = datetime(1908, 11, 24)  # noqa: DTZ001 - differs in year, month and day


def parse_date(raw: str) -> datetime:
    """The instant in UTC; otherwise a ValueError whose message can be shown to users."""
    text = " ".join(raw.split())
    if not text or len(text) > _LONGEST:
        raise ValueError(f"{raw[:_LONGEST]!r} is not a date; {_EXAMPLE}")
    if _BARE_NUMBER.fullmatch(text) and not _COMPACT_DAY.fullmatch(text):
        raise ValueError(f"{text!r} is a bare number, not a date; {_EXAMPLE}")
    moment = _parse_iso(text) or _parse_free(text)
    if moment.year not in PUBLICATION_YEARS:
        raise ValueError(f"{text!r} is outside the years 1500 to 2200; {_EXAMPLE}")
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _parse_iso(text: str) -> datetime | None:
    """Every ISO 8601 form that names a day; `_parse_free` reads the rest."""
    try:
        return parser.isoparse(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _parse_free(text: str) -> datetime:
    text = _COMMENT_AFTER_OFFSET.sub(r"\1", _ZONE_BEFORE_OFFSET.sub("", text))
    text = _DOTTED_TIME.sub(r"\1:\2", text)
    if _SHORT_YEAR.search(text):
        raise ValueError(f"{text!r} has a year of two digits; {_EXAMPLE}")
    moment = _read(text, _ONE_DAY, day_first=False)
    if moment != _read(text, _ANOTHER_DAY, day_first=False):
        raise ValueError(f"{text!r} does not name a day, a month and a year; {_EXAMPLE}")
    other = moment if _YEAR_FIRST.match(text) else _read(text, _ONE_DAY, day_first=True)
    if moment != other:
        readings = " or ".join(day_words(day) for day in (moment, other))
        wanted = " or ".join(f"{day:%Y-%m-%d}" for day in (moment, other))
        raise ValueError(f"{text!r} could be {readings}; write {wanted}")
    return moment


def _read(text: str, default: datetime, *, day_first: bool) -> datetime:
    try:
        return parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)
    except _ZoneError:
        raise
    except (ValueError, ArithmeticError):
        raise ValueError(f"{text!r} is not a date; {_EXAMPLE}") from None


class _ZoneError(ValueError):
    pass


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """The zone for dateutil; a name and an offset that contradict each other are an error.

    dateutil reverses the sign of an offset after a name, as POSIX does.
    """
    if name is None:
        return None if offset is None else timezone(timedelta(seconds=offset))
    if name not in _HOURS:
        raise _ZoneError(f"the time zone {name!r} is not known; {_EXAMPLE}")
    seconds = _HOURS[name] * 3600
    if offset is not None and abs(offset) != abs(seconds):
        raise _ZoneError(f"{name} is not {offset / 3600:+g} hours from UTC; {_EXAMPLE}")
    return timezone(timedelta(seconds=seconds))
