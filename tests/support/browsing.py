"""Chromium for the tests of the page, with a small screen and no other host."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"]
"""Playwright itself adds the flags that stop updates and reports."""
MARKS = [
    pytest.mark.browser,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
"""The marks of every module that drives a browser."""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def reader(browser: Browser) -> Iterator[Page]:
    """Any script error, and any request to another host, fails the test."""
    context = browser.new_context(locale="en-GB", viewport={"width": 360, "height": 720})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.extend(_elsewhere(request)))
    yield page
    context.close()
    assert faults == []


def _elsewhere(request: Request) -> list[str]:
    return [] if urlsplit(request.url).hostname == "127.0.0.1" else [request.url]
