"""Questions, kept only where a setting asks for it, and erased when their days are over.

They are kept by day, as JSON Lines that only the user of the service may read, and nowhere else:
never in the log. Reporters' questions are confidential.
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

logger = logging.getLogger(__name__)


class QuestionDiary:
    """One file a day in `folder`, for `days` days; with 0, nothing is kept and all is erased."""

    def __init__(
        self, folder: Path, *, days: int, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folder = folder
        self._days = days
        self._clock = clock
        self._lock = threading.Lock()
        self._erased_on: date | None = None

    def keep(self, question: str, outcome: str) -> None:
        """A question is answered even if it cannot be kept."""
        if not self._days:
            return
        now = self._clock()
        line = {"at": now.isoformat(timespec="seconds"), "question": question, "outcome": outcome}
        try:
            self._write(self._folder / f"{now:%Y-%m-%d}.jsonl", json.dumps(line))
        except OSError as error:
            logger.warning("a question could not be kept: %s", error.strerror)

    def erase_old(self) -> None:
        """Erase what is over; cheap, if it was done today already."""
        today = self._clock().date()
        if self._erased_on == today:
            return
        try:
            for path, day in list(self._files()):
                if (today - day).days >= self._days:
                    path.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("old questions could not be erased: %s", error)
        else:
            self._erased_on = today

    def _files(self) -> Iterator[tuple[Path, date]]:
        for path in self._folder.glob("*.jsonl"):
            try:
                yield path, date.fromisoformat(path.stem)
            except ValueError:
                continue  # not one of ours

    def _write(self, path: Path, line: str) -> None:
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(opened, "a", encoding="utf-8") as file:
                file.write(f"{line}\n")
