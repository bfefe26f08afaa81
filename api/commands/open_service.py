"""Opens the service of a data folder; the only place where the command line loads it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rag.service import Service

Open = Callable[[Path | None], "Service"]


def open_for(
    data: Path | None,
    *,
    reader: str | None = None,
    read_within_ms: int | None = None,
    answers_kept: int | None = None,
    max_wrong: float | None = None,
) -> "Service":
    """Settings that are None come from the environment, or else from the defaults."""
    from rag.service import Service
    from rag.settings import read_settings

    given = {
        "reader": reader,
        "read_within_ms": read_within_ms,
        "answers_kept": answers_kept,
        "max_wrong": max_wrong,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    return Service(read_settings(data).model_copy(update=chosen))


@contextmanager
def opened_service(
    ctx: typer.Context, data: Path | None, *, answers_kept: int | None = None
) -> Iterator["Service"]:
    """The service, closed at the end. A test opens its own through the context's object."""
    opener: Open = ctx.obj or partial(open_for, answers_kept=answers_kept)
    service = opener(data)
    try:
        yield service
    finally:
        service.close()
