"""`onrecord serve`: a real server on this machine, started and ended."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from api.commands.serving.listening import hosts_of, is_this_machine
from eval.datasets.loading import demo_questions
from index.errors import SettingsError
from rag.settings import origins_of
from tests.support.fakes_cli import Shell

pytestmark = [pytest.mark.server, pytest.mark.enable_socket]

SERVE = """
import signal, sys
from pathlib import Path
from api.cli import app
from tests.support.fakes_cli import Shell

# A job in the background starts with it ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
app(["serve", "--port", "0", "--json", *sys.argv[2:]], obj=Shell(Path(sys.argv[1])).open)
"""


@contextmanager
def serving(folder: Path, *options: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """`more` is added to the environment."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder), *options],
        env=os.environ | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(server: subprocess.Popen[bytes]) -> str:
    assert server.stdout is not None
    return str(json.loads(b"".join(server.stdout.readline() for _ in range(3)))["address"])


def test_a_server_answers_at_the_address_it_prints_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        with urlopen(f"{address_of(server)}/healthz", timeout=30) as response:
            alive: Any = json.load(response)
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=30)

    assert alive == {"status": "alive"}
    assert server.returncode == 130
    assert complaints.decode().endswith("\nStopped.\n")
    assert "Traceback" not in complaints.decode()


def test_the_page_offers_the_samples_questions_while_there_is_only_the_sample(
    tmp_path: Path,
) -> None:
    Shell(tmp_path).run("demo")

    with (
        serving(tmp_path) as server,
        urlopen(f"{address_of(server)}/page-settings", timeout=30) as response,
    ):
        settings = json.load(response)

    assert settings["examples"] == demo_questions()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104
def test_an_address_that_others_reach_needs_a_word_of_consent(tmp_path: Path, host: str) -> None:
    result = Shell(tmp_path).run("serve", "--host", host, "--port", "0")

    assert result.exit_code == 1
    assert f"With --host {host}, everybody who reaches this machine" in result.stderr
    assert "onrecord keys create" in result.stderr
    assert "--insecure" in result.stderr


def test_a_promise_that_cannot_be_kept_is_refused_once(tmp_path: Path) -> None:
    result = Shell(tmp_path).run("serve", "--port", "0", "--max-wrong", "0.1")

    assert result.exit_code == 1
    assert result.stderr.count("A share of 0.1 wrong answers cannot be promised") == 1
    assert "not ready" not in result.stderr


def test_an_address_that_others_reach_may_be_served_with_keys(tmp_path: Path) -> None:
    token = Shell(tmp_path).json("keys", "create", "--scope", "ask")["key"]
    with serving(tmp_path, "--host", "0.0.0.0") as server:  # noqa: S104
        address = address_of(server).replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{address}/v1/articles", timeout=30)
        with_key = Request(f"{address}/page-settings", headers={"Authorization": f"Bearer {token}"})
        with urlopen(with_key, timeout=30) as response:
            assert response.status == 200

    with refused.value as response:
        assert response.status == 401


def test_a_running_server_refuses_a_name_that_is_not_its_own(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        address = address_of(server)
        stranger = Request(f"{address}/healthz", headers={"Host": "rebound.example"})
        with pytest.raises(HTTPError) as refused:
            urlopen(stranger, timeout=30)

    with refused.value as response:
        assert response.status == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_alone_needs_no_consent(host: str) -> None:
    assert is_this_machine(host)


def test_a_server_is_called_by_this_machines_names_and_those_that_are_set() -> None:
    hosts = hosts_of("127.0.0.1", " News.example:81 , desk.example.,")

    assert {"localhost", "news.example", "desk.example", socket.gethostname().lower()} <= hosts
    assert "" not in hosts


def test_other_sites_are_written_in_any_common_way() -> None:
    assert origins_of("https://Desk.example/, http://a.example:81") == {
        "https://desk.example",
        "http://a.example:81",
    }
    with pytest.raises(SettingsError, match=r"write it as https://desk\.example"):
        origins_of("desk.example")


def test_a_port_in_use_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = Shell(tmp_path).run("serve", "--port", str(port))

    assert result.exit_code == 1
    assert f"Port {port} of 127.0.0.1 is used" in result.stderr
    assert "--port" in result.stderr


def test_on_sigterm_a_server_says_that_it_stops_and_on_a_second_one_ends_with_0(
    tmp_path: Path,
) -> None:
    notified = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(notified))
        systemd.settimeout(30)
        more = {"ONRECORD_DRAIN_SECONDS": "100", "NOTIFY_SOCKET": str(notified)}
        with serving(tmp_path / "data", **more) as server:
            address = address_of(server)
            told = {systemd.recv(100) for _ in range(2)}
            server.send_signal(signal.SIGTERM)
            refused = status_of(f"{address}/v1/index")
            ready, alive = status_of(f"{address}/readyz"), status_of(f"{address}/healthz")
            server.send_signal(signal.SIGTERM)
            _, logged = server.communicate(timeout=30)
            last = systemd.recv(100)

    assert (refused, ready, alive) == (503, 503, 200)
    assert server.returncode == 0
    assert (told, last) == ({b"READY=1", b"WATCHDOG=1"}, b"STOPPING=1")
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [line["route"] for line in lines if line["event"] == "request"] == ["/v1/index"]


def status_of(address: str) -> int:
    try:
        with urlopen(address, timeout=30) as response:
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code
