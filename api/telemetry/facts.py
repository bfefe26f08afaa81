"""Facts of the request that is being served, for the log lines of all code that serves it.

They follow a request into its threads, whose changes are seen outside too.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

_FACTS: ContextVar[dict[str, Any]] = ContextVar("facts")


def begin(request_id: str) -> None:
    """Call it in the task of the request, which ends with it."""
    _FACTS.set({"request_id": request_id})


def note(**found: Any) -> None:
    """Add facts, such as the generation that answered; nothing outside a request."""
    _FACTS.get({}).update(found)


def facts() -> Mapping[str, Any]:
    return _FACTS.get({})
