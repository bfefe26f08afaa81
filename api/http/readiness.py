"""Tells whether questions can be answered yet; models load in a thread of their own."""

import logging
import threading
from collections.abc import Callable

from index.errors import OnRecordError

logger = logging.getLogger(__name__)


class Readiness:
    """Runs `check` in a thread until it has passed once; asking after a failure retries it."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ready = False
        self._stopping = False
        self._trouble = "The models are loading."

    def warm(self) -> None:
        """Starts a check, unless one is running or has passed."""
        with self._lock:
            if self._ready or (self._thread is not None and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._run, name="warm-models", daemon=True)
            self._thread.start()

    def trouble(self) -> str | None:
        """Why questions cannot be answered, or None if they can. Returns at once."""
        if self._stopping:
            return "The service is stopping."
        if self._ready:
            return None
        trouble = self._trouble
        self.warm()
        return trouble

    def is_ready(self) -> bool:
        """The same in a word, without retrying what failed."""
        return self._ready and not self._stopping

    def is_stopping(self) -> bool:
        return self._stopping

    def begin_to_stop(self) -> None:
        """No new question is to come; those that run are answered."""
        self._stopping = True

    def wait(self, seconds: float) -> None:
        """Waits for a running check to end, so that nothing it uses is closed."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._check()
        except OnRecordError as error:
            self._trouble = str(error)
            logger.warning("not ready: %s", error)
        except Exception:
            self._trouble = "The service could not start; see its log."
            logger.exception("not ready")
        else:
            self._ready = True
