"""Requests begin a few at a time, so that a thousand at once do not keep a health check waiting.

What a request takes before it first waits, a millisecond or two, adds up in one round of the event
loop. Between two rounds the loop looks for what else has come.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from api.http.guards.connections import HEALTH

AT_ONCE = 2
"""In one round of the event loop."""

_LONGEST_LINE = 200
"""Of a request for health."""
WORDS = 3
"""Method, path and version."""
_HEALTH = tuple(path.encode() for path in HEALTH)


def asks_for_health(data: bytes) -> bool:
    """By the first line of a request; a proxy's own path may stand before."""
    words = data[:_LONGEST_LINE].split(b" ", 2)
    return len(words) == WORDS and words[1].partition(b"?")[0].endswith(_HEALTH)


class StartQueue:
    """First come, first served. For one event loop; holds nobody once it has begun."""

    def __init__(self, *, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._waiting: deque[Callable[[], bool]] = deque()
        self._scheduled = False

    def enter(self, begin: Callable[[], bool], loop: asyncio.AbstractEventLoop) -> None:
        """`begin` is called in its turn, and returns whether it took it."""
        self._waiting.append(begin)
        if not self._scheduled:
            self._scheduled = True
            loop.call_soon(self._begin_some, loop)

    async def turn(self) -> None:
        """Returns in its turn."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()

        def begin() -> bool:
            if turn.done():  # cancelled: its client has left
                return False
            turn.set_result(None)
            return True

        self.enter(begin, loop)
        await turn

    def _begin_some(self, loop: asyncio.AbstractEventLoop) -> None:
        begun = 0
        try:
            while self._waiting and begun < self._at_once:
                begun += self._waiting.popleft()()
        finally:
            self._scheduled = bool(self._waiting)
            if self._scheduled:
                loop.call_soon(self._begin_some, loop)
