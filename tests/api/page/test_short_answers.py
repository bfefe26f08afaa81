"""Short answers on the page: marked, with the day they mean, and what other stories say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import get_args
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from api.http.app import create_app
from rag.replies import HowRead, Refusal, RefusalReason, Reply
from tests.support.browsing import MARKS
from tests.support.fakes_api import TOLLS
from tests.support.fakes_short import (
    ASKED,
    BOTH,
    EVENING,
    FOURTH,
    MANY,
    MONDAY,
    PILOTS,
    TUESDAY,
    brief,
    knowing,
    told,
)
from tests.support.serving import serving

DERIVED = "worked out from the date of the article"

pytestmark = MARKS


@contextmanager
def asked(page: Page, reply: Reply) -> Iterator[None]:
    """The page with this reply on it."""
    with serving(create_app(knowing(reply))) as address:
        page.goto(f"{address}/?q={quote(ASKED)}")
        expect(page.locator("#result")).not_to_have_attribute("aria-busy", "true")
        yield


def test_only_the_short_answer_is_marked_and_its_day_is_shown_by_the_quote(page: Page) -> None:
    with asked(page, told(TUESDAY)):
        expect(page.locator("mark")).to_have_text("on Tuesday")
        expect(page.locator(".said")).to_have_text(TUESDAY.quote)
        expect(page.locator("blockquote")).to_have_text(TOLLS.text.split("\n")[0])
        expect(page.locator(".resolved")).to_have_text(f"“on Tuesday” is 4 March 2025, {DERIVED}")
        expect(page.locator(".derived")).to_have_text(DERIVED)
        expect(page.locator("details.agreeing, .differing, .unread")).to_have_count(0)


def test_the_short_answer_is_announced_to_screen_readers(page: Page) -> None:
    with asked(page, told(TUESDAY)):
        expect(page.locator("figure .unseen")).to_have_text("Short answer: on Tuesday")
        expect(page.get_by_role("status")).to_have_text(
            f"Very likely the answer. on Tuesday (on Tuesday is 4 March 2025, {DERIVED}). "
            f"{TUESDAY.quote}"
        )


def test_marks_of_short_answers_count_characters_as_the_archive_does(page: Page) -> None:
    with asked(page, told(EVENING)):
        expect(page.locator("mark")).to_have_text("on Monday evening")


def test_agreeing_articles_are_folded_and_opened_by_keyboard(page: Page) -> None:
    with asked(page, told(TUESDAY, agreeing=(FOURTH, EVENING))):
        summary = page.locator(".agreeing summary")
        expect(summary).to_have_text("2 other articles say the same: Island Tidings, The Mill Post")
        expect(page.locator(".agreeing figure").first).to_be_hidden()

        summary.press("Enter")

        expect(page.locator(".agreeing figure").first).to_be_visible()
        expect(page.locator(".agreeing mark")).to_have_text(["4 March", "on Monday evening"])
        expect(page.locator(".agreeing .byline")).to_have_text(
            ["Island Tidings · 6 March 2025", "The Mill Post · 5 March 2025"]
        )
        expect(page.get_by_role("link", name=PILOTS.title)).to_be_visible()


def test_differing_answers_are_shown_next_to_each_other(page: Page) -> None:
    with asked(page, BOTH):
        expect(page.get_by_role("heading", name="Sources differ")).to_be_visible()
        expect(page.locator(".differing .other")).to_have_text(["on Tuesday", "on Monday evening"])
        expect(page.locator(".differing .byline")).to_have_text(
            ["The Quay Courier · Maud Ferrier · 4 March 2025", "The Mill Post · 5 March 2025"]
        )
        expect(page.locator(".differing blockquote")).to_have_text(EVENING.quote)
        expect(page.locator(".differing .resolved").last).to_have_text(
            f"“on Monday” is 3 March 2025, {DERIVED}"
        )
        expect(page.locator(".differing .title")).to_have_text(MONDAY.title)
        expect(page.locator("#result i")).to_have_count(0)
        expect(page.get_by_role("status")).to_contain_text("Sources differ: on Monday evening.")


def test_what_several_sources_say_otherwise_is_announced_once(page: Page) -> None:
    with asked(page, told(TUESDAY, differing=(EVENING, EVENING))):
        expect(page.locator(".differing li")).to_have_count(3)
        expect(page.get_by_role("status")).to_contain_text("Sources differ: on Monday evening.")


def test_differing_answers_are_stacked_on_a_small_screen_and_side_by_side_on_a_wide_one(
    page: Page,
) -> None:
    with asked(page, BOTH):
        stacked = boxes(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

        page.set_viewport_size({"width": 1000, "height": 800})
        beside = boxes(page)

    assert stacked[0]["x"] == stacked[1]["x"]
    assert stacked[0]["y"] < stacked[1]["y"]
    assert beside[0]["x"] < beside[1]["x"]
    assert beside[0]["y"] == beside[1]["y"]


def boxes(page: Page) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.locator(".differing > li").evaluate_all(
        "items => items.map(item => item.getBoundingClientRect().toJSON())"
    )
    return found


def test_long_words_in_a_short_answer_fit_the_screen(page: Page) -> None:
    article = replace(MONDAY, text=f"It was {'o' * 300}.", outlet="O" * 300)
    other = brief(article, article.text, "o" * 300)
    long = told(TUESDAY, agreeing=(other,), differing=(other,))
    with asked(page, long):
        expect(page.locator(".differing .other").last).to_be_visible()
        page.locator(".agreeing summary").click()

        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("reading", get_args(HowRead))
def test_unread_passages_are_mentioned_in_small_print(page: Page, reading: HowRead) -> None:
    words = {"partial": "Some passages were ranked by keywords", "none": "No passage was read"}
    with asked(page, told(TUESDAY, reading=reading)):
        if reading == "full":
            expect(page.locator(".unread")).to_have_count(0)
        else:
            expect(page.locator(".unread")).to_contain_text(words[reading])
            expect(page.get_by_role("status")).to_contain_text(words[reading])


def test_a_refusal_mentions_unread_passages_too(page: Page) -> None:
    refusal = Refusal(RefusalReason.LOW_CONFIDENCE, "Nothing is certain.", (FOURTH,))
    with asked(page, replace(BOTH, outcome=refusal, reading="partial")):
        expect(page.locator(".notice .unread")).to_contain_text("ranked by keywords")


def test_sentences_that_answer_too_are_counted_on_one_line_that_unfolds(page: Page) -> None:
    with asked(page, MANY):
        summary = page.locator(".more summary")
        expect(summary).to_have_text("and 3 more sentences in 2 articles")
        expect(page.locator(".more figure").first).to_be_hidden()
        expect(page.get_by_role("status")).to_contain_text("and 3 more sentences in 2 articles.")

        summary.press("Enter")

        expect(page.locator(".more mark")).to_have_text(["Pilots", "4 March", "on Monday evening"])


def test_no_line_counts_what_is_not_there(page: Page) -> None:
    with asked(page, told(TUESDAY)):
        expect(page.locator(".more")).to_have_count(0)
