"""`onrecord keys`: create, list, revoke."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.fakes_cli import Shell, unwrapped


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def created(shell: Shell, *options: str) -> Any:
    return shell.json("keys", "create", *options)


def test_a_key_is_shown_once_and_alone_on_standard_output(shell: Shell) -> None:
    result = shell.run("keys", "create", "--scope", "write", "--name", "feeder", "--expires", "90d")

    token = result.stdout.strip()
    assert result.exit_code == 0
    assert token.startswith("onr_")
    assert "shown this once" in result.stderr
    listed = shell.run("keys", "list").stdout
    assert token not in listed
    assert "write, feeder, valid until " in listed
    assert "never used" in listed


def test_a_revoked_key_is_listed_as_such(shell: Shell) -> None:
    key = created(shell, "--scope", "ask")

    result = shell.run("keys", "revoke", key["id"])

    (listed,) = shell.json("keys", "list")["keys"]
    assert result.stdout == f"Key {key['id']} is revoked.\n"
    assert listed["state"] == "revoked"
    assert listed["revoked_at"] is not None


def test_an_expired_key_is_listed_as_such(shell: Shell) -> None:
    key = created(shell, "--scope", "admin", "--expires", "1s")
    while shell.json("keys", "list")["keys"][0]["state"] == "valid":
        pass

    assert shell.json("keys", "list")["keys"][0]["id"] == key["id"]
    assert "expired since 2" in shell.run("keys", "list").stdout


def test_without_a_key_the_list_says_what_that_means(shell: Shell) -> None:
    assert "everybody" in shell.run("keys", "list").stdout
    assert json.loads(shell.run("keys", "list", "--json").stdout) == {"keys": []}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("create", "--scope", "ask", "--expires", "soon"), "write 90d, 12h or 1y"),
        (("create", "--scope", "ask", "--expires", "99999y"), "--expires"),
        (("create", "--scope", "root"), "'root' is not one of"),
        (("revoke", "nobody"), "keys list"),
    ],
)
def test_a_wrong_argument_is_a_usage_error_that_says_what_to_write(
    shell: Shell, arguments: tuple[str, ...], message: str
) -> None:
    result = shell.run("keys", *arguments)

    assert result.exit_code == 2
    assert message in unwrapped(result.stderr)
