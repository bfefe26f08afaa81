"""How often one caller may ask: by its key, or by its address if it has none."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import time

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.errors import RATE_LIMITED, problem
from api.http.guards.authorization import KEY, needed_scope
from api.http.guards.route_paths import route_path

_IPV6_BITS = 64
"""Of an address: whoever has one has all that begin with them."""


class RateLimit:
    """Counts requests to routes that a key may be needed for: not the page, never health.

    A sliding window: a burst at the turn of a minute counts in both minutes.
    """

    def __init__(self, app: ASGIApp, *, limits: Sequence[RateLimitItem]) -> None:
        self._app = app
        self._limits = limits
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and needed_scope(scope["method"], route_path(scope)):
            caller = caller_of(scope)
            for limit in self._limits:
                if not self._counter.hit(limit, caller):
                    await self._refuse(limit, caller, scope, receive, send)
                    return
        await self._app(scope, receive, send)

    async def _refuse(
        self, limit: RateLimitItem, caller: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        seconds = max(1, ceil(self._counter.get_window_stats(limit, caller).reset_time - time()))
        wait = "1 second" if seconds == 1 else f"{seconds} seconds"
        whose = "This key" if scope.get(KEY) else "This address"
        refusal = problem(
            Request(scope),
            RATE_LIMITED,
            f"{whose} may send {limit}; try again in {wait}.",
        )
        refusal.headers["Retry-After"] = str(seconds)
        await refusal(scope, receive, send)


def caller_of(scope: Scope) -> str:
    """The id of the key, or the address; of an IPv6 address the network."""
    if key := scope.get(KEY):
        return f"key {key.id}"
    host = (scope.get("client") or ("unknown", 0))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return f"address {host}"
    if isinstance(address, IPv6Address):
        return f"network {int(address) >> (128 - _IPV6_BITS):x}"
    return f"address {address}"
