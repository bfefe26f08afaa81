"""Tells whoever waits in an event loop that some job has changed, from any thread."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Changes:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def tell(self) -> None:
        with self._lock:
            listeners = list(self._listeners)
        for loop, changed in listeners:
            with suppress(RuntimeError):  # this loop has ended meanwhile
                loop.call_soon_threadsafe(changed.set)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """An event that each change sets; clear it before you look at the jobs."""
        listener = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._listeners.add(listener)
        try:
            yield listener[1]
        finally:
            with self._lock:
                self._listeners.discard(listener)
