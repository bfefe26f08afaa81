"""Dates on the command line: the archive as of a day, and how a question's dates were read."""

import json
from datetime import UTC, datetime

import pytest

from index.documents import Filter
from tests.support.fakes_api import FakeService
from tests.support.fakes_cli import run

END_OF_MARCH_4 = datetime(2025, 3, 4, 23, 59, 59, 999_999, tzinfo=UTC)
DATED = "Will the harbour tolls go last month?"


def test_as_of_reaches_the_service() -> None:
    service = FakeService()

    run(service, "ask", "ferries", "--as-of", "2025-03-04")

    assert service.asked == [("ferries", Filter(as_of=END_OF_MARCH_4), 3)]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_as_of_hides_what_was_published_later(command: str) -> None:
    early = run(FakeService(), command, "The harbour tolls will go.", "--as-of", "2025-03-03")
    late = run(FakeService(), command, "The harbour tolls will go.", "--as-of", "2025-03-04")

    assert "harbour-tolls" not in early.stdout
    assert "harbour-tolls" in late.stdout


def test_quotes_use_as_of() -> None:
    early = run(FakeService(), "quotes", "Renn", "--as-of", "2025-03-03")
    late = run(FakeService(), "quotes", "Renn", "--as-of", "2025-03-04T17:05Z")

    assert (early.exit_code, late.exit_code) == (3, 0)


def test_interpreted_dates_are_shown_and_can_be_ignored() -> None:
    read = run(FakeService(), "ask", DATED)
    ignored = run(FakeService(), "ask", DATED, "--ignore-dates")

    words = "“last month” was read as 1 February 2025 to 28 February 2025; --ignore-dates searches"
    assert words in read.stdout
    assert "was read as" not in ignored.stdout


def test_the_dates_in_json_are_the_same_as_in_http() -> None:
    body = json.loads(run(FakeService(), "ask", DATED, "--json").stdout)

    assert (body["period"]["from"], body["period"]["to"]) == ("2025-02-01", "2025-02-28")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--as-of", "soon"], "'soon' is not a date"),
        (
            ["--from", "2025-03-01", "--as-of", "2025-02-01"],
            "--as-of (2025-02-01) comes before --from (2025-03-01)",
        ),
    ],
)
def test_a_faulty_date_is_named_by_its_option(options: list[str], says: str) -> None:
    result = run(FakeService(), "search", "ferries", *options, COLUMNS="200")

    assert result.exit_code == 2
    assert says in " ".join(result.stderr.replace("│", " ").split())
