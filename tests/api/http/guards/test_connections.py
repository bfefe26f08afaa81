"""Who waits for a slow client gives way; health is answered whatever else happens."""

from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.guards.chain import Guards
from api.http.guards.connections import ConnectionRoom, RoomSize
from tests.support.fakes_api import FakeService


@dataclass(eq=False)
class Connection:
    """Remembers whether it was dropped."""

    number: int
    dropped: bool = field(default=False)

    def drop(self) -> None:
        self.dropped = True


@pytest.fixture
def ticks() -> list[float]:
    return [0.0]


@pytest.fixture
def room(ticks: list[float]) -> ConnectionRoom:
    return ConnectionRoom(RoomSize(most=3, spare=2), seconds=lambda: ticks[0])


def entered(room: ConnectionRoom, count: int) -> list[Connection]:
    connections = [Connection(number) for number in range(count)]
    for each in connections:
        room.enter(each)
    return connections


def dropped(connections: list[Connection]) -> list[int]:
    return [each.number for each in connections if each.dropped]


def test_beyond_the_limit_the_one_that_waited_longest_is_dropped(
    room: ConnectionRoom, ticks: list[float]
) -> None:
    connections = entered(room, 3)
    ticks[0] = 2.0
    connections += entered(room, 1)

    assert dropped(connections) == [0]
    assert len(room) == 3
    assert not room.crowded


def test_those_that_came_a_moment_ago_are_kept_while_there_is_room_to_spare(
    room: ConnectionRoom,
) -> None:
    connections = entered(room, 5)

    assert dropped(connections) == []
    assert room.crowded


def test_without_any_room_the_longest_is_dropped_however_short_it_waited(
    room: ConnectionRoom,
) -> None:
    connections = entered(room, 7)

    assert dropped(connections) == [0, 1]
    assert len(room) == 5


def test_one_that_is_worked_on_is_never_dropped(room: ConnectionRoom, ticks: list[float]) -> None:
    connections = entered(room, 5)
    for each in connections:
        room.work(each)
    ticks[0] = 100.0
    late = Connection(9)
    room.enter(late)

    assert dropped(connections) == []
    assert late.dropped
    assert len(room) == 5


def test_one_that_is_answered_waits_behind_the_others(
    room: ConnectionRoom, ticks: list[float]
) -> None:
    connections = entered(room, 3)
    room.work(connections[0])
    ticks[0] = 5.0
    room.wait(connections[0])
    room.enter(Connection(8))
    room.enter(Connection(9))

    assert dropped(connections) == [1, 2]


def test_one_that_has_left_frees_its_place(room: ConnectionRoom) -> None:
    connections = entered(room, 4)
    room.leave(connections[0])
    room.leave(connections[0])
    room.work(connections[0])
    room.wait(connections[0])

    assert len(room) == 3
    assert not room.crowded


def test_while_it_is_crowded_only_health_is_answered() -> None:
    room = ConnectionRoom(RoomSize(most=0))
    room.enter(Connection(1))
    with TestClient(create_app(FakeService(), guards=Guards(room=room))) as client:
        refused = client.post("/v1/ask", json={"question": "Who opposed the vote?"})
        page = client.get("/")
        health = client.get("/healthz")
        ready = client.get("/readyz")

    assert refused.status_code == page.status_code == 503
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["Retry-After"] == "2"
    assert health.status_code == 200
    assert ready.json().get("detail") != refused.json()["detail"]
