"""Dates on the page: filters that can be seen, shared and taken away, and how words were read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from api.http.app import create_app
from tests.support.browsing import MARKS
from tests.support.fakes_api import FakeService
from tests.support.serving import serving

QUESTION = "Who opposed the vote as treasurer?"
DATED = "Who opposed the vote as treasurer last month?"

pytestmark = MARKS


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def address(service: FakeService) -> Iterator[str]:
    with serving(create_app(service)) as address:
        yield address


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_filters_are_chosen_by_keyboard_and_kept_in_the_address(
    page: Page, address: str, service: FakeService
) -> None:
    page.goto(address)
    page.locator("#question").fill(QUESTION)
    page.locator("#narrow summary").press("Enter")
    page.get_by_label("As of").fill("2025-03-04")
    page.get_by_label("Outlet").fill("The Quay Courier")
    page.get_by_label("Outlet").press("Enter")

    expect(page.locator("mark").first).to_be_visible()
    wanted = {"q": [QUESTION], "as_of": ["2025-03-04"], "outlet": ["The Quay Courier"]}
    assert query_of(page) == wanted
    assert service.asked[-1][1].as_of == datetime(2025, 3, 4, 23, 59, 59, 999_999, tzinfo=UTC)
    expect(page.locator(".chosen")).to_contain_text(["As of 4 March 2025", "The Quay Courier"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_removing_a_filter_asks_again_without_it(
    page: Page, address: str, service: FakeService
) -> None:
    page.goto(f"{address}/?q={quote(QUESTION)}&as_of=2025-03-01&published_from=2025-02-01")
    expect(page.get_by_role("heading", name="Not within these dates and outlets")).to_be_visible()

    page.get_by_role("button", name="Remove: As of 1 March 2025").press("Enter")

    expect(page.locator("mark").first).to_be_visible()
    assert query_of(page) == {"q": [QUESTION], "published_from": ["2025-02-01"]}
    expect(page.locator(".chosen")).to_contain_text(["From 1 February 2025"])
    page.go_back()
    expect(page.locator("#as_of")).to_have_value("2025-03-01")


def test_an_instant_in_a_shared_address_is_kept(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUESTION)}&as_of=2025-03-04T17:05Z")

    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("#as_of")).to_have_value("2025-03-04T17:05Z")


def test_interpreted_dates_are_shown_and_can_be_ignored(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(DATED)}")
    expect(page.locator(".period")).to_have_text(
        "“last month” read as 1 to 28 February 2025 · Search all dates"
    )
    expect(page.get_by_role("status")).to_contain_text("Searched 1 to 28 February 2025.")

    page.get_by_role("link", name="Search all dates").click()

    expect(page.locator(".period")).to_have_count(0)
    expect(page.locator("mark").first).to_be_visible()
    assert query_of(page) == {"q": [DATED], "ignore_dates": ["true"]}
    page.get_by_role("button", name="Remove: All dates").click()
    expect(page.locator(".period")).to_be_visible()


def test_dates_ignored_for_one_question_count_for_the_next(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(DATED)}&ignore_dates=true")
    expect(page.locator("mark").first).to_be_visible()

    page.locator("#question").fill(f"{DATED} And why?")
    page.locator("#question").press("Enter")

    expect(page.locator(".period")).to_be_visible()
    assert "ignore_dates" not in query_of(page)


def test_the_list_of_a_speaker_uses_as_of_too(page: Page, address: str) -> None:
    page.goto(f"{address}/?speaker=Tobias%20Renn&as_of=2025-03-03")
    expect(page.get_by_text("Quoted, but nothing within these limits.")).to_be_visible()

    page.get_by_role("button", name="Remove: As of 3 March 2025").click()

    expect(page.locator(".dated > li")).to_have_count(1)
    assert query_of(page) == {"speaker": ["Tobias Renn"]}
