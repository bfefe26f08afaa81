"""Uvicorn's server, which on SIGTERM first drains: others have time to notice, then it ends with 0.

Uvicorn itself stops listening at once, so a proxy that does not know yet gets refused connections,
and it dies of the signal.
"""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from functools import partial
from time import monotonic
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from api.commands.serving.systemd import Notifier, notifier_of_environment
from api.http.guards.acceptor import FairAcceptor
from api.http.guards.connections import ConnectionRoom
from api.http.guards.http_protocol import ClientTimes, protocol_in
from api.http.guards.starts import StartQueue

GRACE_SECONDS = 10
"""How long running questions may take to finish after Ctrl-C, or the drain."""
TICK_SECONDS = 10
"""Between two signs of life; they come from the loop that answers requests."""
YOUNG_OBJECTS = 10_000
"""Made before the garbage collector looks at them; Python's own 700 are one request."""


def run(
    app: FastAPI,
    listener: socket.socket,
    *,
    room: ConnectionRoom,
    begin_to_stop: Callable[[], None],
    end_writes: Callable[[], None],
    drain_seconds: float,
    now_and_then: Callable[[], None],
) -> None:
    """Until a signal. `now_and_then` runs in a thread, at the start and every few seconds."""
    _spare_the_collector()
    notifier = notifier_of_environment()

    async def tick() -> None:
        notifier.tell("WATCHDOG=1")
        await asyncio.to_thread(now_and_then)

    starts, times = StartQueue(), ClientTimes()
    protocol: Any = protocol_in(room, times, starts)
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        loop="asyncio",  # uvloop accepts one connection in a round
        timeout_graceful_shutdown=GRACE_SECONDS,
        access_log=False,  # it would log the questions in addresses
        log_config=None,
        callback_notify=tick,
        timeout_notify=TICK_SECONDS,
    )
    server = DrainingServer(
        config,
        begin_to_stop=begin_to_stop,
        end_writes=end_writes,
        seconds=drain_seconds,
        notifier=notifier,
        room=room,
        starts=starts,
        first_bytes=times.headers,
    )
    server.run(sockets=[listener])


def _spare_the_collector() -> None:
    """What was imported is never garbage; to look through it holds every request up for .1 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


class DrainingServer(uvicorn.Server):
    def __init__(
        self,
        config: uvicorn.Config,
        *,
        begin_to_stop: Callable[[], None],
        end_writes: Callable[[], None],
        seconds: float,
        notifier: Notifier,
        room: ConnectionRoom,
        starts: StartQueue,
        first_bytes: float,
    ) -> None:
        """`first_bytes` is how many seconds a client may send nothing."""
        super().__init__(config)
        self._begin_to_stop = begin_to_stop
        self._end_writes = end_writes
        self._seconds = seconds
        self._notifier = notifier
        self._room = room
        self._starts = starts
        self._first_bytes = first_bytes
        self._ends_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A second SIGTERM ends the drain; Ctrl-C never begins one."""
        if sig != signal.SIGTERM:
            super().handle_exit(sig, frame)
        elif self._ends_at is None:
            self._begin_to_stop()
            self._ends_at = monotonic() + self._seconds
        else:
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        if self._ends_at is not None and monotonic() >= self._ends_at:
            self.should_exit = True
        if await super().on_tick(counter):
            self._notifier.tell("STOPPING=1")
            return True
        return False

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Who waits for a write is told before open requests are waited for."""
        self._end_writes()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """With acceptors of our own instead of the event loop's."""
        await super().startup([])
        self.servers = [self._acceptor(each) for each in sockets or ()]  # type: ignore[misc]
        self._notifier.tell("READY=1")

    def _acceptor(self, listener: socket.socket) -> FairAcceptor:
        protocol: Any = self.config.http_protocol_class
        return FairAcceptor(
            listener,
            partial(
                protocol,
                config=self.config,
                server_state=self.server_state,
                app_state=self.lifespan.state,
            ),
            room=self._room,
            starts=self._starts,
            seconds=self._first_bytes,
        )
