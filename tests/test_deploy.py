"""The files for systemd and containers name commands, settings and files that there are."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from api.cli import app
from api.commands.serving.server import TICK_SECONDS
from rag.setting_sources import ELSEWHERE, variable
from rag.settings import ServiceSettings
from tests.support.places import ROOMS, ROOT

DEPLOY = ROOT / "api" / "deploy"
UNIT = (DEPLOY / "onrecord.service").read_text("utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")


def value(key: str) -> str:
    found = re.search(rf"^{key}=(.*)$", UNIT, re.MULTILINE)
    assert found, f"{key} is not in the unit"
    return found[1]


def options(command: list[str]) -> set[str]:
    (group,) = [typer.main.get_command(app)]
    node = group.commands[command[0]]  # type: ignore[attr-defined]  # click's Group
    return {name for parameter in node.params for name in parameter.opts}


@pytest.mark.parametrize(
    "command",
    [
        shlex.split(value("ExecStart"))[1:],
        re.findall(r'"([^"]+)"', DOCKERFILE.rpartition("CMD")[2]),
    ],
    ids=["unit", "image"],
)
def test_the_command_has_the_options_given(command: list[str]) -> None:
    assert command[0] == "serve"
    assert {word for word in command if word.startswith("--")} <= options(command)


@pytest.mark.parametrize("text", [UNIT, DOCKERFILE], ids=["unit", "image"])
def test_every_variable_is_a_setting(text: str) -> None:
    named = set(re.findall(r"\bONRECORD_[A-Z_]+", text))

    assert "ONRECORD_DATA" in named
    assert named <= {*map(variable, ServiceSettings.model_fields), *ELSEWHERE}


def test_the_watchdog_waits_for_several_signs_of_life() -> None:
    assert value("Type") == "notify"
    assert int(value("WatchdogSec")) >= 3 * TICK_SECONDS


def test_neither_runs_as_root_and_the_data_is_outside_of_what_is_replaced() -> None:
    assert value("DynamicUser") == "yes"
    assert "ONRECORD_DATA=/var/lib/" + value("StateDirectory") in UNIT
    assert re.search(r"^USER (?!root|0)\w+$", DOCKERFILE, re.MULTILINE)
    assert "VOLUME /data" in DOCKERFILE
    assert "HEALTHCHECK" in DOCKERFILE


def test_the_image_is_built_from_files_that_there_are_and_that_are_sent() -> None:
    lines = re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
    copied = {name for line in lines for name in line.split()[:-1]}
    sent = {line[1:] for line in _ignore_lines() if line.startswith("!")}

    assert copied == sent
    assert all((ROOT / name).exists() for name in copied)
    assert {*ROOMS, "pyproject.toml"} <= copied


def _ignore_lines() -> list[str]:
    return Path(DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
