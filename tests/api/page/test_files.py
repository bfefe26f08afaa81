"""What needs no browser: the files of the page, and what its scripts must not do."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.guards.chain import Guards
from api.http.routes.page import FOLDER
from api.schemas.articles import MEDIA_TYPES
from tests.support.fakes_api import FakeService

SCRIPTS = sorted(FOLDER.rglob("*.js"))
_MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
    r"|\beval\(|new Function"
)
_IMPORT = re.compile(r'^import .*? from "(?P<path>[^"]+)";$', re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_parses_markup_or_loads_from_elsewhere(script: Path) -> None:
    text = script.read_text("utf-8")

    assert _MARKUP.findall(text) == []
    for each in _IMPORT.finditer(text):
        assert (script.parent / each["path"]).resolve() in SCRIPTS


def test_every_file_that_the_page_names_is_served() -> None:
    names = re.findall(r'(?:src|href)="(page/[^"]+)"', (FOLDER / "index.html").read_text("utf-8"))

    with TestClient(create_app(FakeService())) as client:
        assert {client.get(f"/{name}").status_code for name in names} == {200}


def test_files_are_sent_as_what_the_service_reads() -> None:
    script = (FOLDER / "jobs" / "files.js").read_text("utf-8")

    sent = set(re.findall(r'"(application/[^"]+)"', script))

    assert sent
    assert sent <= set(MEDIA_TYPES)


def test_the_page_learns_that_nobody_may_add_articles() -> None:
    with TestClient(create_app(FakeService(), guards=Guards(read_only=True))) as client:
        assert client.get("/page-settings").json()["read_only"] is True
