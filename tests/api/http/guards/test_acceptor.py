"""Connections are made a few at a time; who asks for health overtakes all that wait."""

import asyncio
import socket
from contextlib import ExitStack, closing

import pytest

from api.http.guards.acceptor import FairAcceptor
from api.http.guards.connections import ConnectionRoom, RoomSize
from api.http.guards.starts import StartQueue

pytestmark = [pytest.mark.server, pytest.mark.enable_socket]

ASK = b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
ROOM = RoomSize(most=500, spare=50)
Made = list[tuple[int, int]]
"""The round of the event loop and the client's port, for each connection that was made."""


async def made_of(
    heads: list[bytes], *, room: ConnectionRoom, seconds: float = 60.0, expected: int
) -> tuple[Made, list[int]]:
    """And the ports of the clients, as they connected."""
    made: Made = []
    rounds = 0

    class Recorder(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            made.append((rounds, transport.get_extra_info("peername")[1]))

    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=1000))
        clients = [
            stack.enter_context(closing(socket.create_connection(listener.getsockname())))
            for _ in heads
        ]
        for client, head in zip(clients, heads, strict=True):
            client.sendall(head)
        acceptor = FairAcceptor(
            listener, Recorder, room=room, starts=StartQueue(at_once=2), seconds=seconds
        )
        async with asyncio.timeout(60):
            while len(made) < expected or len(room):
                await asyncio.sleep(0)
                rounds += 1
        acceptor.close()
        return made, [client.getsockname()[1] for client in clients]


def test_of_three_hundred_at_once_a_few_are_made_in_a_round_and_health_first() -> None:
    room = ConnectionRoom(ROOM)
    made, ports = asyncio.run(made_of([ASK] * 300 + [HEALTH], room=room, expected=301))

    order = [port for _, port in made]
    asked = [each for each, port in made if port != ports[-1]]
    assert order.index(ports[-1]) < 30
    assert [port for port in order if port != ports[-1]] == ports[:-1]
    assert max(asked.count(each) for each in asked) <= 2


def test_a_client_that_sends_nothing_is_given_up_and_costs_no_protocol() -> None:
    room = ConnectionRoom(ROOM)
    made, ports = asyncio.run(made_of([b""] * 50 + [ASK], room=room, seconds=0.2, expected=1))

    assert [port for _, port in made] == ports[-1:]
    assert len(room) == 0


def test_beyond_the_room_clients_that_send_nothing_are_closed() -> None:
    room = ConnectionRoom(RoomSize(most=10, spare=5))
    made, ports = asyncio.run(made_of([b""] * 40 + [HEALTH], room=room, expected=1, seconds=0.2))

    assert [port for _, port in made] == ports[-1:]
