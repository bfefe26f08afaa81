"""A client that leaves takes its place in the queue with it."""

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from api.http.app import create_app
from api.http.guards.departures import while_connected
from api.http.limits import HttpLimits
from tests.support.fakes_api import FakeService

if TYPE_CHECKING:
    from api.http.service import AppState

LEAVES: Message = {"type": "http.disconnect"}
BODY: Message = {"type": "http.request", "body": b"", "more_body": False}


async def stays() -> Message:
    await asyncio.sleep(60)
    raise AssertionError("nobody waits that long")


async def leaves() -> Message:
    await asyncio.sleep(0.01)
    return LEAVES


def test_the_result_for_a_client_that_stays_is_returned() -> None:
    async def work(is_gone: Callable[[], bool]) -> str:
        return f"gone: {is_gone()}"

    assert asyncio.run(while_connected(stays, work)) == "gone: False"


def test_a_failure_is_raised_as_it_is() -> None:
    async def work(_: Callable[[], bool]) -> None:
        raise ValueError("as it is")

    with pytest.raises(ValueError, match=r"^as it is$"):
        asyncio.run(while_connected(stays, work))


def test_work_that_waits_is_cancelled_when_the_client_leaves() -> None:
    steps: list[str] = []

    async def work(_: Callable[[], bool]) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            steps.append("cancelled")

    with pytest.raises(ClientDisconnect):
        asyncio.run(while_connected(leaves, work))
    assert steps == ["cancelled"]


def test_a_thread_can_tell_that_the_client_has_left() -> None:
    seen: list[bool] = []

    def in_thread(is_gone: Callable[[], bool]) -> None:
        for _ in range(1000):
            if is_gone():
                break
            threading.Event().wait(0.01)
        seen.append(is_gone())

    async def work(is_gone: Callable[[], bool]) -> None:
        await run_in_threadpool(in_thread, is_gone)

    with pytest.raises(ClientDisconnect):
        asyncio.run(while_connected(leaves, work))
    assert seen == [True]


def test_a_question_is_not_asked_for_a_client_that_left_while_it_waited_for_its_turn() -> None:
    asked: list[str] = []
    state: AppState = create_app(
        FakeService(), limits=HttpLimits(questions_at_once=1)
    ).state.app_state

    def from_client(receive: Any, name: str) -> Any:
        request = Request({"type": "http", "headers": []}, receive)
        return state.in_turn(request, lambda _: asked.append(name))

    async def scenario() -> None:
        async with state.limit.turn():
            with pytest.raises(ClientDisconnect):
                await from_client(leaves, "one that left")
        await from_client(stays, "one that stayed")

    asyncio.run(scenario())

    assert asked == ["one that stayed"]


def test_messages_before_the_departure_are_read_over() -> None:
    messages = iter([BODY, BODY, LEAVES])

    async def receive() -> Message:
        await asyncio.sleep(0)
        return next(messages)

    async def work(_: Callable[[], bool]) -> None:
        await asyncio.sleep(60)

    with pytest.raises(ClientDisconnect):
        asyncio.run(while_connected(receive, work))
