"""Log lines of the service: JSON, or in columns on a terminal, each with the id of its request.

An exception is told by its type and its places in the code. Its message may hold a question or the
text of an article, so it is left out unless asked for.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from api.telemetry.facts import facts
from api.telemetry.throttling import RepeatThrottle
from rag.settings import ServiceSettings

logger = logging.getLogger(__name__)

OURS = ("api", "rag", "index", "eval")
_REQUESTS = "api.telemetry.requests"
_FRAMES = 20
"""Innermost places of a traceback that are told."""
_FIELDS = (
    *("method", "route", "status", "ms", "generation"),
    "repeated",
)


@contextmanager
def logging_to(
    stream: TextIO,
    *,
    level: str,
    as_json: bool,
    full_errors: bool = False,
    requests: bool = True,
) -> Iterator[None]:
    """All loggers write to the stream; our own from `level`, others from warnings."""
    root, own = logging.getLogger(), [logging.getLogger(name) for name in (*OURS, _REQUESTS)]
    handler = handler_to(stream, as_json=as_json, full_errors=full_errors)
    throttle = RepeatThrottle(handler.handle)
    handler.addFilter(throttle)
    before = root.handlers, root.level, [each.level for each in own]
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for each in own[: len(OURS)]:
        each.setLevel(level.upper())
    own[-1].setLevel(logging.NOTSET if requests else logging.WARNING)
    try:
        with _logged_hooks():
            yield
    finally:
        throttle.tell()
        root.handlers = before[0]
        root.setLevel(before[1])
        for each, old in zip(own, before[2], strict=True):
            each.setLevel(old)


@contextmanager
def _logged_hooks() -> Iterator[None]:
    """Python itself prints what a thread or a destructor raises, with its message."""
    hooks = threading.excepthook, sys.unraisablehook
    threading.excepthook = _log_thread
    sys.unraisablehook = _log_unraisable
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = hooks


def _log_thread(given: threading.ExceptHookArgs) -> None:
    logger.error("a thread failed", exc_info=given.exc_value)


def _log_unraisable(given: "sys.UnraisableHookArgs") -> None:
    logger.error("an object could not be deleted", exc_info=given.exc_value)


@contextmanager
def service_logs(settings: ServiceSettings, *, requests: bool = True) -> Iterator[None]:
    """Of a process of the service, to standard error."""
    wanted = settings.log_format
    with logging_to(
        sys.stderr,
        level=settings.log_level,
        as_json=wanted == "json" or (wanted == "auto" and not sys.stderr.isatty()),
        full_errors=settings.log_error_messages,
        requests=requests,
    ):
        yield


def handler_to(stream: TextIO, *, as_json: bool, full_errors: bool) -> logging.Handler:
    """`full_errors` adds the messages of exceptions."""
    before: list[Processor] = [
        _first_line_of_others,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(_FIELDS),
        structlog.processors.TimeStamper("iso", utc=True, key="time"),
        _add_request,
        _ErrorPlaces(full=full_errors),
    ]
    render: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not as_json:
        render = structlog.dev.ConsoleRenderer(
            colors=stream.isatty(), timestamp_key="time", pad_event_to=0
        )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    return handler


def _add_request(_: Any, __: str, event: EventDict) -> EventDict:
    if request := facts().get("request_id"):
        event["request_id"] = request
    return event


def _first_line_of_others(_: Any, __: str, event: EventDict) -> EventDict:
    """What asyncio says of a failed task ends with its exception, message and all."""
    record: logging.LogRecord = event["_record"]
    if record.name.split(".")[0] not in OURS:
        event["event"] = str(event["event"]).strip().partition("\n")[0]
    return event


class _ErrorPlaces:
    """Puts `error`, `at` and `caused_by` in place of a traceback."""

    def __init__(self, *, full: bool) -> None:
        self._full = full

    def __call__(self, _: Any, __: str, event: EventDict) -> EventDict:
        given = event.pop("exc_info", None)
        error = given[1] if isinstance(given, tuple) else given
        if not isinstance(error, BaseException):
            return event
        event["error"] = self._named(error)
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        event["at"] = [f"{each.filename}:{each.lineno} {each.name}" for each in frames]
        if causes := [self._named(each) for each in _causes(error)]:
            event["caused_by"] = causes
        return event

    def _named(self, error: BaseException) -> str:
        kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
        return f"{kind}: {error}" if self._full else kind


def _causes(error: BaseException) -> Iterator[BaseException]:
    told = {id(error)}
    while (cause := error.__cause__ or error.__context__) and id(cause) not in told:
        told.add(id(cause))
        yield cause
        error = cause
