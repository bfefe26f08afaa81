"""`onrecord watch`, as a process that is started and ended."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.fakes_cli import Shell
from tests.support.places import ROOT

WATCH = """
import signal, sys
from pathlib import Path
from api.cli import app
from tests.support.fakes_cli import Shell

signal.signal(signal.SIGINT, signal.default_int_handler)
app(["watch", "--every", "0.1", *sys.argv[2:]], obj=Shell(Path(sys.argv[1])).open)
"""
ARTICLE = {"id": "pier", "title": "Pier", "text": "The pier was rebuilt after the great storm."}


@contextmanager
def watching(data: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", WATCH, str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)], ids=["ctrl-c", "sigterm"]
)
def test_what_appears_is_added_and_a_signal_ends_it_cleanly(
    tmp_path: Path, incoming: Path, sent: signal.Signals, code: int
) -> None:
    with watching(tmp_path / "data", str(incoming), "--json") as process:
        assert process.stdout
        (incoming / "one.jsonl").write_text(json.dumps(ARTICLE))
        first: Any = json.loads(process.stdout.readline())
        process.send_signal(sent)
        _, complaints = process.communicate(timeout=100)

    assert (first["event"], first["added"], first["articles"]) == ("changed", 1, 1)
    assert process.returncode == code
    assert "Traceback" not in complaints
    assert Shell(tmp_path / "data").run("show", "pier").exit_code == 0


def test_a_line_tells_what_changed_and_a_reject_is_on_standard_error(
    tmp_path: Path, incoming: Path
) -> None:
    (incoming / "bad.jsonl").write_text(f"no JSON\n{json.dumps(ARTICLE)}\n")
    with watching(tmp_path / "data", str(incoming)) as process:
        assert process.stdout
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=100)

    assert "1 added" in line
    assert "bad.jsonl:1" in complaints
    assert "Stopped. What was added is kept" in complaints


def test_a_restart_does_not_bring_back_what_was_taken_down(tmp_path: Path, incoming: Path) -> None:
    (incoming / "one.jsonl").write_text(json.dumps(ARTICLE))
    shell = Shell(tmp_path / "data")
    shell.run("index", "add", str(incoming))
    shell.run("index", "remove", "pier")

    with watching(tmp_path / "data", str(incoming), "--json") as process:
        assert process.stdout
        told: Any = json.loads(process.stdout.readline())

    assert (told["event"], told["reason"]) == ("rejected", "taken_down")
    assert shell.run("show", "pier").exit_code == 1


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert Shell(tmp_path).run("watch", str(tmp_path / "none")).exit_code == 2


SIGNALLED = """
import signal
from contextlib import suppress
from api.commands.operations.watch import Signals

signals = Signals()
with signals.handled():
    with suppress(KeyboardInterrupt):  # as a library may
        signal.raise_signal(signal.SIGINT)
    try:
        signals.end()
    except KeyboardInterrupt:
        print("ended")
    signal.raise_signal(signal.SIGTERM)
    print("not reached")
"""


def test_a_signal_whose_exception_was_lost_ends_it_all_the_same() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SIGNALLED],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert (ran.returncode, ran.stdout) == (0, "ended\n"), ran.stderr
