"""Fixtures that more than one module needs: a browser, and a page in it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from tests.support.browsing import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    from tests.support.browsing import reader

    with reader(browser) as page:
        yield page
