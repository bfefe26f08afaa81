"""`onrecord config`: each setting, its value, and where that comes from."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from rag.settings import ServiceSettings

FILE = "min_confidence = 0.3\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "desk.toml"
    path.write_text(FILE)
    return path


def test_every_setting_is_shown_with_its_value_and_origin(file: Path) -> None:
    shown = CliRunner().invoke(
        app, ["config", "--config", str(file)], env={"ONRECORD_CONCURRENT_ASKS": "2"}
    )

    lines = [line.split() for line in shown.stdout.splitlines()]
    assert lines[0][-1] == str(file)
    assert ["file", "min_confidence", "0.3"] in lines
    assert ["environment", "concurrent_asks", "2"] in lines
    assert ["default", "answers_kept", "100"] in lines
    assert set(ServiceSettings.model_fields) <= {line[1] for line in lines[2:]}


def test_the_same_as_json_with_the_variables(file: Path) -> None:
    shown = CliRunner().invoke(
        app, ["config", "--config", str(file), "--data", "/srv/data", "--json"]
    )

    found = json.loads(shown.stdout)
    assert found["file"] == str(file)
    assert found["settings"]["data"] == {
        "variable": "ONRECORD_DATA", "value": "/srv/data", "origin": "option",
    }  # fmt: skip
    assert found["settings"]["min_confidence"]["value"] == 0.3
    assert found["settings"]["ONRECORD_EVAL_CACHE"]["origin"] == "default"


def test_a_reader_that_is_not_there_is_refused(file: Path) -> None:
    file.write_text("reader = '/nonexistent'\n")

    shown = CliRunner().invoke(app, ["config", "--config", str(file)])

    assert shown.exit_code == 1
    assert "ONRECORD_READER is '/nonexistent': /nonexistent/reader.onnx does not" in shown.stderr


def test_a_file_of_settings_may_be_named_before_any_command(file: Path) -> None:
    before = os.environ["ONRECORD_CONFIG"]

    shown = CliRunner().invoke(app, ["--config", str(file), "config", "--json"])

    assert json.loads(shown.stdout)["settings"]["min_confidence"]["origin"] == "file"
    assert os.environ["ONRECORD_CONFIG"] == before


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["config", "--config", str(tmp_path / "none.toml")])

    assert result.exit_code == 2


def test_an_unknown_name_is_one_message_with_exit_code_1(file: Path) -> None:
    file.write_text("min_confidense = 0.3\n")

    result = CliRunner().invoke(app, ["config", "--config", str(file)])

    assert result.exit_code == 1
    assert "did you mean min_confidence?" in result.stderr
