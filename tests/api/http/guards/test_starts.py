"""A thousand requests at once begin a few at a time; health checks do not wait for them."""

import asyncio

import pytest

from api.http.guards.starts import StartQueue, asks_for_health


def test_requests_begin_in_their_order_and_a_few_in_each_round() -> None:
    async def scenario() -> list[tuple[int, int]]:
        queue, began = StartQueue(at_once=2), []
        rounds = 0

        async def request(number: int) -> None:
            await queue.turn()
            began.append((rounds, number))

        tasks = [asyncio.create_task(request(number)) for number in range(6)]
        while not all(task.done() for task in tasks):
            await asyncio.sleep(0)
            rounds += 1
        return began

    began = asyncio.run(scenario())

    assert [number for _, number in began] == list(range(6))
    assert max(sum(each == at for each, _ in began) for at, _ in began) == 2


def test_one_that_leaves_takes_no_turn_and_stops_nobody() -> None:
    async def scenario() -> bool:
        queue = StartQueue(at_once=1)
        leaving = asyncio.create_task(queue.turn())
        staying = asyncio.create_task(queue.turn())
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait_for(staying, 5)
        await asyncio.wait_for(queue.turn(), 5)
        return leaving.cancelled()

    assert asyncio.run(scenario())


@pytest.mark.parametrize(
    ("head", "is_health"),
    [
        (b"GET /healthz HTTP/1.1\r\n", True),
        (b"HEAD /archive/readyz HTTP/1.1\r\n", True),
        (b"GET /v1/ask?q=/healthz HTTP/1.1\r\n", False),
        (b"POST /v1/ask HTTP/1.1\r\n", False),
        (b"GET /healthz", False),
        (b"", False),
    ],
)
def test_a_request_for_health_is_known_by_its_first_line(head: bytes, is_health: bool) -> None:
    assert asks_for_health(head) == is_health
