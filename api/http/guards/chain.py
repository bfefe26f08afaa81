"""The guards of one application, and their order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import FastAPI
from limits import RateLimitItem
from starlette.middleware.cors import CORSMiddleware

from api.http.callers import AllowedCallers, KnownCallers
from api.http.guards.authorization import KeyGuard
from api.http.guards.connections import ConnectionRoom, RoomForHealth
from api.http.guards.rate_limits import RateLimit
from api.http.guards.read_only import ReadOnly
from api.http.guards.slow_bodies import SlowBodies
from api.http.limits import BodyLimit, HttpLimits
from api.keys.ring import KeyRing
from api.telemetry.requests import HEADER


@dataclass(frozen=True, slots=True)
class Guards:
    """As they stand, everybody is served."""

    callers: AllowedCallers = field(default_factory=AllowedCallers)
    keys: KeyRing | None = None
    """Closed with the application."""
    room: ConnectionRoom | None = None
    rates: Sequence[RateLimitItem] = ()
    """Of each caller."""
    read_only: bool = False

    def install(self, app: FastAPI, limits: HttpLimits) -> None:
        """The last one added sees a request first."""
        app.add_middleware(BodyLimit, limits=limits)
        app.add_middleware(SlowBodies, pace=limits.body_pace)
        if self.read_only:
            app.add_middleware(ReadOnly)
        if self.rates:
            app.add_middleware(RateLimit, limits=self.rates)
        if self.keys is not None:
            app.add_middleware(KeyGuard, keys=self.keys)
        if self.callers.origins:  # outside the keys: a preflight has none, a refusal can be read
            app.add_middleware(
                CORSMiddleware,
                allow_origins=list(self.callers.origins),
                allow_methods=["GET", "POST", "DELETE"],
                allow_headers=["Content-Type", "Authorization", "Prefer", "Last-Event-ID", HEADER],
                expose_headers=["WWW-Authenticate", "Retry-After", "Location", HEADER],
            )
        app.add_middleware(KnownCallers, allowed=self.callers)
        if self.room is not None:
            app.add_middleware(RoomForHealth, room=self.room)
