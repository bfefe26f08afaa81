"""Files dropped on the page, and the panel of jobs, driven in Chromium against a real server."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from api.http.app import create_app
from api.http.guards.chain import Guards
from api.keys.key import KeyScope
from api.keys.ring import KeyRing
from api.keys.store import KeyStore
from tests.support.browsing import MARKS
from tests.support.dropping import CountingWriter, drag, drop
from tests.support.fakes_api import FakeService
from tests.support.serving import serving

pytestmark = MARKS

PIER = json.dumps({"id": "pier", "text": "The pier was rebuilt after the great storm of 1953."})
QUAY = json.dumps({"id": "quay", "text": "The quay was closed for a month on Monday."})
NAMELESS = json.dumps({"id": "<i>nobody</i>", "text": ""})


@pytest.fixture
def writer() -> CountingWriter:
    return CountingWriter()


@pytest.fixture
def address(writer: CountingWriter) -> Iterator[str]:
    with serving(create_app(FakeService(), writer=writer)) as address:
        yield address
        writer.gate.set()


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[KeyStore]:
    store = KeyStore(tmp_path)
    yield store
    store.close()


def job(page: Page, name: str) -> Locator:
    return page.locator(".job").filter(has_text=name)


def is_invited(page: Page) -> None:
    expect(page.get_by_label("choose files")).to_be_attached()
    expect(page.locator("#adding")).to_be_visible()


def given_key(page: Page, token: str) -> None:
    page.get_by_label("Key", exact=True).fill(token)
    page.get_by_role("button", name="Use this key").click()


def test_of_two_files_the_bad_one_says_why_and_stays(page: Page, address: str) -> None:
    page.goto(address)
    is_invited(page)

    drop(page, good__jsonl=f"{PIER}\n{QUAY}\n", bad__json=f"[{PIER},")

    expect(job(page, "good.jsonl")).to_contain_text("Done. 2 added.")
    expect(job(page, "bad.json")).to_contain_text("The body is not JSON in UTF-8")
    expect(page.locator("#jobs-news")).to_contain_text("good.jsonl: Done. 2 added.")
    expect(job(page, "good.jsonl")).to_have_count(0, timeout=15_000)
    page.get_by_role("button", name="Dismiss bad.json").click()
    expect(page.locator("#jobs")).to_be_hidden()


def test_other_files_are_named_with_what_is_wanted(page: Page, address: str) -> None:
    page.goto(address)
    is_invited(page)

    page.get_by_label("choose files").set_input_files(
        [
            FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"no"),
            FilePayload(name="MORE.NDJSON", mimeType="", buffer=PIER.encode()),
        ]
    )

    expect(job(page, "notes.txt")).to_contain_text("from .json, .jsonl and .ndjson files")
    expect(job(page, "MORE.NDJSON")).to_contain_text("Done. 1 added.")


def test_rejects_are_listed_as_text_and_stay_until_dismissed_also_after_a_reload(
    page: Page, address: str
) -> None:
    page.goto(address)
    is_invited(page)

    drop(
        page,
        mixed__jsonl="\n".join([PIER, *[NAMELESS.replace("nobody", str(n)) for n in range(5)]]),
    )
    expect(job(page, "mixed.jsonl")).to_contain_text("5 items not accepted")
    page.reload()

    mixed = job(page, "mixed.jsonl")
    expect(mixed.get_by_role("listitem")).to_have_count(4)
    expect(mixed).to_contain_text("Item 2: ")
    expect(mixed).to_contain_text("and 2 more")
    expect(page.locator(".job i")).to_have_count(0)
    page.get_by_role("button", name="Dismiss mixed.jsonl").press("Enter")
    expect(page.locator("#jobs")).to_be_hidden()
    page.reload()
    is_invited(page)
    expect(page.locator("#jobs")).to_be_hidden()


def test_a_file_of_which_nothing_is_accepted_says_why_of_each_item(
    page: Page, address: str
) -> None:
    page.goto(address)

    drop(page, empty__jsonl=f"{NAMELESS}\nno JSON\n")

    expect(job(page, "empty.jsonl")).to_contain_text("Nothing of it was accepted.")
    expect(job(page, "empty.jsonl").get_by_role("listitem")).to_have_count(2)


def test_progress_is_shown_and_a_job_can_be_cancelled_with_the_keyboard(
    page: Page, address: str, writer: CountingWriter
) -> None:
    writer.gate.clear()
    page.goto(address)
    is_invited(page)

    drop(page, first__jsonl=PIER, second__jsonl=QUAY)

    bar = job(page, "first.jsonl").get_by_role("progressbar")
    expect(bar).to_have_js_property("value", 30)
    expect(bar).to_have_js_property("max", 120)
    expect(job(page, "first.jsonl")).to_contain_text("Embedding · 30 of 120")
    expect(job(page, "second.jsonl")).to_contain_text("Waits for its turn")
    expect(page.locator("#jobs-news")).not_to_contain_text("120")
    page.get_by_role("button", name="Cancel first.jsonl").press("Enter")
    expect(job(page, "first.jsonl")).to_contain_text("Cancelled.")
    expect(page.locator("#jobs")).to_be_focused()
    writer.gate.set()
    expect(job(page, "second.jsonl")).to_contain_text("Done. 1 added.")


def test_jobs_of_others_are_shown_without_the_many_that_wait(
    page: Page, address: str, writer: CountingWriter
) -> None:
    writer.gate.clear()
    for number in range(7):
        text = QUAY.replace("quay", f"quay-{number}")
        headers = {"content-type": "application/json"}
        page.request.post(f"{address}/v1/articles?wait=none", data=text, headers=headers)

    page.goto(address)

    expect(page.locator(".job:visible")).to_have_count(5)
    expect(page.locator("#jobs-more")).to_have_text("2 jobs more to come")
    expect(job(page, "Adding 1 article").first).to_contain_text("Embedding")


def test_a_read_only_service_invites_nobody_and_says_so_when_tried(page: Page) -> None:
    with serving(create_app(FakeService(), guards=Guards(read_only=True))) as address:
        page.goto(address)
        expect(page.locator("#index-line")).to_contain_text("3 articles")
        drag(page, "dragover", {"pier.json": PIER})
        expect(page.locator("#dropping")).to_be_hidden()
        expect(page.locator("#adding")).to_be_hidden()

        drop(page, pier__json=PIER)

        expect(page.locator("#jobs")).to_contain_text("Articles cannot be added here")


def test_dragged_files_are_welcomed_and_left_alone_when_they_leave(
    page: Page, address: str
) -> None:
    page.goto(address)
    is_invited(page)

    drag(page, "dragover", {"pier.json": PIER})
    expect(page.locator("#dropping")).to_be_visible()
    drag(page, "dragleave", {})

    expect(page.locator("#dropping")).to_be_hidden()


def test_a_key_that_may_only_ask_invites_nobody_and_another_sends_the_same_files(
    page: Page, keys: KeyStore
) -> None:
    _, asking = keys.create(KeyScope.ASK, name="", now=datetime.now(UTC))
    _, writing = keys.create(KeyScope.WRITE, name="", now=datetime.now(UTC))
    with serving(create_app(FakeService(), guards=Guards(keys=KeyRing(keys)))) as address:
        page.goto(address)
        drop(page, one__jsonl=PIER, two__jsonl=QUAY)
        expect(page.locator("#jobs")).to_contain_text("A key is needed to add articles")
        expect(page.locator(".job")).to_have_count(1)

        given_key(page, asking)
        expect(page.locator("#jobs")).to_contain_text("This key may not add articles")
        expect(page.locator("#adding")).to_be_hidden()
        given_key(page, writing)

        expect(job(page, "one.jsonl")).to_contain_text("Done. 1 added.")
        expect(job(page, "two.jsonl")).to_contain_text("Done. 1 added.")
        is_invited(page)


@pytest.mark.parametrize(
    ("eta", "words"),
    [
        (None, "Reading · 3 so far"),
        ("2025-03-04T12:00:20Z", "Reading · 3 so far · less than a minute left"),
        ("2025-03-04T12:04:50Z", "Reading · 3 so far · about 5 minutes left"),
        ("2025-03-04T14:00:00Z", "Reading · 3 so far · about 2 hours left"),
        ("2025-03-04T11:00:00Z", "Reading · 3 so far"),
    ],
    ids=["unknown", "soon", "minutes", "hours", "late"],
)
def test_the_time_left_is_told_roughly(
    page: Page, address: str, eta: str | None, words: str
) -> None:
    page.goto(address)
    job = {"state": "running", "stage": "reading", "done": 3, "total": None, "eta": eta}

    told = page.evaluate(
        "async job => (await import('./page/jobs/words.js'))"
        ".stateOf(job, Date.parse('2025-03-04T12:00:00Z'))",
        job,
    )

    assert told == words


def test_the_panel_fits_a_small_screen(page: Page, address: str, writer: CountingWriter) -> None:
    writer.gate.clear()
    page.goto(address)
    is_invited(page)

    drag(page, "drop", {f"{'long-name-' * 12}.jsonl": PIER, f"{'x' * 150}.txt": "no"})

    expect(page.locator(".job")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_role("button", name=re.compile("^Cancel long-name"))).to_be_in_viewport()
