"""A server that is killed while jobs wait and run does them after its next start."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.support.fakes_jobs import body_of, numbered

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real,
    pytest.mark.server,
    pytest.mark.enable_socket,
    pytest.mark.timeout(600),
]
LONG = 300.0
"""Seconds: each start of a writer loads the models."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Killed at the end of the block, without a word."""
    command = [
        sys.executable,
        "-m",
        "api.cli",
        "serve",
        "--port",
        "0",
        "--json",
        "--data",
        str(folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout
            address = json.loads(b"".join(server.stdout.readline() for _ in range(3)))["address"]
            yield address
        finally:
            server.kill()


def call(method: str, address: str, body: bytes | None = None) -> Any:
    request = Request(address, body, {"Content-Type": "application/json"}, method=method)
    with urlopen(request, timeout=60) as response:
        return json.load(response)


def is_there(address: str, article: str) -> bool:
    try:
        return bool(call("GET", f"{address}/v1/articles/{article}"))
    except HTTPError as error:
        error.close()
        return False


def once(is_so: Any) -> Any:
    latest = monotonic() + LONG
    while not (found := is_so()) and monotonic() < latest:
        sleep(0.1)
    return found


def test_acknowledged_writes_survive_the_death_of_the_server(tmp_path: Path) -> None:
    ids = numbered("a", 70)
    with served(tmp_path) as address:
        jobs = [
            call("POST", f"{address}/v1/articles?wait=none", body_of(*ids))["id"],
            call("POST", f"{address}/v1/articles?wait=none", body_of("later"))["id"],
        ]
        assert once(lambda: call("GET", f"{address}/v1/jobs/{jobs[0]}")["state"] == "running")
        jobs.append(call("DELETE", f"{address}/v1/articles/{ids[-1]}?wait=none")["id"])
        hidden_before = not is_there(address, ids[-1])

    with served(tmp_path) as address:
        hidden_after = not is_there(address, ids[-1])
        states = once(lambda: _all_ended(address, jobs))

        assert states == ["done"] * 3
        assert hidden_before
        assert hidden_after
        assert not is_there(address, ids[-1])
        assert all(is_there(address, each) for each in (ids[0], ids[-2], "later"))
        assert call("GET", f"{address}/v1/index")["articles"] == 70


def _all_ended(address: str, jobs: list[int]) -> list[str]:
    found = [call("GET", f"{address}/v1/jobs/{each}") for each in jobs]
    return [each["state"] for each in found] if all(each["ended_at"] for each in found) else []
