"""Uvicorn's HTTP protocol with what it lacks: time limits for a client, and a room to enter.

Uvicorn itself limits only the time between two requests. Without more, whoever opens connections
and sends half a request holds them, and their file descriptors, for as long as they like.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.http.guards.connections import ConnectionRoom

_LATE = b"The request came too slowly."


@dataclass(frozen=True, slots=True)
class ClientTimes:
    """In seconds. The time for a body is `slow_bodies.BodyPace`."""

    headers: float = 10.0
    """For the whole head of a request, from its first byte or the opening of the connection."""
    rest: float = 5.0
    """For the rest of a body that was refused: closed at once, the client would miss the answer."""
    reading: float = 30.0
    """For a client that reads nothing of its response."""


class PatientProtocol(H11Protocol):
    """Patient for so long and no longer."""

    def __init__(self, *args: Any, room: ConnectionRoom, times: ClientTimes, **given: Any) -> None:
        super().__init__(*args, **given)
        self._room = room
        self._times = times
        self._waiting: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._room.enter(self)
        self._wait(self._times.headers)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.resume_writing()
        self._room.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.conn.their_state is h11.IDLE:
            self._wait(self._times.headers)
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._writing = self.loop.call_later(self._times.reading, self.drop)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None

    def drop(self) -> None:
        self._stop_waiting()
        self.transport.abort()

    def _look(self) -> None:
        """At what the connection waits for now, after something happened."""
        if self.transport.is_closing():
            return
        answered = self.cycle is None or self.cycle.response_complete
        match self.conn.their_state:
            case h11.IDLE:  # a timer runs since its first byte, or uvicorn's own between requests
                self._room.wait(self)
            case h11.SEND_BODY if answered:
                self._wait(self._times.rest)
            case h11.SEND_BODY:
                self._stop_waiting()
                self._room.wait(self)
            case _:
                self._stop_waiting()
                self._room.work(self)

    def _wait(self, seconds: float) -> None:
        """A timer that runs is not set anew: a client that drips gains nothing."""
        self._room.wait(self)
        if self._waiting is None:
            self._waiting = self.loop.call_later(seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            for event in (
                h11.Response(status_code=408, headers=headers, reason=b"Request Timeout"),
                h11.Data(data=_LATE),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
            self.transport.close()
        else:
            self.drop()


def protocol_in(room: ConnectionRoom, times: ClientTimes) -> Callable[..., asyncio.Protocol]:
    """What uvicorn's `http` setting takes: it makes one for each connection."""
    return partial(PatientProtocol, room=room, times=times)
