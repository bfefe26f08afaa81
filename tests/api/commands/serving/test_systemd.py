"""What systemd is told."""

import logging
import os
import socket
from pathlib import Path

import pytest

from api.commands.serving.systemd import Notifier, notifier_of_environment


def test_a_line_arrives_at_the_socket(tmp_path: Path) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        Notifier(address).tell("READY=1")

        assert systemd.recv(100) == b"READY=1"


def test_an_abstract_address_begins_with_an_at_sign() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0onrecord-test-notify")
        Notifier("@onrecord-test-notify").tell("WATCHDOG=1")

        assert systemd.recv(100) == b"WATCHDOG=1"


def test_without_systemd_nothing_is_told(caplog: pytest.LogCaptureFixture) -> None:
    Notifier().tell("READY=1")

    assert caplog.records == []


def test_a_systemd_that_is_gone_is_no_failure(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        Notifier(str(tmp_path / "none")).tell("WATCHDOG=1")

    assert "could not be told WATCHDOG=1" in caplog.text


def test_processes_started_later_do_not_find_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", "/run/notify")

    notifier_of_environment()

    assert "NOTIFY_SOCKET" not in os.environ
