"""The page behind a proxy that puts a path before every path."""

from urllib.parse import quote

from playwright.sync_api import Page, expect

from api.http.app import create_app
from tests.support.browsing import MARKS
from tests.support.fakes_api import FakeService
from tests.support.serving import serving

pytestmark = MARKS


def test_the_page_asks_links_and_goes_back_below_the_path(page: Page) -> None:
    with serving(create_app(FakeService(), root_path="/archive")) as address:
        page.goto(f"{address}/archive/?q={quote('Who opposed the vote as treasurer?')}")
        expect(page.locator("mark")).to_contain_text("Tobias Renn")

        page.goto(f"{address}/archive/?speaker=Tobias%20Renn")
        expect(page.locator("#index-line")).to_contain_text("3 articles")
        page.get_by_role("link", name="On the Record").click()
        expect(page).to_have_url(f"{address}/archive/")
