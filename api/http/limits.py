"""Limits of the service: how many questions run at once, and how large a body may be."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

import anyio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import problem_of_http
from api.http.guards.route_paths import route_path
from api.http.guards.slow_bodies import BodyPace
from api.http.guards.starts import StartQueue
from index.language.numbers import counted

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """Limits that protect the service from its callers, and callers from each other."""

    questions_at_once: int = 4
    """Further questions wait, because the models share the same few cores."""
    wait_seconds: float = 10.0
    """How long a question waits for its turn before it is refused with Retry-After."""
    article_bytes: int = 64 * 1024 * 1024
    """Of a body of articles."""
    citation_bytes: int = 1024 * 1024
    """Of a body of citations to verify."""
    question_bytes: int = 64 * 1024
    """Of any other body: they are parsed between requests, so that a large one delays all."""

    body_pace: BodyPace = field(default_factory=BodyPace)

    def bytes_for(self, path: str) -> int:
        """How large a body of this route may be."""
        own = {"/v1/articles": self.article_bytes, "/v1/verify": self.citation_bytes}
        return own.get(path, self.question_bytes)


USUAL_SECONDS = 0.1
"""That a question takes, until some have been answered."""
_WEIGHT = 0.1
"""Of the last question in the mean."""


class ConcurrencyLimit:
    """Runs at most `at_once` questions; waiting questions hold no thread."""

    def __init__(
        self, *, at_once: int, wait_seconds: float, seconds: Callable[[], float] = monotonic
    ) -> None:
        self._places = anyio.Semaphore(at_once)
        self._at_once = at_once
        self._wait_seconds = wait_seconds
        self._seconds = seconds
        self._mean = USUAL_SECONDS
        self._refusals = StartQueue()

    @property
    def running(self) -> int:
        return self._at_once - self._places.value

    @property
    def waiting(self) -> int:
        return self._places.statistics().tasks_waiting

    @property
    def is_full(self) -> bool:
        """Whether as many wait as can have their turn in time, as long as questions take lately."""
        return self.waiting * self._mean >= self._at_once * self._wait_seconds

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        await self._enter()
        began = self._seconds()
        try:
            yield
        finally:
            self._mean += _WEIGHT * (self._seconds() - began - self._mean)
            self._places.release()

    async def _enter(self) -> None:
        with anyio.move_on_after(self._wait_seconds):
            await self._places.acquire()
            return
        await self._refusals.turn()
        logger.warning("a question was refused after waiting %s s", self._wait_seconds)
        raise HTTPException(
            503,
            f"{counted(self._at_once, 'other question', 'were')} running for "
            f"{self._wait_seconds:g} seconds; try again in a moment.",
            {"Retry-After": "2"},
        )


class BodyLimit:
    """Refuses a body over the limit: by its Content-Length, otherwise while it streams.

    Starlette's own middleware answers in plain text instead of a problem.
    """

    def __init__(self, app: ASGIApp, *, limits: HttpLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limits.bytes_for(route_path(scope))
        if _announced(scope) > limit:
            refusal = problem_of_http(Request(scope), _too_large(limit))
            await refusal(scope, receive, send)
        else:
            await self._app(scope, _counted(receive, limit), send)


def _counted(receive: Receive, limit: int) -> Receive:
    """Raises in the middle of a body that turns out too large."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise _too_large(limit)
        return message

    return counted


def _too_large(limit: int) -> HTTPException:
    return HTTPException(
        413, f"The body exceeds the limit of {limit} bytes; send it in smaller parts."
    )


def _announced(scope: Scope) -> int:
    announced = Headers(scope=scope).get("content-length", "")
    return int(announced) if announced.isascii() and announced.isdigit() else 0
