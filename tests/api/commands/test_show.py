"""`onrecord show`: an article as text and as JSON."""

import json
from dataclasses import replace

from tests.support.fakes_api import FERRIES, NEWSLETTER, TOLLS, FakeService
from tests.support.fakes_cli import run


def test_show_prints_metadata_revisions_and_the_whole_text() -> None:
    result = run(FakeService(), "show", TOLLS.id)

    assert result.exit_code == 0
    assert result.stdout.startswith("Harbour tolls to end in spring\n")
    assert f"{TOLLS.revision}  2025-04-02 06:30 UTC  (this one)" in result.stdout
    assert result.stdout.endswith(f"{TOLLS.text}\n")


def test_show_dims_boilerplate() -> None:
    result = run(FakeService(), "show", TOLLS.id, FORCE_COLOR="1", TERM="xterm")

    assert f"\x1b[2m{NEWSLETTER}\x1b[0m" in result.stdout


def test_show_prints_an_article_as_http_does() -> None:
    shown = json.loads(run(FakeService(), "show", FERRIES.id, "--json").stdout)

    assert shown["text"] == FERRIES.text
    assert shown["published_at"] == "2025-03-28T08:00:00Z"
    assert [past["revision"] for past in shown["revisions"]] == [FERRIES.revision]


def test_an_unknown_article_exits_1() -> None:
    result = run(FakeService(), "show", "nowhere")

    assert result.exit_code == 1
    assert "'nowhere'" in result.stderr


def test_show_prints_what_changed_and_the_text_of_a_day() -> None:
    service = FakeService()
    service.shelf.put(replace(TOLLS, text=TOLLS.text.replace("nine", "eight")))

    changed = run(service, "show", TOLLS.id, "--diff")
    before = run(service, "show", TOLLS.id, "--as-of", "2025-03-04")
    as_json = json.loads(run(service, "show", TOLLS.id, "--diff", "--json").stdout)

    assert changed.exit_code == 0
    assert changed.stdout.startswith(f"--- {TOLLS.revision}\n+++ ")
    assert before.stdout.endswith(f"{TOLLS.text}\n")
    assert [change["after"]["text"] for change in as_json["changes"]] == ["eight"]
    assert run(service, "show", TOLLS.id, "--as-of", "soon").exit_code == 2
