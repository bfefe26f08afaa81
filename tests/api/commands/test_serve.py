"""`onrecord serve`: a real server on this machine, started and ended."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from eval.datasets.loading import demo_questions
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
def serving(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
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

    assert settings == {"examples": demo_questions()}


def test_a_port_in_use_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = Shell(tmp_path).run("serve", "--port", str(port))

    assert result.exit_code == 1
    assert f"Port {port} of 127.0.0.1 is used" in result.stderr
    assert "--port" in result.stderr
