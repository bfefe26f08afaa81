"""The report as a reader opens it: from disk, in Chromium, with no network there to ask."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from eval.report.html import write_report
from tests.support.browsing import CHROMIUM
from tests.support.fakes_runs import NASTY, TOWNS, make_data, make_run

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    run = make_run(folder / "run", make_data(folder / "data", towns=TOWNS[:2]))
    earlier = Path(shutil.copytree(run, folder / "earlier"))
    scored = earlier / "per_question" / "harbour.json"
    values = json.loads(scored.read_text("utf-8"))
    nothing = dict.fromkeys(values["sentence@1"], 0.0)
    scored.write_text(json.dumps(values | {"sentence@1": nothing}), "utf-8")
    return write_report(run, folder / "report.html", baseline=earlier)


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """Opened offline; an error, a policy broken or a request for anything else fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 720}, offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.on("request", lambda request: faults.append(request.url))
    page.goto(report.as_uri())
    yield page
    context.close()
    assert faults == [report.as_uri()]


def test_it_opens_with_what_failed_and_styled(page: Page) -> None:
    expect(page).to_have_title("Evaluation, harbour – On the Record")
    expect(page.locator("[name=stage]")).to_have_value("failed")
    expect(page.locator(".entry").first).to_be_visible()
    expect(page.locator(".stage.right")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"


def test_nothing_sticks_out_on_a_small_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_legend_leads_to_the_questions_of_a_stage(page: Page) -> None:
    link = page.locator(".legend a", has_text="reading")
    n = int(link.inner_text().split()[0])

    link.click()

    expect(page.locator("[name=stage]")).to_have_value("reading")
    expect(page.locator(".entry")).to_have_count(n)
    expect(page.locator(".stage.reading")).to_have_count(n)
    expect(page.locator("#why")).to_contain_text("another sentence came first")


def test_questions_are_paged_and_found_by_their_words(page: Page) -> None:
    page.locator("[name=stage]").select_option("any")
    expect(page.locator("#status")).to_have_text("1–20 of 39")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#status")).to_have_text("21–39 of 39")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()

    page.get_by_role("searchbox").fill("port-alder-03 COST?")

    expect(page.locator("#status")).to_have_text("1–1 of 1")
    expect(page.locator(".entry h3")).to_have_text("How much will the ice rink in Port Alder cost?")
    expect(page.locator("mark.gold")).to_have_text("£24.3 million")
    page.get_by_role("searchbox").fill("zeppelin")
    expect(page.locator("#status")).to_have_text("No question is like this.")


def test_questions_won_against_the_baseline_run_can_be_picked(page: Page) -> None:
    page.locator("[name=stage]").select_option("any")

    page.locator("[name=change]").select_option("won")

    won = page.locator(".change.won").count()
    assert won > 0
    expect(page.locator(".entry")).to_have_count(won)


def test_markup_in_a_question_stays_text(page: Page) -> None:
    page.locator("[name=stage]").select_option("missing")

    expect(page.locator(".entry h3").first).to_contain_text(NASTY)
    expect(page.locator(".entry b, .entry script")).to_have_count(0)
    expect(page.locator(".entry .why").nth(0)).to_have_text("ModelError: weights are missing")


def test_every_scrolling_part_can_be_reached_by_keyboard_and_has_a_name(page: Page) -> None:
    scrolling = page.evaluate(
        "[...document.querySelectorAll('.wide, .plot')].map("
        "(part) => [part.tabIndex, part.getAttribute('aria-label'), part.getAttribute('role')])"
    )

    assert len(scrolling) > 5
    assert all(index == 0 and name and role for index, name, role in scrolling)
