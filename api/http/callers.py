"""Who may call: programs that use one of this service's names, and pages of the same address.

A page of another site can reach a service on this machine through its reader's browser: under a
name of its own that it points to 127.0.0.1 (DNS rebinding), or by a form that it sends here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.errors import problem_of_http

ANY = "*"
THIS_MACHINE = frozenset({"localhost"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SHOWN = 80
"""Characters of a header in a message."""


@dataclass(frozen=True, slots=True)
class AllowedCallers:
    """Names of this service and other sites whose pages may call it, both in lower case.

    Its addresses need no mention: nobody can point an address elsewhere, as they can a name.
    """

    hosts: Collection[str] = (ANY,)
    origins: Collection[str] = ()
    """As browsers send them: `https://desk.example`."""

    def fault(self, method: str, host: str, origin: str | None) -> HTTPException | None:
        """Why a request with these headers is refused; None if it is served."""
        name = host_name(host)
        if ANY not in self.hosts and not _is_address(name) and name not in self.hosts:
            return HTTPException(
                421,
                f"This service does not answer for {host[:_SHOWN]!r}; use one of "
                f"{', '.join(sorted(self.hosts))}, or add the name to ONRECORD_ALLOWED_HOSTS.",
            )
        if method in _READING or origin is None or origin.lower() in self.origins:
            return None
        if (place := _place(origin)) and place == host.lower():
            return None
        return HTTPException(
            403,
            f"A page of {origin[:_SHOWN]!r} may not write here; add its address to "
            "ONRECORD_ALLOWED_ORIGINS if it should.",
        )


class KnownCallers:
    """Refuses strangers before anything of their request is read."""

    def __init__(self, app: ASGIApp, *, allowed: AllowedCallers) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            fault = self._allowed.fault(
                scope["method"], headers.get("host", ""), headers.get("origin")
            )
            if fault is not None:
                await problem_of_http(Request(scope), fault)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def host_name(host: str) -> str:
    """In lower case, without its port, a last dot, and the brackets around an IPv6 address."""
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _place(origin: str) -> str:
    """Name and port; nothing if it is malformed."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
