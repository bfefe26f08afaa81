"""When a job will probably end, worked out by hand."""

from datetime import UTC, datetime, timedelta

from api.jobs.pace import Pace

START = datetime(2025, 3, 5, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def test_the_slowest_stage_decides_at_its_pace_until_now() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.note("attributing", 10, 100)
    pace.note("embedding", 0, 50)
    clock.now += timedelta(seconds=30)

    pace.note("attributing", 40, 100)  # one a second: 60 more
    pace.note("embedding", 30, 50)  # one a second: 20 more

    assert pace.ends_at() == clock.now + timedelta(seconds=60)


def test_without_a_total_or_before_anything_is_done_it_is_unknown() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.ends_at() is None

    pace.note("splitting", 32, None)
    pace.note("embedding", 5, 50)
    clock.now += timedelta(seconds=9)
    pace.note("splitting", 64, None)

    assert pace.ends_at() is None
