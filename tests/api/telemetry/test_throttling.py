"""Repeated warnings are counted instead of logged."""

import logging
from collections.abc import Callable

from api.telemetry.throttling import MOST_KINDS, RepeatThrottle


class Minute:
    """Ends when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, seconds: float, work: Callable[[], None]) -> None:
        assert seconds == 60
        self.waiting.append(work)

    def end(self) -> None:
        self.waiting.pop()()


class Log:
    def __init__(self) -> None:
        self.minute = Minute()
        self.lines: list[str] = []
        self.throttle = RepeatThrottle(self._handle, later=self.minute)

    def _handle(self, record: logging.LogRecord) -> None:
        if self.throttle.filter(record):
            self.lines.append(record.getMessage())

    def say(self, message: str, *args: object, level: int = logging.WARNING) -> None:
        self._handle(logging.LogRecord("test", level, "", 0, message, args, None))


def test_of_equal_warnings_the_first_is_logged_and_the_others_are_counted() -> None:
    log = Log()

    for number in range(1001):
        log.say("caller %d sent nothing", number)
    assert log.lines == ["caller 0 sent nothing"]

    log.minute.end()
    assert log.lines[1:] == ["caller 0 sent nothing (1,000 more like it)"]


def test_a_warning_alone_is_not_told_twice_and_the_next_minute_begins_afresh() -> None:
    log = Log()

    log.say("full")
    log.minute.end()
    log.say("full")

    assert log.lines == ["full", "full"]


def test_another_warning_is_logged_and_so_is_everything_that_is_no_warning() -> None:
    log = Log()

    log.say("one")
    log.say("two")
    for _ in range(3):
        log.say("request", level=logging.INFO)

    assert log.lines == ["one", "two", "request", "request", "request"]
    assert len(log.minute.waiting) == 1


def test_messages_of_several_lines_are_equal_by_their_first() -> None:
    log = Log()

    log.say("failed\n at one")
    log.say("failed\n at two")

    assert len(log.lines) == 1


def test_there_is_an_end_to_the_kinds_told_apart() -> None:
    log = Log()

    for number in range(3 * MOST_KINDS):
        log.say(f"kind {number}")
    assert len(log.lines) == MOST_KINDS + 1

    log.minute.end()
    assert log.lines[-1] == f"kind {MOST_KINDS} ({2 * MOST_KINDS - 1:,} more like it)"
