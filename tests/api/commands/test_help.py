"""Help, version and shell completion, and arguments in several words."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pytest
import typer

from api.cli import app
from tests.support.fakes_api import FakeService
from tests.support.fakes_cli import run, unwrapped

QUESTION = "Who opposed the vote as treasurer?"
COMMANDS = (
    *("ask", "search", "quotes", "show", "verify", "serve", "demo"),
    *("index add", "index remove", "index rebuild", "index status"),
)
"""Those that read a data folder."""
TYPED = {"COMP_WORDS": "onrecord ver", "COMP_CWORD": "1"}


def commands(group: Any, *names: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *names, name)
        else:
            yield (*names, name)


EVERY_COMMAND = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_takes_json_and_data(command: str) -> None:
    result = run(FakeService(), *command.split(), "--help")

    assert result.exit_code == 0
    assert "--json" in result.stdout
    assert "--data" in result.stdout


def test_the_help_lists_the_commands_and_the_exit_codes() -> None:
    result = run(FakeService(), "--help")

    shown = unwrapped(result.stdout)
    assert all(f" {command.split()[0]} " in shown for command in COMMANDS)
    assert "3 not on the record" in shown


def test_the_version_is_the_packages() -> None:
    assert run(FakeService(), "--version").stdout == f"onrecord {version('onrecord')}\n"


def test_help_loads_none_of_the_heavy_modules() -> None:
    code = "import sys, api.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    heavy = {"torch", "faiss", "fastapi", "uvicorn", "tantivy", "numpy", "pydantic", "rag.service"}
    assert not heavy & set(loaded.decode().split())


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_the_help_of_every_command_has_an_example(command: tuple[str, ...]) -> None:
    shown = run(FakeService(), *command, "--help").stdout

    assert f"Example: onrecord {' '.join(command)}" in " ".join(shown.split())


@pytest.mark.parametrize("command", [(), ("index",), *EVERY_COMMAND], ids=" ".join)
def test_no_help_shows_a_type_beside_a_flag_or_a_named_argument(command: tuple[str, ...]) -> None:
    shown = run(FakeService(), *command, "--help").stdout

    assert "<bool>" not in shown
    assert "<list[" not in shown


def printed_by(*args: str, **env: str) -> str:
    program = [sys.executable, "-m", "api.cli", *args]
    environment = os.environ | env
    return subprocess.run(
        program, env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_the_shell_completes_the_name_of_a_command() -> None:
    assert printed_by(_ONRECORD_COMPLETE="complete_bash", **TYPED).split() == ["verify"]


def test_the_script_for_the_completion_of_a_shell_can_be_shown() -> None:
    shown = printed_by(
        "--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )

    assert "complete" in shown
    assert "onrecord" in shown


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_needs_no_quotation_marks(command: str) -> None:
    quoted = run(FakeService(), command, QUESTION)
    bare = run(FakeService(), command, *QUESTION.split())

    assert bare.exit_code == quoted.exit_code == 0
    assert bare.stdout == quoted.stdout


def test_options_may_stand_between_the_words_of_a_question() -> None:
    service = FakeService()

    run(service, "ask", "Who", "opposed", "--alternatives", "2", "the", "vote?")

    assert [(question, count) for question, _, count in service.asked] == [
        ("Who opposed the vote?", 2)
    ]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_dash_reads_one_question_from_standard_input(command: str) -> None:
    given = run(FakeService(), command, QUESTION)
    piped = run(FakeService(), command, "-", stdin=f"{QUESTION}\n")

    assert piped.exit_code == 0
    assert piped.stdout == given.stdout


@pytest.mark.parametrize("command", ["ask", "search"])
def test_empty_standard_input_is_a_usage_error_that_says_what_to_do(command: str) -> None:
    result = run(FakeService(), command, "-", stdin=" \n")

    shown = " ".join(result.stderr.replace("│", " ").split())
    assert result.exit_code == 2
    assert "standard input is empty: pipe a question into the command" in shown


def test_a_name_of_several_words_needs_no_quotation_marks() -> None:
    quoted = run(FakeService(), "quotes", "Ines Calder")
    bare = run(FakeService(), "quotes", "Ines", "Calder")

    assert bare.exit_code == 0
    assert bare.stdout == quoted.stdout
