"""One key: its scope, its lifetime, and the hash that it is known by."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

PREFIX = "onr_"
"""Lets people, and programs that search for leaked secrets, see what it is."""
_TOKEN_BYTES = 32
_ID_LENGTH = 12
_LIFETIME = re.compile(r"([1-9][0-9]{0,4})([smhdwy])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400}

KeyState = Literal["valid", "expired", "revoked"]


class KeyScope(StrEnum):
    """Each may do what those before it may."""

    ASK = "ask"
    WRITE = "write"
    ADMIN = "admin"

    def covers(self, needed: "KeyScope") -> bool:
        order = list(KeyScope)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """All instants are in UTC."""

    id: str
    """The first digits of the hash."""
    name: str
    scope: KeyScope
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None
    """The last use that was noted; a later one may be minutes younger."""

    def state(self, now: datetime) -> KeyState:
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "valid"


def new_token() -> str:
    """256 random bits, as text that needs no escape in a header."""
    return PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)


def hash_of(token: str) -> str:
    """SHA-256, in hex.

    A slow hash protects passwords, which can be guessed. Nobody can guess 256 random bits, so a
    quick one is as safe and costs no time at each request.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def id_of(token_hash: str) -> str:
    return token_hash[:_ID_LENGTH]


def lifetime(written: str) -> timedelta:
    """`90d`: a number and s, m, h, d, w or y. ValueError for anything else."""
    found = _LIFETIME.fullmatch(written.strip().lower())
    if found is None:
        raise ValueError(f"{written[:40]!r} is not a time; write 90d, 12h or 1y (s, m, h, d, w, y)")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
