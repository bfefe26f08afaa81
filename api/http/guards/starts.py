"""Requests begin a few at a time, so that a thousand at once do not keep a health check waiting.

What a request takes before it first waits, a millisecond or two, adds up in one round of the event
loop. Between two rounds the loop looks for what else has come.
"""

import asyncio
from collections import deque

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.guards.connections import HEALTH
from api.http.guards.route_paths import route_path

AT_ONCE = 4
"""In one round of the event loop."""


class StartQueue:
    """First come, first served. For one event loop; holds nobody once it has begun."""

    def __init__(self, *, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._scheduled = False

    async def turn(self) -> None:
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        if not self._scheduled:
            self._scheduled = True
            loop.call_soon(self._begin_some, loop)
        await turn

    def _begin_some(self, loop: asyncio.AbstractEventLoop) -> None:
        begun = 0
        while self._waiting and begun < self._at_once:
            turn = self._waiting.popleft()
            if not turn.done():  # else it was cancelled: its client has left
                turn.set_result(None)
                begun += 1
        self._scheduled = bool(self._waiting)
        if self._scheduled:
            loop.call_soon(self._begin_some, loop)


class FairStarts:
    """Health checks begin at once."""

    def __init__(self, app: ASGIApp, *, at_once: int = AT_ONCE) -> None:
        self._app = app
        self._queue = StartQueue(at_once=at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and route_path(scope) not in HEALTH:
            await self._queue.turn()
        await self._app(scope, receive, send)
