"""A body that comes too slowly is given up, so that its connection and memory are free again."""

from asyncio import get_running_loop
from dataclasses import dataclass

import anyio
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class BodyPace:
    """Each byte gives more time, so that a large body may take longer, but not one that drips."""

    seconds: float = 20.0
    """To begin with."""
    bytes_per_second: float = 16 * 1024


class SlowBodies:
    """Counts only the time in which the client is waited for."""

    def __init__(self, app: ASGIApp, *, pace: BodyPace) -> None:
        self._app = app
        self._pace = pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        timed = _Timed(receive, self._pace) if scope["type"] == "http" else receive
        await self._app(scope, timed, send)


class _Timed:
    def __init__(self, receive: Receive, pace: BodyPace) -> None:
        self._receive = receive
        self._pace = pace
        self._left = pace.seconds
        self._ended = False

    async def __call__(self) -> Message:
        if self._ended:  # whoever waits now waits for the client to leave
            return await self._receive()
        began = get_running_loop().time()
        with anyio.move_on_after(self._left):
            message = await self._receive()
            self._count(message, get_running_loop().time() - began)
            return message
        self._ended = True
        raise HTTPException(
            408,
            f"The body came too slowly: after {self._pace.seconds:g} seconds at least "
            f"{self._pace.bytes_per_second / 1024:g} KB a second are expected.",
            {"Connection": "close"},
        )

    def _count(self, message: Message, seconds: float) -> None:
        self._ended = not message.get("more_body", False)
        self._left += len(message.get("body", b"")) / self._pace.bytes_per_second - seconds
