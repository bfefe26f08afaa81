"""Accepts connections so that a thousand at once do not keep a health check waiting.

An event loop's own server makes transport and protocol of each connection as it comes, which takes
longer than all that a health check needs. Here whoever has sent a request waits for a turn.
"""

import asyncio
import logging
import socket
from collections.abc import Callable

from api.http.guards.connections import ConnectionRoom
from api.http.guards.starts import StartQueue, asks_for_health

logger = logging.getLogger(__name__)

BACKLOG = 2048
"""Connections that the system keeps until they are accepted."""
IN_A_ROUND, MADE_IN_A_ROUND = 128, 8
"""Accepted in one round of the event loop, and those that are made at once."""
SEEN_BYTES = 200
PAUSE_SECONDS = 0.2
"""After the system had no file or memory for a connection."""


class FairAcceptor:
    """Stands for the `asyncio.Server` of one listening socket. Made in a running loop."""

    def __init__(
        self,
        listener: socket.socket,
        protocol: Callable[[], asyncio.Protocol],
        *,
        room: ConnectionRoom,
        starts: StartQueue,
        seconds: float,
    ) -> None:
        """`seconds` is how long a client may send nothing."""
        self._listener = listener
        self._protocol = protocol
        self._room = room
        self._starts = starts
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._arrivals: set[Arrival] = set()
        self._making: set[asyncio.Task[None]] = set()
        self._made = 0
        self._closed = False
        listener.setblocking(False)
        listener.listen(BACKLOG)
        self._listen()

    def close(self) -> None:
        """Accepts no more. Who has sent a request is served."""
        self._closed = True
        self._loop.remove_reader(self._listener)
        for each in list(self._arrivals):
            if each.timer is None:
                self._make(each)
            else:
                each.drop()

    async def wait_closed(self) -> None:
        """Uvicorn waits for the connections itself."""

    def _listen(self) -> None:
        if not self._closed:
            self._loop.add_reader(self._listener, self._accept_some)

    def _accept_some(self) -> None:
        """Those above the limit are made at once: they are refused, and then give way."""
        made_before = self._made
        for _ in range(IN_A_ROUND):
            if self._made - made_before == MADE_IN_A_ROUND:
                return
            try:
                connection, _ = self._listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                logger.warning("no connection can be accepted: %s", error.strerror)
                self._loop.remove_reader(self._listener)
                self._loop.call_later(PAUSE_SECONDS, self._listen)
                return
            self._take(connection)

    def _take(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        arrival = Arrival(connection, self._forget)
        self._arrivals.add(arrival)
        self._room.enter(arrival)
        if arrival in self._arrivals and not self._look(arrival):
            self._loop.add_reader(connection, self._look, arrival)
            arrival.timer = self._loop.call_later(self._seconds, arrival.drop)

    def _look(self, arrival: "Arrival") -> bool:
        """Whether something has come."""
        try:
            begun = arrival.connection.recv(SEEN_BYTES, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            begun = b""
        self._stop_looking(arrival)
        if not begun:  # the client has left
            arrival.drop()
        elif asks_for_health(begun) or self._room.crowded:
            self._make(arrival)
        else:
            self._room.work(arrival)
            self._starts.enter(lambda: self._make(arrival), self._loop)
        return True

    def _make(self, arrival: "Arrival") -> bool:
        """False if it has left, gave way or was made before."""
        if arrival not in self._arrivals:
            return False
        self._forget(arrival)
        self._made += 1
        task = self._loop.create_task(self._connect(arrival.connection))
        self._making.add(task)
        task.add_done_callback(self._making.discard)
        return True

    def _forget(self, arrival: "Arrival") -> None:
        self._arrivals.discard(arrival)
        self._room.leave(arrival)
        self._stop_looking(arrival)

    def _stop_looking(self, arrival: "Arrival") -> None:
        if arrival.timer is not None:
            arrival.timer.cancel()
            arrival.timer = None
            self._loop.remove_reader(arrival.connection)

    async def _connect(self, connection: socket.socket) -> None:
        try:
            await self._loop.connect_accepted_socket(self._protocol, connection)
        except OSError:  # its client has left meanwhile
            connection.close()


class Arrival:
    """A connection that was accepted and has no protocol yet."""

    def __init__(self, connection: socket.socket, forget: Callable[["Arrival"], None]) -> None:
        self.connection = connection
        self.timer: asyncio.TimerHandle | None = None
        """While nothing has come."""
        self._forget = forget

    def drop(self) -> None:
        self._forget(self)
        self.connection.close()
