"""Uvicorn's HTTP protocol with what it lacks: limits of time and size for a client, fair turns.

No client is upgraded to another protocol. The parser would drop the body of who offers that (as
`curl --http2` does), so the offer is hidden from it, as RFC 9110, 7.8 allows.

Uvicorn itself limits only the time between two requests. Without more, whoever opens connections
and sends half a request holds them, and their file descriptors, for as long as they like.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.http.guards.connections import ConnectionRoom
from api.http.guards.starts import StartQueue, asks_for_health

MOST_HEAD_BYTES = 64 * 1024
"""Of a head, of trailers, or of anything else that is not a body."""
MOST_PIPELINED = 16
"""Requests that a client may send before it has the response to an earlier one."""
_HEAD_END = b"\r\n\r\n"
_UPGRADE = re.compile(rb"(?<=\r\n)upgrade(?=[ \t]*:)", re.IGNORECASE)
_BAD = (
    b"400 Bad Request",
    (
        b"This is no request that is understood here. Characters of an address other than ASCII "
        b"are written as %XX; requests are sent ahead sparingly."
    ),
)
_NO_UPGRADE = b"400 Bad Request", b"No other protocol is offered here; leave out Upgrade."
_LATE = b"408 Request Timeout", b"The request came too slowly."
_TOO_LARGE = b"431 Request Header Fields Too Large", b"The head of the request is too large."


@dataclass(frozen=True, slots=True)
class ClientTimes:
    """In seconds. The time for a body is `slow_bodies.BodyPace`."""

    headers: float = 10.0
    """For the whole head of a request, from its first byte or the opening of the connection."""
    rest: float = 5.0
    """For the rest of a body that was refused: closed at once, the client would miss the answer."""
    reading: float = 30.0
    """For a client that reads nothing of its response."""


class RequestPart(Enum):
    """What of a request is being read."""

    NONE = auto()
    HEAD = auto()
    BODY = auto()


class PatientProtocol(HttpToolsProtocol):
    """Patient for so long and no longer. A request waits for its turn before its head is parsed."""

    def __init__(
        self,
        *args: Any,
        room: ConnectionRoom,
        times: ClientTimes,
        starts: StartQueue,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._room = room
        self._times = times
        self._starts = starts
        self._waiting: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None
        self._part = RequestPart.NONE
        self._beside = 0
        """Bytes read since the last head or piece of a body was complete."""
        self._held: list[bytes] = []
        """What has come and waits for its turn."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._room.enter(self)
        self._wait(self._times.headers)

    def connection_lost(self, exc: Exception | None) -> None:
        self._held.clear()
        self._stop_waiting()
        self.resume_writing()
        self._room.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """What may begin a request waits for its turn, unless it asks for health."""
        self._unset_keepalive_if_required()
        if self._held:
            self._held.append(data)
            self.flow.pause_reading()
        elif self._part is RequestPart.BODY or asks_for_health(data):
            self._read(data)
        else:
            if self._is_answered:
                self._wait(self._times.headers)
            if _HEAD_END in data:
                self._room.work(self)
            self._held.append(data)
            self._starts.enter(self._begin, self.loop)

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= MOST_PIPELINED:
            raise ValueError("too many requests are pipelined")
        super().on_message_begin()
        self._part = RequestPart.HEAD

    def on_header(self, name: bytes, value: bytes) -> None:
        """Those after a body are not looked at: the request is being worked on already."""
        if self._part is RequestPart.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._part = RequestPart.BODY
        self._beside = 0

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._beside = 0

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._part = RequestPart.NONE
        self._beside = 0

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

    def shutdown(self) -> None:
        self._begin()
        super().shutdown()

    def drop(self) -> None:
        self._stop_waiting()
        self.transport.abort()

    def _begin(self) -> bool:
        """Its turn has come: read what has come until now, if the client has not left."""
        data = b"".join(self._held)
        self._held.clear()
        if not data or self.transport.is_closing():
            return False
        self.flow.resume_reading()
        self._read(data)
        return True

    def _read(self, data: bytes) -> None:
        if self._part is not RequestPart.BODY:
            head, end, rest = data.partition(_HEAD_END)
            if self._beside + len(head) > MOST_HEAD_BYTES:
                self._refuse(*_TOO_LARGE)
                return
            data = _UPGRADE.sub(b"x-upgrade", head) + end + rest
        self._beside += len(data)
        super().data_received(data)
        if self._part is not RequestPart.NONE and self._beside > MOST_HEAD_BYTES:
            self._refuse(*_TOO_LARGE)
        self._look()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's signature
        """In our words; uvicorn's are the same for every fault."""
        self._refuse(*_BAD)

    def _unsupported_upgrade_warning(self) -> None:
        """The offer came in pieces and was not hidden: what follows it was not read."""
        self._refuse(*_NO_UPGRADE)

    def _look(self) -> None:
        """At what the connection waits for now, after something happened."""
        if self.transport.is_closing():
            return
        match self._part:
            case RequestPart.BODY if self._is_answered:
                self._wait(self._times.rest)
            case RequestPart.BODY:
                self._stop_waiting()
                self._room.wait(self)
            case RequestPart.HEAD if self._is_answered:
                self._unset_keepalive_if_required()
                self._wait(self._times.headers)
            case RequestPart.NONE if (
                self._is_answered
            ):  # a timer runs, or uvicorn's own between requests
                self._room.wait(self)
            case _:
                self._stop_waiting()
                self._room.work(self)

    @property
    def _is_answered(self) -> bool:
        """Whether nothing that has been read is still worked on."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

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
        self._waiting = None
        self._begin()  # it may be complete since, and we are late
        if not self._is_answered:
            return
        if self._part is RequestPart.HEAD:
            self._refuse(*_LATE)
        else:
            self.drop()

    def _refuse(self, status: bytes, words: bytes) -> None:
        """In plain text, and close: nobody is waiting for what was not understood."""
        if self.transport.is_closing():
            return
        head = b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
        length = b"content-length: %d\r\n" % len(words)
        self.transport.write(b"HTTP/1.1 " + status + b"\r\n" + head + length + b"\r\n" + words)
        self.transport.close()


def protocol_in(
    room: ConnectionRoom, times: ClientTimes, starts: StartQueue
) -> Callable[..., asyncio.Protocol]:
    """What uvicorn's `http` setting takes: it makes one for each connection."""
    return partial(PatientProtocol, room=room, times=times, starts=starts)
