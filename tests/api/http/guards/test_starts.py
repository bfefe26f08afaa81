"""A thousand requests at once begin a few at a time; health checks do not wait for them."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from api.http.guards.starts import FairStarts, StartQueue


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


def test_a_health_check_overtakes_all_that_wait() -> None:
    order: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        order.append(scope["path"])

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None: ...

    async def scenario() -> None:
        fair = FairStarts(app, at_once=4)
        paths = [*(f"/v1/{number}" for number in range(100)), "/healthz"]
        scopes = [{"type": "http", "path": path} for path in paths]
        await asyncio.gather(*(fair(scope, receive, send) for scope in scopes))

    asyncio.run(scenario())

    assert order[0] == "/healthz"
    assert order[1:] == [f"/v1/{number}" for number in range(100)]
