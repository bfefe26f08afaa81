"""Parameters of a query that a route does not have are refused, so that none is silently ignored.

`?Purge=true` would only hide an article that was to be erased. Health checks and metrics read none,
and let monitors add their own.
"""

from collections.abc import Iterator

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

UNREAD = frozenset({"/healthz", "/readyz", "/metrics"})


async def only_known(request: Request) -> None:
    """RequestValidationError for others; async, so that FastAPI needs no thread to call it."""
    if request.scope["route"].path in UNREAD:
        return
    known = set(_names(request.scope["route"]))
    faults = [
        {"type": "extra_forbidden", "loc": ("query", name), "msg": "Extra inputs are not permitted"}
        for name in request.query_params
        if name not in known
    ]
    if faults:
        raise RequestValidationError(faults)


def _names(route: APIRoute) -> Iterator[str]:
    """A model in the query stands for its fields."""
    for parameter in route.dependant.query_params:
        model = parameter.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from (field.alias or name for name, field in model.model_fields.items())
            if model.model_config.get("populate_by_name"):
                yield from model.model_fields
        else:
            yield parameter.alias
