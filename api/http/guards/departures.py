"""Work for a client that has left is dropped: at once while it waits, between its steps later."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio
from starlette.requests import ClientDisconnect
from starlette.types import Receive

T = TypeVar("T")


class Departure:
    """True once the client has left; any thread may ask."""

    def __init__(self) -> None:
        self._happened = False

    def __call__(self) -> bool:
        return self._happened

    async def wait(self, receive: Receive) -> None:
        """The body must have been read: what is left of it is lost."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self._happened = True


async def while_connected(
    receive: Receive, work: Callable[[Callable[[], bool]], Awaitable[T]]
) -> T:
    """The result; ClientDisconnect if the client leaves first.

    The work is cancelled where it waits. A thread of it runs on, and may ask whether the client
    has left.
    """
    departure = Departure()
    done: list[T] = []
    failure: Exception | None = None
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            await departure.wait(receive)
            group.cancel_scope.cancel()

        group.start_soon(watch)
        try:
            done.append(await work(departure))
        except Exception as error:  # noqa: BLE001  raised below; the group would wrap it in its own
            failure = error
        group.cancel_scope.cancel()
    if departure():
        raise ClientDisconnect
    if failure is not None:
        raise failure
    return done[0]
