"""Statements on the page: who said it and how, a speaker's list, names to choose from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from api.http.app import create_app
from index.documents import Article
from index.errors import NoIndexError
from index.statements import Polarity
from rag.citations import Citation
from rag.query.respelling import Respelling
from tests.support.browsing import MARKS
from tests.support.fakes_api import CALDER, FERRIES, RENN, SPOKEN, TOLLS, FakeService
from tests.support.fakes_speech import said
from tests.support.serving import serving

pytestmark = MARKS

LENS = Article(
    id="lens",
    title="Lighthouse lens goes on show",
    text="Marta Renn, who keeps the <i>lighthouse</i>, said that the lens needs no lamp.",
    outlet="Island Tidings",
    published_at=datetime(2025, 3, 30, tzinfo=UTC),
)
MARTA = said(
    LENS,
    LENS.text,
    "that the lens needs no lamp",
    source="Marta Renn",
    speaker="Marta Renn",
    role="who keeps the <i>lighthouse</i>",
)


@pytest.fixture
def service() -> FakeService:
    return FakeService([TOLLS, FERRIES, LENS], [*SPOKEN, MARTA])


@pytest.fixture
def address(service: FakeService) -> Iterator[str]:
    with serving(create_app(service)) as address:
        yield address
        service.gate.set()


def asking(question: str) -> str:
    return f"/?q={quote(question)}"


def chatter(count: int) -> list[Article]:
    """One statement a day, the last day first in the list."""
    first = datetime(2025, 1, 1, tzinfo=UTC)
    return [
        Article(
            id=f"day-{day:03}",
            title=f"Day {day}",
            text=f"Ines Calder said that the tide stood at {day} inches.",
            published_at=first + timedelta(days=day),
        )
        for day in range(count)
    ]


def spoken_in(article: Article) -> Citation:
    return said(
        article,
        article.text,
        article.text.split("said ")[1].rstrip("."),
        source="Ines Calder",
        speaker="Ines Calder",
    )


def test_a_statement_shows_its_speaker_its_kind_and_its_content(page: Page, address: str) -> None:
    page.goto(address + asking("What did Tobias Renn say?"))

    expect(page.locator(".who")).to_have_text("Tobias Renn, the treasurer")
    expect(page.locator(".how").first).to_have_text(
        "paraphrased by the outlet (“said”) · 4 March 2025"
    )
    expect(page.locator("mark")).to_have_text("that the breakwater would go unrepaired")
    expect(page.locator(".said")).to_have_text(RENN.quote)
    expect(page.locator("blockquote")).to_have_text(TOLLS.text.split("\n")[2])


def test_the_mention_that_gives_the_name_is_shown_and_linked(page: Page, address: str) -> None:
    page.goto(address + asking("What did Tobias Renn say?"))

    expect(page.locator(".named")).to_have_text(
        "“He” is Tobias Renn, named here: “… who leads the council. Tobias Renn, the treasurer, "
        "opposed the …”"
    )
    expect(page.get_by_role("link", name="Tobias Renn, named here")).to_have_attribute(
        "href",
        "https://courier.example/2025/03/harbour-tolls#:~:text="
        "Tobias%20Renn%2C%20the%20treasurer%2C%20opposed%20the",
    )


def test_a_quotation_is_called_quoted_and_shows_no_other_mention(page: Page, address: str) -> None:
    page.goto(address + asking("What did Ines Calder say?"))

    expect(page.locator(".manner")).to_have_text("quoted")
    expect(page.locator("mark")).to_have_text("“Nobody should pay to come home,”")
    expect(page.locator(".named")).to_have_count(0)


def test_the_speakers_name_links_to_a_list_and_back_leads_to_the_answer(
    page: Page, address: str
) -> None:
    page.goto(address + asking("What did Tobias Renn say?"))
    page.locator(".who a").click()

    expect(page.get_by_role("heading", name="Tobias Renn")).to_be_visible()
    expect(page.locator(".speaker .how")).to_have_text("the treasurer · 1 statement in 1 article")
    expect(page.locator("#question")).to_have_value("")
    expect(page.locator("#result")).to_be_focused()
    assert parse_qs(urlsplit(page.url).query) == {"speaker": ["Tobias Renn"]}

    page.go_back()
    expect(page.locator(".who")).to_have_text("Tobias Renn, the treasurer")
    expect(page.locator("#question")).to_have_value("What did Tobias Renn say?")
    page.go_forward()
    page.reload()
    expect(page.get_by_role("heading", name="Tobias Renn")).to_be_visible()


def test_a_list_is_dated_and_shows_the_sentence_until_more_is_asked_for(
    page: Page, address: str
) -> None:
    page.goto(address + "/?speaker=Tobias%20Renn")

    expect(page.locator(".dated .how")).to_have_text(
        "4 March 2025 · The Quay Courier · paraphrased by the outlet"
    )
    expect(page.locator(".dated blockquote")).to_have_text(f"… {RENN.quote} …")
    expect(page.locator(".dated mark")).to_have_text("that the breakwater would go unrepaired")
    expect(page.get_by_role("status")).to_have_text("1 statement by Tobias Renn")

    page.get_by_role("button", name="Show the whole paragraph").click()

    expect(page.locator(".dated blockquote")).to_have_text(TOLLS.text.split("\n")[2])


def test_a_subject_narrows_the_list_by_its_address(page: Page, address: str) -> None:
    page.goto(address + "/?speaker=Ines%20Calder")
    page.get_by_label("About").fill("paying to come home")
    page.keyboard.press("Enter")

    expect(page.locator(".result > p.how")).to_have_text(
        "1 statement, about “paying to come home”, best match first"
    )
    assert parse_qs(urlsplit(page.url).query) == {
        "speaker": ["Ines Calder"],
        "about": ["paying to come home"],
    }

    page.get_by_label("About").fill("whales")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".result p.notice")).to_have_text(
        "Quoted, but nothing about “whales” within these limits."
    )
    page.go_back()
    expect(page.get_by_label("About")).to_have_value("paying to come home")
    expect(page.locator(".dated mark")).to_have_count(1)


def test_dates_and_outlets_of_the_address_narrow_the_list_too(
    page: Page, address: str, service: FakeService
) -> None:
    page.goto(address + "/?speaker=Renn&published_from=2025-03-20&outlet=Island%20Tidings")

    expect(page.get_by_role("heading", name="2 speakers match “Renn”")).to_be_visible()
    expect(page.locator(".dated li")).to_have_count(1)
    expect(page.locator("#published_from")).to_have_value("2025-03-20")


def test_two_speakers_with_one_surname_are_offered_apart(page: Page, address: str) -> None:
    page.goto(address + "/?speaker=Renn")

    expect(page.get_by_role("heading", name="2 speakers match “Renn”")).to_be_visible()
    expect(page.locator(".names li")).to_have_text(
        [
            "Tobias Renn · the treasurer · 1 statement",
            "Marta Renn · who keeps the <i>lighthouse</i> · 1 statement",
        ]
    )
    expect(page.locator(".name-of-many")).to_have_text(["Tobias Renn", "Marta Renn"])
    first, second = page.locator(".dated").all()
    expect(first.locator("mark")).to_have_text("that the breakwater would go unrepaired")
    expect(second.locator("mark")).to_have_text("that the lens needs no lamp")

    page.get_by_role("link", name="All by Marta Renn").click()

    expect(page.get_by_role("heading", name="Marta Renn")).to_be_visible()
    expect(page.locator(".dated mark")).to_have_text("that the lens needs no lamp")


def test_an_answer_for_a_shared_surname_names_the_possible_speakers(
    page: Page, address: str
) -> None:
    page.goto(address + asking("What did Renn say?"))

    expect(page.locator(".several")).to_contain_text("Statements by 2 speakers:")
    expect(page.locator(".several a")).to_have_text(["Tobias Renn", "Marta Renn"])
    expect(page.locator(".who")).to_have_text(
        ["Marta Renn, who keeps the <i>lighthouse</i>", "Tobias Renn, the treasurer"]
    )


@pytest.mark.parametrize("where", ["/?speaker=Tobiah%20Ren", asking("What did Tobiah Ren say?")])
def test_an_unknown_name_offers_similar_names_as_links(
    page: Page, address: str, where: str
) -> None:
    page.goto(address + where)

    heading = page.get_by_role("heading", name="Nobody of that name is quoted")
    expect(heading).to_be_visible()
    page.get_by_role("link", name="Tobias Renn").click()

    expect(page.locator(".dated mark")).to_have_text("that the breakwater would go unrepaired")


def test_a_speaker_without_statements_on_the_subject_links_to_all_their_statements(
    page: Page, address: str
) -> None:
    page.goto(address + asking("What did Calder say about whales?"))

    expect(page.get_by_role("heading", name="Quoted, but not on this")).to_be_visible()
    page.get_by_role("link", name="Ines Calder").click()

    expect(page.locator(".dated mark")).to_have_text("“Nobody should pay to come home,”")


def test_markup_in_a_name_or_a_subject_of_the_address_stays_text(page: Page, address: str) -> None:
    name, about = "<img src=x onerror=alert(1)>", "<script>alert(2)</script>"
    page.goto(f"{address}/?speaker={quote(name)}")
    expect(page.locator(".notice")).to_contain_text(f"no statement by “{name}”")

    page.goto(f"{address}/?speaker=Marta%20Renn&about={quote(about)}")

    expect(page.locator("p.notice")).to_contain_text(f"about “{about}”")
    expect(page.locator(".speaker .how")).to_contain_text("the <i>lighthouse</i>")
    expect(page.locator("#result img, #result i, #result script")).to_have_count(0)


def test_copies_are_shown_once_with_their_outlets(page: Page) -> None:
    copied = replace(CALDER, copies=(FERRIES, replace(LENS, outlet="The Mill Post")))
    with serving(create_app(FakeService(spoken=[copied]))) as address:
        page.goto(address + asking("What did Calder say?"))

        expect(page.locator(".copies")).to_have_text(
            "The same words in 2 other outlets: Island Tidings, The Mill Post"
        )
        expect(page.locator(".copies a")).to_have_attribute("href", FERRIES.url or "")


def test_the_first_outlets_are_named_and_the_rest_when_asked_for(
    page: Page,
) -> None:
    others = tuple(replace(FERRIES, id=f"f{n}", outlet=f"Outlet {n}") for n in range(7))
    copied = replace(CALDER, copies=others)
    with serving(create_app(FakeService(spoken=[copied]))) as address:
        page.goto(address + asking("What did Calder say?"))

        expect(page.locator(".copies")).to_have_text(
            "The same words in 7 other outlets: "
            "Outlet 0, Outlet 1, Outlet 2, Outlet 3, Outlet 4, 2 more"
        )
        page.get_by_role("button", name="2 more").click()
        expect(page.locator(".copies")).to_contain_text("Outlet 4, Outlet 5, Outlet 6")


def test_a_negative_statement_is_labelled(page: Page) -> None:
    assert RENN.statement is not None
    unsaid = replace(RENN, statement=replace(RENN.statement, polarity=Polarity.NEGATIVE))
    with serving(create_app(FakeService(spoken=[unsaid]))) as address:
        page.goto(address + "/?speaker=Renn")
        expect(page.locator(".manner")).to_have_text("paraphrased by the outlet, as not said")


def test_a_long_list_comes_in_parts_and_keeps_the_reader_in_place(page: Page) -> None:
    articles = chatter(25)
    service = FakeService(articles, [spoken_in(each) for each in articles])
    with serving(create_app(service)) as address:
        page.goto(address + "/?speaker=Ines%20Calder")
        expect(page.locator(".dated > li")).to_have_count(20)
        expect(page.locator(".dated > li").first).to_contain_text("tide stood at 24 inches")

        page.get_by_role("button", name="Show more").click()

        expect(page.locator(".dated > li")).to_have_count(25)
        expect(page.locator(".dated > li").last).to_contain_text("tide stood at 0 inches")
        expect(page.get_by_role("button", name="Show more")).to_have_count(0)
        expect(page.locator(".dated > li").nth(20).locator("button").first).to_be_focused()
        expect(page.get_by_role("status")).to_have_text("25 of 25 statements are shown")


def test_a_list_that_cannot_be_loaded_says_why_and_can_be_retried(
    page: Page, address: str, service: FakeService
) -> None:
    service.failure = NoIndexError("Nothing has been built here yet; add articles first.")
    page.goto(address + "/?speaker=Renn")
    expect(page.get_by_role("alert")).to_contain_text("add articles first")

    service.failure = None
    page.get_by_role("button", name="Try again").click()

    expect(page.locator(".name-of-many")).to_have_count(2)


@pytest.mark.parametrize(
    "where", ["/?speaker=Renn", asking("What did Renn say?"), f"/?speaker={'N' * 300}"]
)
def test_statements_fit_a_small_screen(page: Page, address: str, where: str) -> None:
    page.goto(address + where)
    expect(page.locator("#result h2, #result mark").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_misspelt_name_is_said_to_be_read_as_another(
    page: Page, address: str, service: FakeService
) -> None:
    question = "What did Ines Caldar say?"
    respelling = Respelling("Ines Caldar", "Ines Calder", "Caldar", "Calder")
    service.replies[question] = replace(
        service.ask("What did Ines Calder say?"), respelling=respelling
    )

    page.goto(f"{address}/?q={quote(question)}")

    words = "“Ines Caldar” is not in the archive; read as Ines Calder."
    expect(page.locator(".period")).to_have_text(words)
    expect(page.get_by_role("status")).to_contain_text(words)
