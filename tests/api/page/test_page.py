"""The page as a reader meets it, driven in Chromium against a real server on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from api.http.app import create_app
from index.errors import NoIndexError
from tests.support.browsing import MARKS
from tests.support.fakes_api import TOLLS, FakeService
from tests.support.serving import serving

QUESTION = "Who opposed the vote as treasurer?"
QUOTE = "Tobias Renn, the treasurer, opposed the vote."
EXAMPLES = (QUESTION, "What did frost do to the plum blossom?")

pytestmark = MARKS


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def address(service: FakeService) -> Iterator[str]:
    with serving(create_app(service, examples=EXAMPLES)) as address:
        yield address
        service.gate.set()


def asking(question: str) -> str:
    return f"/?q={quote(question)}"


def test_a_question_typed_is_answered_with_its_quote_marked(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#question")).to_be_focused()

    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")

    expect(page.locator("mark")).to_have_text(QUOTE)
    expect(page.locator("blockquote")).to_have_text(TOLLS.text.split("\n")[2])
    expect(page.locator(".byline")).to_have_text("The Quay Courier · Maud Ferrier · 4 March 2025")
    expect(page.locator(".confidence")).to_have_text("Very likely the answer · 100 %")
    expect(page.get_by_role("status")).to_have_text(f"Very likely the answer. {QUOTE}")
    assert parse_qs(urlsplit(page.url).query) == {"q": [QUESTION]}


def test_the_title_leads_to_the_quote_in_the_source(page: Page, address: str) -> None:
    page.goto(address + asking(QUESTION))

    link = page.get_by_role("link", name=TOLLS.title)

    expect(link).to_have_attribute(
        "href",
        "https://courier.example/2025/03/harbour-tolls#:~:text="
        "Tobias%20Renn%2C%20the%20treasurer%2C%20opposed%20the%20vote.",
    )


def test_a_shared_address_asks_with_its_filters(
    page: Page, address: str, service: FakeService
) -> None:
    page.goto(address + asking(QUESTION) + "&published_from=2025-03-20&outlet=Island%20Tidings")

    heading = page.get_by_role("heading", name="Not within these dates and outlets")
    expect(heading).to_be_visible()
    expect(page.locator("#published_from")).to_have_value("2025-03-20")
    expect(page.locator("#outlet")).to_be_visible()
    assert service.asked[0][1].outlets == ("Island Tidings",)


def test_a_refusal_gives_its_reason_and_shows_the_nearest_passages(
    page: Page, address: str
) -> None:
    page.goto(address + asking("Did whales sing beneath moonlit ferries in the harbour?"))

    expect(page.get_by_role("heading", name="Not on the record")).to_be_visible()
    expect(page.locator(".notice")).to_contain_text("No passage shares enough words with it.")
    expect(page.locator(".lesser figure")).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("Not on the record")


def test_back_leads_to_the_previous_answer(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=EXAMPLES[0]).click()
    expect(page.locator("mark").first).to_have_text(QUOTE)
    page.locator("#question").fill(EXAMPLES[1])
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("mark").first).to_contain_text("plum blossom")

    page.go_back()
    expect(page.locator("mark").first).to_have_text(QUOTE)
    expect(page.locator("#question")).to_have_value(QUESTION)
    page.go_back()

    expect(page.locator("#result")).to_be_hidden()
    expect(page.get_by_role("button", name=EXAMPLES[0])).to_be_visible()


def test_markup_and_script_addresses_in_an_article_stay_text(page: Page, address: str) -> None:
    page.goto(address + asking("What did frost do to the plum blossom?"))

    expect(page.locator(".title").first).to_have_text(
        "Frost takes a third of the <b>plum</b> blossom"
    )
    expect(page.locator(".title a")).to_have_count(0)
    expect(page.locator("#result b")).to_have_count(0)


def test_the_notes_of_an_article_are_shown_beside_its_quote(page: Page) -> None:
    noted = replace(TOLLS, metadata={"correction": "The vote was <b>nine</b> to four."})
    with serving(create_app(FakeService([noted]))) as address:
        page.goto(address + asking(QUESTION))

        expect(page.locator(".told")).to_have_text("Correction: The vote was <b>nine</b> to four.")


def test_a_byline_with_control_characters_changes_only_itself_and_fits(page: Page) -> None:
    odd = replace(TOLLS, outlet="O" * 300, authors=("\u202eMaud",))
    with serving(create_app(FakeService([odd]))) as address:
        page.goto(address + asking(QUESTION))
        expect(page.locator(".byline bdi")).to_have_text(["O" * 300, "\u202eMaud", "4 March 2025"])

        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_marks_count_characters_as_the_archive_does(page: Page) -> None:
    emoji = replace(TOLLS, text="🚢🚢🚢 Ferries. 🐋 Whales surfaced beside the pier. 🐋 Gulls.")
    with serving(create_app(FakeService([emoji]))) as address:
        page.goto(address + asking("Whales surfaced beside pier"))

        expect(page.locator("mark")).to_have_text("🐋 Whales surfaced beside the pier.")


def test_a_long_paragraph_is_cut_around_the_quote_until_asked_for(page: Page) -> None:
    filler = "The minutes of the meeting were read and nobody objected to them. " * 40
    long = replace(TOLLS, text=f"{filler}Whales surfaced beside the pier. {filler}".strip())
    with serving(create_app(FakeService([long]))) as address:
        page.goto(address + asking("Whales surfaced beside pier"))
        expect(page.locator("mark")).to_have_text("Whales surfaced beside the pier.")
        cut = page.locator("blockquote").inner_text()

        page.get_by_role("button", name="Show the whole paragraph").click()

        assert cut.startswith("… ")
        assert cut.endswith(" …")
        assert len(cut) < 1100
        expect(page.locator("blockquote")).to_have_text(long.text)
        expect(page.locator("mark")).to_have_text("Whales surfaced beside the pier.")


def test_a_citation_is_copied_with_its_place(page: Page, address: str) -> None:
    page.goto(address + asking(QUESTION))

    page.get_by_role("button", name="Copy citation").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    start = TOLLS.text.index(QUOTE)
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [
        f"“{QUOTE}”",
        "— Maud Ferrier, “Harbour tolls to end in spring”, The Quay Courier, 4 March 2025.",
        "https://courier.example/2025/03/harbour-tolls",
        f"[harbour-tolls, revision {TOLLS.revision[:12]}, characters {start}–{start + len(QUOTE)}]",
    ]


def test_the_footer_shows_what_the_index_holds(page: Page, address: str) -> None:
    page.goto(address)

    expect(page.locator("#index-line")).to_have_text(
        "3 articles · index of 2 Apr 2025 · newest article 28 Mar 2025"
    )
    expect(page.get_by_role("link", name="API documentation")).to_have_attribute("href", "docs")


def test_outlets_are_offered_when_the_filters_are_opened(page: Page, address: str) -> None:
    page.goto(address)

    page.get_by_text("Narrow by date or outlet").click()

    expect(page.locator("#outlets option")).to_have_count(2)


def test_a_service_that_is_not_ready_says_why_and_can_be_retried(
    page: Page, address: str, service: FakeService
) -> None:
    service.failure = NoIndexError("Nothing has been built here yet; add articles first.")
    page.goto(address + asking(QUESTION))
    expect(page.get_by_role("heading", name="The service is not ready")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("add articles first")

    service.failure = None
    page.get_by_role("button", name="Try again").click()

    expect(page.locator("mark")).to_have_text(QUOTE)


def test_an_unreachable_server_is_reported(page: Page, service: FakeService) -> None:
    with serving(create_app(service, examples=EXAMPLES)) as address:
        page.goto(address)
        expect(page.locator("#index-line")).to_contain_text("3 articles")

    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The service cannot be reached")).to_be_visible()


def test_a_slow_answer_shows_a_waiting_message(
    page: Page, address: str, service: FakeService
) -> None:
    page.goto(address)
    expect(page.locator("#index-line")).to_contain_text("3 articles")
    service.gate.clear()
    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")

    expect(page.locator("#result")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#result")).to_contain_text("Reading the archive…")
    service.gate.set()
    expect(page.locator("mark")).to_have_text(QUOTE)
    expect(page.locator("#result")).not_to_have_attribute("aria-busy", "true")


def test_a_question_overtaken_by_another_shows_nothing(
    page: Page, address: str, service: FakeService
) -> None:
    page.goto(address)
    service.gate.clear()
    for question in (QUESTION, EXAMPLES[1]):
        page.locator("#question").fill(question)
        page.keyboard.press("Enter")
        assert service.asking.acquire(timeout=10)

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#result")).to_contain_text("Reading the archive…")
    service.gate.set()
    expect(page.locator("mark").first).to_contain_text("plum blossom")


@pytest.mark.parametrize("question", [QUESTION, "Did whales sing beneath moonlit ferries? " * 6])
def test_the_page_fits_a_small_screen(page: Page, address: str, question: str) -> None:
    page.goto(address + asking(question) + "&published_to=2030-01-01")
    expect(page.locator("#result h2, #result mark").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_control_can_be_reached_and_used_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("button", name=EXAMPLES[0])).to_be_visible()
    reached = []
    for _ in range(8):
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 30)"))
        page.keyboard.press("Tab")

    assert reached[1:4] == ["Ask", "Narrow by date or outlet", EXAMPLES[0][:30]]
    page.get_by_role("button", name=EXAMPLES[1]).focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_contain_text("plum blossom")


def test_the_api_documentation_loads_from_this_server_only(page: Page, address: str) -> None:
    page.goto(address + "/docs")

    expect(page.get_by_text("Ask a question", exact=True)).to_be_visible()
