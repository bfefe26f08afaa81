"""A body that stops or drips is given up; one that merely is large is not."""

import asyncio
from collections.abc import Sequence

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from api.http.guards.slow_bodies import BodyPace, SlowBodies

PACE = BodyPace(seconds=0.2, bytes_per_second=1000)


def read_with(pace: BodyPace, parts: Sequence[tuple[float, bytes]], *, ends: bool) -> bytes:
    """What an application reads of a body whose parts come after so many seconds each."""
    coming = iter(enumerate(parts, start=1))
    body = b""

    async def receive() -> Message:
        number, (seconds, part) = next(coming, (0, (30.0, b"")))
        await asyncio.sleep(seconds)
        more = not (ends and number == len(parts))
        return {"type": "http.request", "body": part, "more_body": more}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal body
        more = True
        while more:
            message = await receive()
            body += message["body"]
            more = message["more_body"]

    async def send(message: Message) -> None: ...

    asyncio.run(SlowBodies(app, pace=pace)({"type": "http"}, receive, send))
    return body


@pytest.mark.parametrize(
    "parts",
    [[], [(0.0, b"x")], [(0.05, b"x")] * 20],
    ids=["nothing comes", "it stops", "it drips"],
)
def test_a_body_that_comes_too_slowly_is_a_timeout(parts: list[tuple[float, bytes]]) -> None:
    with pytest.raises(HTTPException) as failure:
        read_with(PACE, parts, ends=False)

    assert failure.value.status_code == 408
    assert failure.value.headers == {"Connection": "close"}
    assert "too slowly" in failure.value.detail


def test_a_large_body_has_as_much_more_time_as_it_has_bytes() -> None:
    parts = [(0.02, b"x" * 50)] * 20

    assert len(read_with(PACE, parts, ends=True)) == 1000


def test_a_client_that_only_waits_for_its_response_is_not_slow() -> None:
    async def scenario() -> Message:
        messages = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Message:
            if (message := next(messages, None)) is not None:
                return message
            await asyncio.sleep(0.1)
            return {"type": "http.disconnect"}

        seen: list[Message] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            seen.extend([await receive(), await receive()])

        async def send(message: Message) -> None: ...

        pace = BodyPace(seconds=0.01)
        await SlowBodies(app, pace=pace)({"type": "http"}, receive, send)
        return seen[-1]

    assert asyncio.run(scenario()) == {"type": "http.disconnect"}
