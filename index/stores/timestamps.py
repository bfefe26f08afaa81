"""UTC instants as whole seconds since 1970, the only form in which the stores keep them."""

import calendar
from datetime import UTC, datetime, timedelta

from index.documents import Filter

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def seconds(instant: datetime) -> int:
    """The second an instant falls in; a naive one is taken to be UTC already."""
    return calendar.timegm(instant.utctimetuple())


def bound(instant: datetime) -> int:
    """The first whole second at or after an instant: what `>=` and `<` compare against."""
    return seconds(instant) + bool(instant.microsecond)


def last_second(wanted: Filter) -> int | None:
    """The latest that passes the filter, None where none is too late."""
    last = [] if wanted.published_to is None else [bound(wanted.published_to) - 1]
    seen = [] if wanted.as_of is None else [seconds(wanted.as_of)]
    return min(last + seen, default=None)


def instant(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)
