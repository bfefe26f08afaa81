"""UTC instants as whole seconds since 1970, as the stores compare them."""

import calendar
from datetime import UTC, datetime, timedelta

from index.documents import Filter

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def seconds(instant: datetime) -> int:
    """The second that contains an instant; a naive instant is taken as UTC."""
    return calendar.timegm(instant.utctimetuple())


def bound(instant: datetime) -> int:
    """The first whole second at or after an instant, for comparison with `>=` and `<`."""
    return seconds(instant) + bool(instant.microsecond)


def last_second(filter: Filter) -> int | None:
    """The latest second that passes the filter; None if there is no upper bound."""
    last = [] if filter.published_to is None else [bound(filter.published_to) - 1]
    known = [] if filter.as_of is None else [seconds(filter.as_of)]
    return min(last + known, default=None)


def instant(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)


def day_of(second: int | None) -> int:
    """Days since 1970; 0 without an instant."""
    return (second or 0) // 86_400
