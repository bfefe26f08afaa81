"""README and docs: every command shown exists and runs, and every link leads to a file."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import typer

from api.cli import app
from tests.support.documentation import COMMANDS, NEEDS_DATA, PAGES, Shown, shown
from tests.support.places import ROOT
from tests.support.sample import evaluation_cache

README_BYTES = 10_000
ARTICLE = (
    '{"id": "quay-lamps", "title": "New lamps", "text": "The quay has new lamps since Monday."}\n'
)
PAGE = "<html><title>New benches</title><body><article><h1>New benches</h1>{}</article></html>"
PARAGRAPH = (
    "<p>The council put eleven new benches on the quay on Monday, each of them made of oak.</p>"
)
PROGRAMS = {"onrecord", "curl", "make"}


def shown_by(program: str) -> list[Shown]:
    return [command for command in COMMANDS if command.words[0] == program]


def test_every_page_shows_commands_of_known_programs() -> None:
    assert {command.words[0] for command in COMMANDS} == PROGRAMS


def test_the_readme_stays_short() -> None:
    assert (ROOT / "README.md").stat().st_size < README_BYTES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("command", shown_by("make"), ids=lambda command: command.line)
def test_every_make_target_exists(command: Shown) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert set(command.words[1:]) <= set(targets)


@pytest.mark.parametrize("command", shown_by("onrecord"), ids=lambda command: command.line)
def test_every_command_shown_has_the_options_shown(command: Shown) -> None:
    node, words = typer.main.get_command(app), command.words[1:]
    while hasattr(node, "commands"):
        node = node.commands[words.pop(0)]
    known = {name for parameter in node.params for name in parameter.opts}

    assert {word for word in words if word.startswith("--")} <= known


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> Path:
    """A folder to run commands in, with the files the pages speak of, and its own archive."""
    shutil.copytree(sample, tmp_path / "data")
    evaluation_cache(tmp_path / "cache", sample)
    (tmp_path / "articles.jsonl").write_text(ARTICLE, "utf-8")
    (tmp_path / "onrecord.toml").write_text("min_confidence = 0.2\n")
    (tmp_path / "notes.txt").write_text("New paint\n\nThe old pier was painted white on Monday.\n")
    subprocess.run(["gzip", "notes.txt"], cwd=tmp_path, check=True)
    (tmp_path / "questions.csv").write_text("question,verdict\nWho opened the pier?,wrong\n")
    (tmp_path / "old-pages").mkdir()
    (tmp_path / "old-pages" / "cafe.txt").write_bytes(
        "A café\n\nThe café on the old quay has been open since April.\n".encode("cp1252")
    )
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "benches.html").write_text(PAGE.format(PARAGRAPH * 4), "utf-8")
    return tmp_path


@pytest.fixture
def address(workspace: Path) -> Iterator[str]:
    """Where a server that is ready answers over the archive of the workspace."""
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0", "--json"]
    with subprocess.Popen(
        [*command, "--data", str(workspace / "data")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            assert server.stdout
            found = json.loads(b"".join(server.stdout.readline() for _ in range(3)))["address"]
            _until_ready(found)
            yield found.removeprefix("http://")
        finally:
            server.terminate()


def _until_ready(address: str) -> None:
    for _ in range(240):
        try:
            with urlopen(f"{address}/readyz", timeout=30):
                return
        except HTTPError:
            time.sleep(0.5)
    pytest.fail("the server did not become ready within two minutes")


@pytest.mark.slow
@pytest.mark.real
@pytest.mark.server
@pytest.mark.timeout(1200)  # every command is a new process that loads its models
@pytest.mark.enable_socket
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_one_after_the_other(
    page: Path, workspace: Path, request: pytest.FixtureRequest
) -> None:
    commands = [command for command in shown(page) if _can_run_here(command)]
    served = any(command.words[0] == "curl" for command in commands)
    address = request.getfixturevalue("address") if served else ""

    for command in commands:
        if "runs/before" in command.line and not (workspace / "runs" / "before").exists():
            shutil.copytree(workspace / "runs" / "sample", workspace / "runs" / "before")
            shutil.copytree(workspace / "runs" / "sample", workspace / "runs" / "after")
        line = command.line.replace("127.0.0.1:8000", address).replace("curl ", "curl --fail ")
        _run(line, workspace, workspace / "data", command.exit_code)


def _can_run_here(command: Shown) -> bool:
    """Servers do not end by themselves, and make and the development sets take minutes."""
    return (
        command.words[0] != "make"
        and command.words[1] != "serve"
        and NEEDS_DATA not in command.line
    )


def _run(line: str, folder: Path, data: Path, expected: int) -> None:
    onrecord = f'onrecord() {{ {shlex.quote(sys.executable)} -m api.cli "$@"; }}\n'
    environment = {
        **os.environ,
        "ONRECORD_DATA": str(data),
        "ONRECORD_EVAL_CACHE": str(data.parent / "cache"),
    }

    ran = subprocess.run(
        ["bash", "-c", onrecord + line],
        check=False,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert ran.returncode == expected, f"{line}\n{ran.stdout}\n{ran.stderr}"
