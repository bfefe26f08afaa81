"""The page of a service that asks for a key."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from api.http.app import create_app
from api.http.guards.chain import Guards
from api.keys.key import KeyScope
from api.keys.ring import KeyRing
from api.keys.store import KeyStore
from tests.support.browsing import MARKS
from tests.support.fakes_api import FakeService
from tests.support.serving import serving

pytestmark = MARKS

QUESTION = f"/?q={quote('Who opposed the vote as treasurer?')}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    store = KeyStore(tmp_path)
    yield store
    store.close()


def test_a_reader_is_asked_for_a_key_which_lasts_as_long_as_the_tab(
    page: Page, store: KeyStore
) -> None:
    _, token = store.create(KeyScope.ASK, name="", now=datetime.now(UTC))
    with serving(create_app(FakeService(), guards=Guards(keys=KeyRing(store)))) as address:
        page.goto(address + QUESTION)
        expect(page.get_by_role("alert")).to_contain_text("A key is needed")
        page.get_by_label("Key").fill(token)
        page.get_by_role("button", name="Use this key").click()
        expect(page.locator("mark")).to_contain_text("Tobias Renn")
        page.reload()
        expect(page.locator("mark")).to_contain_text("Tobias Renn")
        expect(page.locator("#index-line")).to_contain_text("3 articles")


def test_a_wrong_key_is_asked_for_again(page: Page, store: KeyStore) -> None:
    store.create(KeyScope.ASK, name="", now=datetime.now(UTC))
    with serving(create_app(FakeService(), guards=Guards(keys=KeyRing(store)))) as address:
        page.goto(address + QUESTION)
        page.get_by_label("Key").fill("onr_wrong")
        page.get_by_role("button", name="Use this key").click()

        expect(page.get_by_role("alert")).to_contain_text("unknown, expired or revoked")
        expect(page.get_by_label("Key")).to_be_visible()
