"""`onrecord ask` and `search`: the service is called and its reply printed."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.schemas.replies import ReplyBody, SearchBody
from index.documents import Filter
from index.errors import NoIndexError
from tests.support.fakes_api import FakeService
from tests.support.fakes_cli import failing, run, unwrapped

ANSWERED = "harbour tolls will go"
REFUSED = "volcano eruptions somewhere"
QUOTE = "The harbour tolls will go."


def test_an_answer_shows_the_quote_in_its_paragraph_with_outlet_and_date() -> None:
    result = run(FakeService(), "ask", ANSWERED)

    assert result.exit_code == 0
    assert result.stdout.startswith(f"»{QUOTE}« After four hours")
    assert "The Quay Courier, 4 March 2025" in result.stdout
    assert "article harbour-tolls 0:26" in result.stdout
    assert result.stderr == ""


def test_a_refusal_says_so_and_exits_3() -> None:
    result = run(FakeService(), "ask", REFUSED)

    assert result.exit_code == 3
    assert result.stdout.startswith("Not on the record. ")


@pytest.mark.parametrize(("question", "code"), [(ANSWERED, 0), (REFUSED, 3)])
def test_ask_prints_the_same_json_as_http(question: str, code: int) -> None:
    result = run(FakeService(), "ask", question, "--json", "--alternatives", "1")

    reply = FakeService().ask(question, alternatives=1)
    assert json.loads(result.stdout) == ReplyBody.of(reply).model_dump(mode="json")
    assert result.exit_code == code


def test_search_prints_the_same_json_as_http() -> None:
    result = run(FakeService(), "search", ANSWERED, "--json", "--limit", "2")

    reply = FakeService().search(ANSWERED, limit=2)
    assert json.loads(result.stdout) == SearchBody.of(reply).model_dump(mode="json")


def test_search_lists_passages_with_their_scores() -> None:
    result = run(FakeService(), "search", ANSWERED, "--timings")

    assert result.stdout.startswith(f"1. 1.00  {QUOTE}\n")
    assert result.stdout.endswith("total 1.5 ms\n")


def test_dates_and_outlets_reach_the_service_and_a_last_day_is_included() -> None:
    service = FakeService()

    run(service, "ask", "ferries", "--from", "2025-03-28", "--to", "2025-03-28", "--outlet", "A",
        "--outlet", "B", "--alternatives", "7")  # fmt: skip

    wanted = Filter(
        datetime(2025, 3, 28, tzinfo=UTC), datetime(2025, 3, 29, tzinfo=UTC), ("A", "B")
    )
    assert service.asked == [("ferries", wanted, 7)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--from", "yesterday"], ["--from", "'yesterday' is not a date"]),
        (["--from", "2025-03-02", "--to", "2025-03-01"], ["--from (2025-03-02) must come before"]),
        (["--alternatives", "-1"], ["--alternatives"]),
        (["--outlet", ""], ["--outlet"]),
    ],
    ids=["no date", "backwards", "negative", "empty outlet"],
)
def test_a_wrong_option_is_named_and_exits_2(options: list[str], words: list[str]) -> None:
    result = run(FakeService(), "ask", ANSWERED, *options)

    assert result.exit_code == 2
    assert all(word in unwrapped(result.stderr) for word in words), result.stderr


@pytest.mark.parametrize(
    ("args", "folder"),
    [
        (["--data", "one", "ask", "x"], "one"),
        (["ask", "x", "--data", "two"], "two"),
        (["--data", "one", "ask", "x", "--data", "two"], "two"),
        (["ask", "x"], None),
    ],
    ids=["before", "after", "both", "neither"],
)
def test_the_data_folder_may_stand_before_or_after_the_command(
    args: list[str], folder: str | None
) -> None:
    asked: list[Path | None] = []

    def opener(data: Path | None) -> FakeService:
        asked.append(data)
        return FakeService()

    CliRunner().invoke(app, args, obj=opener)

    assert asked == [folder and Path(folder)]


def test_a_service_is_closed_even_when_it_fails() -> None:
    service = failing(NoIndexError("Nothing."))

    run(service, "ask", "x")

    assert service.closed


def test_colour_stays_off_in_a_pipe_and_under_no_color() -> None:
    piped = run(FakeService(), "ask", ANSWERED)
    forced = run(FakeService(), "ask", ANSWERED, FORCE_COLOR="1", TERM="xterm")
    refused_colour = run(FakeService(), "ask", ANSWERED, FORCE_COLOR="1", NO_COLOR="1")

    assert "\x1b" not in piped.stdout
    assert f"\x1b[1;4m{QUOTE}" in forced.stdout
    assert "\x1b" not in refused_colour.stdout
    assert f"»{QUOTE}«" in refused_colour.stdout
