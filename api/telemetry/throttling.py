"""Holds back warnings and errors that repeat: the first is logged, the others are counted.

Thousands of broken requests would otherwise fill the disk with equal lines.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

SECONDS = 60.0
"""After the first of a kind, how many more there were is told."""
MOST_KINDS = 500
"""Kinds told apart at a time; all further ones count as one."""

Later = Callable[[float, Callable[[], None]], Any]


def in_a_thread(seconds: float, work: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


class RepeatThrottle(logging.Filter):
    """For a handler, whose `handle` it calls with the counts."""

    def __init__(
        self,
        handle: Callable[[logging.LogRecord], Any],
        *,
        seconds: float = SECONDS,
        later: Later = in_a_thread,
    ) -> None:
        super().__init__()
        self._handle = handle
        self._seconds = seconds
        self._later = later
        self._lock = threading.Lock()
        self._counted: dict[object, tuple[logging.LogRecord, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to log it now."""
        if record.levelno < logging.WARNING or hasattr(record, "repeated"):
            return True
        key = _kind(record)
        with self._lock:
            if key not in self._counted and len(self._counted) >= MOST_KINDS:
                key = None
            if key in self._counted:
                first, count = self._counted[key]
                self._counted[key] = first, count + 1
                return False
            if not self._counted:
                self._later(self._seconds, self.tell)
            self._counted[key] = record, 0
        return True

    def tell(self) -> None:
        """Log how often each kind was held back, and let the next of each pass."""
        with self._lock:
            counted, self._counted = self._counted, {}
        for first, count in counted.values():
            if count:
                self._handle(_told(first, count))


def _kind(record: logging.LogRecord) -> object:
    """Equal for records that say the same of other things."""
    error = record.exc_info[0] if record.exc_info else None
    return record.name, record.levelno, str(record.msg).strip().partition("\n")[0], error


def _told(first: logging.LogRecord, count: int) -> logging.LogRecord:
    message = f"{first.getMessage().strip().partition(chr(10))[0]} ({count:,} more like it)"
    told = logging.LogRecord(first.name, first.levelno, first.pathname, 0, message, None, None)
    told.repeated = count
    return told
