"""Clients that send or read too slowly, over real connections."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import Any

import pytest
import uvicorn

from api.commands.serving.server import DrainingServer
from api.commands.serving.systemd import Notifier
from api.http.app import create_app
from api.http.guards.chain import Guards
from api.http.guards.connections import ConnectionRoom, RoomSize
from api.http.guards.http_protocol import (
    MOST_HEAD_BYTES,
    MOST_PIPELINED,
    ClientTimes,
    protocol_in,
)
from api.http.guards.slow_bodies import BodyPace
from api.http.guards.starts import StartQueue
from api.http.limits import HttpLimits
from tests.support.fakes_api import FakeService

pytestmark = [pytest.mark.server, pytest.mark.enable_socket]

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
HALF_HEAD = b"GET /healthz HTTP/1.1\r\nHost: loc"
HALF_BODY = POST + b'Content-Length: 50\r\n\r\n{"question'
TIMES = ClientTimes(headers=0.3, rest=0.3, reading=0.3)
PATIENT = ClientTimes(headers=60, rest=60, reading=60)


@contextmanager
def served(room: ConnectionRoom, times: ClientTimes) -> Iterator[tuple[str, int]]:
    pace = BodyPace(seconds=times.headers)
    limits, guards = HttpLimits(body_pace=pace), Guards(room=room)
    app = create_app(FakeService(), limits=limits, guards=guards)
    starts = StartQueue()
    protocol: Any = protocol_in(room, times, starts)
    config = uvicorn.Config(app, http=protocol, log_level="error", timeout_keep_alive=1)
    with socket.create_server(("127.0.0.1", 0), backlog=2000) as listener:
        server = DrainingServer(
            config,
            begin_to_stop=lambda: None,
            end_writes=lambda: None,
            seconds=0,
            notifier=Notifier(),
            room=room,
            starts=starts,
            first_bytes=times.headers,
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    with served(ConnectionRoom(RoomSize()), TIMES) as address:
        yield address


def sent(address: tuple[str, int], words: bytes) -> socket.socket:
    connection = socket.create_connection(address, timeout=60)
    connection.sendall(words)
    return connection


def answer_from(connection: socket.socket) -> bytes:
    """Head and body come in one piece or in two."""
    answer = b""
    while b"}" not in answer:
        answer += connection.recv(4000)
    return answer


def everything_from(connection: socket.socket) -> bytes:
    """Until the server closes."""
    with closing(connection):
        found = b""
        try:
            while part := connection.recv(65536):
                found += part
        except ConnectionResetError:
            pass
        return found


def status(address: tuple[str, int], request: bytes = HEALTH) -> bytes:
    with closing(sent(address, request)) as connection:
        return connection.recv(1000).split(b"\r\n")[0]


@pytest.mark.parametrize(
    ("words", "answer"),
    [(b"", b""), (HALF_HEAD, b"HTTP/1.1 408"), (HALF_BODY, b"HTTP/1.1 408")],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_client_that_stops_is_closed(
    address: tuple[str, int], words: bytes, answer: bytes
) -> None:
    began = time.monotonic()
    response = everything_from(sent(address, words))

    assert response.startswith(answer)
    assert bool(response) == bool(answer)
    assert time.monotonic() - began < 8


def test_a_head_that_drips_gains_no_time(address: tuple[str, int]) -> None:
    connection = sent(address, HALF_HEAD)
    began = time.monotonic()
    connection.settimeout(0.05)
    response = b""
    while not response and time.monotonic() - began < 8:
        connection.sendall(b"x")
        with suppress(TimeoutError):
            response = connection.recv(1000)

    connection.close()
    assert response.startswith(b"HTTP/1.1 408")


def test_the_rest_of_a_refused_body_is_read_for_a_moment_only(address: tuple[str, int]) -> None:
    connection = sent(address, POST + b"Content-Length: 60000000\r\n\r\n")
    response = everything_from(connection)

    assert response.startswith(b"HTTP/1.1 413")


def test_a_client_that_keeps_its_connection_may_ask_again(address: tuple[str, int]) -> None:
    with closing(sent(address, HEALTH)) as connection:
        first = answer_from(connection)
        time.sleep(0.6)
        connection.sendall(HEALTH)
        second = answer_from(connection)

    assert first.startswith(b"HTTP/1.1 200")
    assert second.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("words", [b"", HALF_HEAD, HALF_BODY], ids=["nothing", "head", "body"])
def test_eleven_hundred_unfinished_requests_do_not_shut_out_health(words: bytes) -> None:
    room = ConnectionRoom(RoomSize(most=900, spare=50))
    with served(room, PATIENT) as address, ExitStack() as stack:
        for _ in range(1100):
            stack.enter_context(closing(sent(address, words)))
        found = {status(address) for _ in range(20)}

    assert found == {b"HTTP/1.1 200 OK"}


def test_a_thousand_clients_get_an_answer_or_are_told_to_come_again() -> None:
    room = ConnectionRoom(RoomSize(most=600, spare=500))
    request = b"GET /v1/index HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with served(room, PATIENT) as address, ExitStack() as stack:
        clients = [
            stack.enter_context(closing(socket.create_connection(address, timeout=20)))
            for _ in range(1000)
        ]
        for each in clients:
            each.sendall(request)
        statuses = {each.recv(4000).split(b"\r\n")[0] for each in clients}

    assert statuses <= {b"HTTP/1.1 200 OK", b"HTTP/1.1 503 Service Unavailable"}


@pytest.mark.parametrize(
    "words",
    [
        b"GET /" + b"x" * 2 * MOST_HEAD_BYTES,
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nA: " + b"x" * 2 * MOST_HEAD_BYTES,
        b"GET /healthz HTTP/1.1\r\n" + b"a: b\r\n" * MOST_HEAD_BYTES,
        POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nA: " + b"x" * 8 * MOST_HEAD_BYTES,
        POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"a: b\r\n" * 2 * MOST_HEAD_BYTES,
    ],
    ids=["path", "header", "headers", "trailer", "trailers"],
)
def test_a_head_without_end_is_refused(words: bytes) -> None:
    with served(ConnectionRoom(RoomSize()), PATIENT) as address:
        connection = socket.create_connection(address, timeout=20)
        with suppress(ConnectionError):
            connection.sendall(words)
        response = everything_from(connection)

    assert not response or response.startswith(b"HTTP/1.1 431")


def test_a_trailer_is_no_header(address: tuple[str, int]) -> None:
    words = POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nHost: elsewhere\r\n\r\n"

    assert b" 422 " in status(address, words)


def test_requests_sent_ahead_are_answered_in_turn_and_not_too_many(
    address: tuple[str, int],
) -> None:
    few = everything_from(sent(address, HEALTH * 9))
    many = everything_from(sent(address, HEALTH * 10 * MOST_PIPELINED))

    assert few.count(b"HTTP/1.1 200") == 9
    assert b"HTTP/1.1 400" in many
    assert many.count(b"HTTP/1.1 200") <= MOST_PIPELINED


@pytest.mark.parametrize(
    "offer",
    [
        b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
        b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
        b"connection: upgrade\r\nUPGRADE: h2c\r\n",
    ],
    ids=["websocket", "HTTP/2, as curl offers it", "capitals"],
)
def test_who_offers_another_protocol_is_answered_in_this_one(
    address: tuple[str, int], offer: bytes
) -> None:
    """The parser took the body for one of the other protocol."""
    question = b'{"question": "What did Tobias Renn say?"}'
    length = b"Content-Length: %d\r\n" % len(question)

    asked = everything_from(sent(address, POST + offer + length + b"\r\n" + question))
    looked = status(address, HEALTH[:-2] + offer + b"\r\n")
    both = everything_from(sent(address, HEALTH[:-2] + offer + b"\r\n" + HEALTH))

    assert asked.startswith(b"HTTP/1.1 200")
    assert looked == b"HTTP/1.1 200 OK"
    assert both.count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(("size", "found"), [(-200, b" 200 "), (200, b" 431 ")])
def test_a_head_may_have_so_many_bytes_and_no_more(
    address: tuple[str, int], size: int, found: bytes
) -> None:
    assert found in status(
        address, HEALTH[:-2] + b"A: " + b"x" * (MOST_HEAD_BYTES + size) + b"\r\n\r\n"
    )


def test_who_types_an_address_as_it_is_read_learns_how_it_is_written(
    address: tuple[str, int],
) -> None:
    typed = "GET /v1/ask?q=Hallström HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

    assert b"%XX" in everything_from(sent(address, typed))
