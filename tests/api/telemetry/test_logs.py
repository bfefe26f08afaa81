"""Log lines: what is in them, and what never is."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

from api.telemetry.facts import begin, note
from api.telemetry.logs import handler_to, logging_to

QUESTION = "Who leaked the harbour tolls?"


@contextmanager
def lines(*, as_json: bool = True, full: bool = False) -> Iterator[tuple[logging.Logger, Any]]:
    """A logger of ours, and a function that gives the lines so far."""
    stream = io.StringIO()
    with logging_to(stream, level="info", as_json=as_json, full_errors=full):
        yield logging.getLogger("api.test"), lambda: stream.getvalue().splitlines()


def fail() -> None:
    nothing: dict[str, int] = {}
    try:
        nothing[QUESTION]
    except KeyError as error:
        raise ValueError(QUESTION) from error


def test_a_line_is_an_object_with_time_level_logger_and_event() -> None:
    with lines() as (logger, written):
        logger.info("%d articles", 3)

    (line,) = map(json.loads, written())
    assert line.pop("time").endswith("Z")
    assert line == {"level": "info", "logger": "api.test", "event": "3 articles"}


def test_a_line_of_a_request_has_its_id() -> None:
    with lines() as (logger, written):
        request = copy_context()
        request.run(begin, "r-1")
        request.run(logger.info, "within")
        logger.info("outside")

    assert [json.loads(line).get("request_id") for line in written()] == ["r-1", None]


def test_facts_outside_of_a_request_are_nobodys() -> None:
    note(generation="g-1")  # does nothing

    with lines() as (logger, written):
        logger.info("outside")

    assert "g-1" not in written()[0]


def test_an_error_is_told_by_type_and_place_but_not_by_its_message() -> None:
    with lines() as (logger, written):
        try:
            fail()
        except ValueError:
            logger.exception("failed")

    (line,) = map(json.loads, written())
    assert line["error"] == "ValueError"
    assert line["caused_by"] == ["KeyError"]
    assert line["at"][-1].split()[-1] == "fail"
    assert QUESTION not in json.dumps(line)


def test_the_message_of_an_error_is_told_where_that_is_asked_for() -> None:
    with lines(full=True) as (logger, written):
        try:
            fail()
        except ValueError:
            logger.exception("failed")

    assert json.loads(written()[0])["error"] == f"ValueError: {QUESTION}"


def test_a_terminal_gets_columns_without_the_message_of_an_error_too() -> None:
    with lines(as_json=False) as (logger, written):
        try:
            fail()
        except ValueError:
            logger.exception("failed")

    shown = "\n".join(written())
    assert "failed" in shown
    assert "ValueError" in shown
    assert QUESTION not in shown
    assert "\x1b" not in shown


def test_of_what_another_library_says_only_the_first_line_is_kept() -> None:
    with lines() as (_, written):
        logging.getLogger("asyncio").error(
            "Task exception was never retrieved\nfuture: <Task exception=ValueError('%s')>",
            QUESTION,
        )

    assert json.loads(written()[0])["event"] == "Task exception was never retrieved"
    assert QUESTION not in written()[0]


def test_other_libraries_are_heard_from_warnings_on() -> None:
    with lines() as (_, written):
        logging.getLogger("httpx").info("GET /v1/ask?q=%s", QUESTION)
        logging.getLogger("httpx").warning("slow")

    assert [json.loads(line)["event"] for line in written()] == ["slow"]


def test_what_a_thread_raises_is_logged_without_its_message() -> None:
    with lines() as (_, written):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()

    (line,) = map(json.loads, written())
    assert (line["event"], line["error"]) == ("a thread failed", "ValueError")
    assert QUESTION not in json.dumps(line)


class Failing:
    def __del__(self) -> None:
        fail()


def test_what_a_destructor_raises_is_logged_without_its_message() -> None:
    with lines() as (_, written):
        Failing()

    (line,) = map(json.loads, written())
    assert line["error"] == "ValueError"
    assert QUESTION not in json.dumps(line)


def test_all_is_as_before_at_the_end() -> None:
    root = logging.getLogger()
    before = root.handlers, root.level

    with logging_to(io.StringIO(), level="debug", as_json=True):
        assert root.handlers != before[0]

    assert (root.handlers, root.level) == before


def test_a_count_held_back_is_told_at_the_end() -> None:
    with lines() as (logger, written):
        for _ in range(5):
            logger.warning("again")
        assert len(written()) == 1

    first, last = map(json.loads, written())
    assert (first["event"], last["event"]) == ("again", "again (4 more like it)")
    assert last["repeated"] == 4


def test_an_exception_of_any_kind_can_be_told() -> None:
    handler = handler_to(io.StringIO(), as_json=True, full_errors=False)
    try:
        fail()
    except ValueError:
        record = logging.LogRecord("api", logging.ERROR, "", 0, "failed", (), sys.exc_info())

    assert json.loads(handler.format(record))["error"] == "ValueError"
