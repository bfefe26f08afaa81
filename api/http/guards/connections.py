"""How many connections there are, which of them give way, and room that is kept for health checks.

Knows no server: a connection is anything that can be dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.errors import problem_of_http
from api.http.guards.route_paths import route_path

HEALTH = frozenset({"/healthz", "/readyz"})
"""What a monitor asks: served while everything else is refused."""
SPARE = 100
"""Connections above the limit, which are served only if they ask for health."""
PATIENCE_SECONDS = 1.0
"""How long a client may be waited for while others come in vain."""
_CROWDED = HTTPException(
    503,
    "Too many connections are open; try again in a moment.",
    {"Retry-After": "2", "Connection": "close"},
)


class Droppable(Protocol):
    def drop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RoomSize:
    most: int = 1000
    spare: int = SPARE


class ConnectionRoom:
    """Who waits for its client gives way to who comes: those that have waited longest first.

    A connection waits while its request is incomplete, or between requests. One whose request
    is worked on is never dropped. Not for several threads.
    """

    def __init__(self, size: RoomSize, *, seconds: Callable[[], float] = monotonic) -> None:
        self._size = size
        self._seconds = seconds
        self._open: set[Droppable] = set()
        self._waiting: dict[Droppable, float] = {}
        """Since when; the longest first."""

    def __len__(self) -> int:
        return len(self._open)

    @property
    def crowded(self) -> bool:
        return len(self._open) > self._size.most

    def enter(self, connection: Droppable) -> None:
        """It waits from now on. It is dropped itself if all others are worked on."""
        if len(self._open) >= self._size.most:
            self._drop_one(patience=PATIENCE_SECONDS)
        if len(self._open) >= self._size.most + self._size.spare:
            self._drop_one(patience=0)
        if len(self._open) >= self._size.most + self._size.spare:
            connection.drop()
            return
        self._open.add(connection)
        self.wait(connection)

    def wait(self, connection: Droppable) -> None:
        """For its client; one that waits already keeps its place."""
        if connection in self._open:
            self._waiting.setdefault(connection, self._seconds())

    def work(self, connection: Droppable) -> None:
        self._waiting.pop(connection, None)

    def leave(self, connection: Droppable) -> None:
        self._open.discard(connection)
        self._waiting.pop(connection, None)

    def _drop_one(self, *, patience: float) -> None:
        longest = next(iter(self._waiting), None)
        if longest is not None and self._seconds() - self._waiting[longest] >= patience:
            self.leave(longest)
            longest.drop()


class RoomForHealth:
    """Above the limit of connections only health is answered; all else gets 503 at once."""

    def __init__(self, app: ASGIApp, *, room: ConnectionRoom) -> None:
        self._app = app
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._room.crowded and route_path(scope) not in HEALTH:
            await problem_of_http(Request(scope), _CROWDED)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
