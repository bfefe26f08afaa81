"""The filters of a request: dates and outlets -> a `Filter`; and text that UTF-8 can encode."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from index.documents import Filter


def _sendable(words: str) -> str:
    """JSON can escape half of a surrogate pair, which UTF-8 cannot encode."""
    if any("\ud800" <= character <= "\udfff" for character in words):
        raise ValueError("it contains half of a surrogate pair; send complete characters")
    return words


SENDABLE = AfterValidator(_sendable)
Words = Annotated[str, SENDABLE]

DATE_FORMATS: list[JsonValue] = [
    {"type": "string", "format": "date"},
    {"type": "string", "format": "date-time"},
]
Instant = Annotated[
    str, WithJsonSchema({"anyOf": [*DATE_FORMATS, {"type": "string", "maxLength": 0}]})
]
"""Other forms of ISO 8601 are read too: 20250301, 2025-W09-6, an instant without an offset."""

From = Annotated[
    Instant | None,
    Field(
        description="The earliest time: a date, or an instant (UTC unless it has an offset).",
        examples=["2025-03-01"],
    ),
]
To = Annotated[
    Instant | None,
    Field(
        description="The latest time: a date includes that whole UTC day, an instant is excluded.",
        examples=["2025-03-31"],
    ),
]
AsOf = Annotated[
    Instant | None,
    Field(
        description="Ignores articles published later and articles without a date. A date includes "
        "that whole UTC day, an instant includes itself. “Last week” is counted from it, or "
        "from now.",
        examples=["2025-04-01"],
    ),
]
IgnoreDates = Annotated[
    bool,
    Field(description="Do not choose articles by the dates in the question."),
]
Outlets = Annotated[
    list[Annotated[Words, Field(min_length=1, max_length=500)]],
    Field(max_length=100, description="Only these outlets; upper and lower case are the same."),
]


class AsOfQuery(BaseModel):
    """Dates as text, checked here so that every route gives the same message."""

    model_config = ConfigDict(extra="forbid")

    as_of: AsOf = None

    @field_validator("published_from", "published_to", "as_of", check_fields=False)
    @classmethod
    def _readable(cls, written: str | None) -> str | None:
        """Forms send an empty field as empty text, which means none."""
        if not written:
            return None
        _instant(written)
        return written

    def seen_from(self) -> datetime | None:
        """The `as_of` instant; for a day, its last microsecond."""
        if self.as_of is None:
            return None
        end = _exclusive(self.as_of)
        return end - timedelta(microseconds=1) if _is_day(self.as_of) else end


class DateRange(AsOfQuery):
    """Dates with bounds."""

    published_from: From = None
    published_to: To = None

    @model_validator(mode="after")
    def _holds_time(self) -> Self:
        since, until = (_shown(self, field) for field in ("published_from", "published_to"))
        start, end = self.bounds()
        if start is not None and end is not None and start >= end:
            raise ValueError(f"{since} must come before {until}; the range is empty")
        seen = self.seen_from()
        if start is not None and seen is not None and seen < start:
            raise ValueError(f"as_of ({self.as_of}) comes before {since}, so no article can match")
        return self

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        start = None if self.published_from is None else _instant(self.published_from)
        return start, None if self.published_to is None else _exclusive(self.published_to)

    def with_outlets(self, outlets: list[str]) -> Filter:
        start, end = self.bounds()
        return Filter(start, end, tuple(outlets), self.seen_from())


class Filters(DateRange):
    """The articles to search."""

    outlets: Outlets = []

    def filter(self) -> Filter:
        return self.with_outlets(self.outlets)


class FilterQuery(DateRange):
    """`Filters` in a query string, where `outlet` repeats."""

    outlet: Outlets = []

    def filter(self) -> Filter:
        return self.with_outlets(self.outlet)


class ListingQuery(FilterQuery):
    """A query of a list of statements, whose bounds have short names."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    published_from: From = Field(None, alias="from")
    published_to: To = Field(None, alias="to")


def _shown(dates: DateRange, field: str) -> str:
    """The name of the field in this body, with its value."""
    return f"{type(dates).model_fields[field].alias or field} ({getattr(dates, field)})"


def _instant(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written.strip().upper())
        zoned = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{written[:40]!r} is not a date; write 2025-03-01, or 2025-03-01T09:30:00Z "
            "(a plus sign in an address is written %2B)"
        ) from None


def _exclusive(written: str) -> datetime:
    """A whole day ends where the next one begins; the last day there is never ends."""
    moment = _instant(written)
    if not _is_day(written):
        return moment
    if moment.date() == date.max:
        return datetime.combine(date.max, time.max, UTC)
    return moment + timedelta(days=1)


def _is_day(written: str) -> bool:
    """Written in any of the forms of ISO 8601: 2025-03-01, 20250301, 2025-W09-6."""
    try:
        date.fromisoformat(written.strip())
    except ValueError:
        return False
    return True
