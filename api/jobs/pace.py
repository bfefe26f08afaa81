"""When a job will probably end, by the pace of its stages until now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class _Stage:
    began_at: datetime
    """With the first report: what came before it is not counted."""
    first: int
    done: int
    total: int | None

    def left(self, now: datetime) -> timedelta | None:
        """None if nothing was done since the first report, or there is no total."""
        if self.total is None or self.done <= self.first:
            return None
        each = (now - self.began_at) / (self.done - self.first)
        return each * (self.total - self.done)


class Pace:
    """Of one run. Stages that alternate each take the time of all, so the longest counts."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock
        self._stages: dict[str, _Stage] = {}

    def note(self, stage: str, done: int, total: int | None) -> None:
        known = self._stages.get(stage)
        if known is None:
            self._stages[stage] = _Stage(self._clock(), done, done, total)
        else:
            known.done, known.total = done, total

    def ends_at(self) -> datetime | None:
        now = self._clock()
        left = [each for stage in self._stages.values() if (each := stage.left(now)) is not None]
        return now + max(left) if left else None
