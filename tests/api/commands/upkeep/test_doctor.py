"""`onrecord doctor` prints each finding with what mends it, and exits with 1 if any failed."""

import json
from pathlib import Path

import pytest

from index.stores.generation.folders import current_name
from tests.support.fakes_cli import Shell
from tests.support.generations import flip

NO_READER = {"ONRECORD_READER": "none"}
TEXT = "The ferry to the islands will sail at noon from the north quay from Monday. " * 4


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "data")
    record = {"id": "one", "title": "On one", "text": TEXT, "published_at": "2025-03-04"}
    (tmp_path / "good.jsonl").write_text(json.dumps(record))
    shell.run("index", "add", str(tmp_path / "good.jsonl"))
    return shell


def test_nothing_failed_is_0(shell: Shell) -> None:
    result = shell.run("doctor", env=NO_READER)

    assert result.exit_code == 0
    assert "ok    texts: 1 text is as it was stored, with its facts.\n" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("checks: 0 failed, 0 warnings.")


def test_something_damaged_is_1_and_says_what_mends_it(shell: Shell) -> None:
    name = current_name(shell.folder)
    flip(shell.folder / "generations" / name / "columns.bin", 900)

    result = shell.run("doctor")

    assert result.exit_code == 1
    assert f"FAIL  generation {name}: " in result.stdout
    assert "Try: onrecord index rebuild\n" in result.stdout


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["words", "json"])
def test_what_mends_it_acts_on_the_folder_that_was_given(
    shell: Shell, options: tuple[str, ...]
) -> None:
    name = current_name(shell.folder)
    flip(shell.folder / "generations" / name / "columns.bin", 900)

    result = shell.run("doctor", "--data", str(shell.folder), *options)

    assert f"onrecord index rebuild --data {shell.folder}" in result.stdout
    assert "onrecord index rebuild`" not in result.stdout


def test_a_warning_is_0(shell: Shell) -> None:
    (shell.folder / "staging").mkdir()

    result = shell.run("doctor")

    assert result.exit_code == 0
    assert "WARN  leftovers: " in result.stdout


def test_json_has_every_finding(shell: Shell) -> None:
    found = json.loads(shell.run("doctor", "--json", env=NO_READER).stdout)

    assert (found["failed"], found["warnings"]) == (0, 0)
    first = found["findings"][0]
    assert (first["check"], first["grade"], first["mend"]) == ("Python", "ok", None)
