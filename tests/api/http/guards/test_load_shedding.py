"""Who would wait in vain is told at once, before a body is read or a place is waited for."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from api.http.guards.load_shedding import LoadShedding
from api.http.limits import USUAL_SECONDS, ConcurrencyLimit


async def statuses(limit: ConcurrencyLimit, *paths: str) -> list[int]:
    """200 of whoever reaches the application; it reads no body."""
    found: list[int] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    shedding = LoadShedding(app, limit=limit)
    for path in paths:
        scope = {"type": "http", "method": "POST", "path": path, "headers": []}
        await shedding({**scope, "query_string": b"", "server": ("localhost", 80)}, receive, send)
    return found


def limited(seconds: list[float]) -> ConcurrencyLimit:
    return ConcurrencyLimit(at_once=1, wait_seconds=1.0, seconds=lambda: seconds[0])


async def waiting(limit: ConcurrencyLimit, count: int) -> list[asyncio.Task[None]]:
    async def wait() -> None:
        async with limit.turn():
            pass

    tasks = [asyncio.create_task(wait()) for _ in range(count)]
    while limit.waiting < count:  # noqa: ASYNC110  rounds of the loop
        await asyncio.sleep(0)
    return tasks


@pytest.mark.parametrize(("count", "status"), [(9, 200), (10, 503)])
def test_as_many_may_wait_as_can_have_their_turn_in_time(count: int, status: int) -> None:
    async def scenario() -> list[int]:
        limit = limited([0.0])
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(limit.turn())
            tasks = await waiting(limit, count)
            found = await statuses(limit, "/v1/ask", "/v1/articles", "/healthz")
            for each in tasks:
                each.cancel()
        return found

    assert USUAL_SECONDS * 10 == 1.0
    assert asyncio.run(scenario()) == [status, 200, 200]


def test_how_long_questions_took_lately_decides_how_many_may_wait() -> None:
    seconds = [0.0]

    async def scenario() -> tuple[bool, bool]:
        limit = limited(seconds)
        for _ in range(50):
            async with limit.turn():
                seconds[0] += 0.5
        async with limit.turn():
            full = []
            for count in (1, 3):
                tasks = await waiting(limit, count)
                full.append(limit.is_full)
                for each in tasks:
                    each.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        return full[0], full[1]

    assert asyncio.run(scenario()) == (False, True)


def test_those_whose_time_is_over_are_refused_a_few_in_a_round() -> None:
    rounds = 0
    refused: list[int] = []

    async def scenario() -> None:
        nonlocal rounds
        limit = ConcurrencyLimit(at_once=1, wait_seconds=0.05)

        async def ask() -> None:
            try:
                async with limit.turn():
                    pass
            except HTTPException:
                refused.append(rounds)

        async with limit.turn():
            tasks = [asyncio.create_task(ask()) for _ in range(60)]
            while not all(task.done() for task in tasks):
                await asyncio.sleep(0)
                rounds += 1

    asyncio.run(scenario())

    assert len(refused) == 60
    assert max(refused.count(each) for each in refused) <= 4
