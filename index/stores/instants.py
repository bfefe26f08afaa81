"""UTC instants as whole seconds since 1970, the only form in which the stores keep them."""

import calendar
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def seconds(instant: datetime) -> int:
    """The second an instant falls in; a naive one is taken to be UTC already."""
    return calendar.timegm(instant.utctimetuple())


def bound(instant: datetime) -> int:
    """The first whole second at or after an instant: what `>=` and `<` compare against."""
    return seconds(instant) + bool(instant.microsecond)


def instant(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)
