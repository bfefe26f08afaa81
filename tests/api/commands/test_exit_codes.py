"""Errors of any command: one message, as text or JSON, and an exit code."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import NoIndexError, QuestionError, StorageError
from tests.support.fakes_api import FakeService
from tests.support.fakes_cli import failing, run


def test_an_unusable_question_exits_2() -> None:
    result = run(failing(QuestionError("The question is empty.")), "ask", " ")

    assert (result.exit_code, result.stderr) == (2, "onrecord: The question is empty.\n")


def test_an_error_is_one_line_on_standard_error_and_exits_1() -> None:
    result = run(failing(NoIndexError("Nothing here: add \x1b[2J some.")), "ask", "x")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "onrecord: Nothing here: add \ufffd[2J some.\n"


@pytest.mark.parametrize("args", [["ask", "x", "--json"], ["--json", "ask", "x"]])
def test_with_json_an_error_is_json_on_standard_output(args: list[str]) -> None:
    result = run(failing(StorageError("The disk is full.")), *args)

    error = {"type": "StorageError", "message": "The disk is full."}
    assert json.loads(result.stdout) == {"error": error}
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["ask", "--json"], "QUESTION"),
        (["ask", "--nope", "x", "--json"], "--nope"),
        (["--json", "ask", "x", "--from", "2024-99-99"], "--from"),
        (["--json", "--nope"], "--nope"),
        (["--json", "nope"], "nope"),
        (["--json"], "command"),
    ],
    ids=" ".join,
)
def test_with_json_a_usage_error_is_json_too(args: list[str], words: str) -> None:
    result = run(FakeService(), *args)

    assert result.exit_code == 2
    assert words in json.loads(result.stdout)["error"]["message"]


def test_json_after_two_dashes_is_part_of_the_question() -> None:
    result = run(FakeService(), "ask", "--nope", "--", "--json")

    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["words", "json"])
@pytest.mark.parametrize("shell", ["{} >/dev/full", "{} >&-"], ids=["full", "closed"])
def test_a_full_standard_output_ends_without_a_traceback(
    options: list[str], shell: str, tmp_path: Path
) -> None:
    command = shlex.join(
        [sys.executable, "-m", "api.cli", "index", "status", "--data", str(tmp_path), *options]
    )

    ran = subprocess.run(
        ["sh", "-c", shell.format(command)], capture_output=True, text=True, check=False
    )

    assert "Traceback" not in ran.stderr


def test_an_error_of_the_operating_system_names_the_file() -> None:
    result = run(failing(PermissionError(13, "Permission denied", "/x/y")), "ask", "x")

    assert (result.exit_code, result.stderr) == (1, "onrecord: /x/y: Permission denied\n")


def test_ctrl_c_exits_130_and_says_that_nothing_changed() -> None:
    result = run(failing(KeyboardInterrupt()), "ask", "x")

    assert (result.exit_code, result.stderr) == (130, "\nStopped. Nothing was changed.\n")


def test_ctrl_c_while_adding_says_what_is_safe(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("")

    result = run(failing(KeyboardInterrupt()), "index", "add", str(file))

    assert result.exit_code == 130
    assert "Stored articles are kept" in result.stderr


def test_a_closed_pipe_ends_the_command_quietly() -> None:
    code = "import sys; from api.cli import main; sys.argv[1:] = ['--help']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""
