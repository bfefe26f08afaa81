"""kill -9 of the server, of its writer, and of both, while articles come in: none told is lost."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.faults import ROUNDS
from tests.faults.programs import held, story
from tests.support.places import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.server, pytest.mark.enable_socket]
KILLS = 4 if ROUNDS == 1 else 50
SOON = 60.0


class RunningServer:
    """A server of fakes, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.serve", str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.url = f"http://127.0.0.1:{self.process.stdout.readline().strip()}"

    def writers(self) -> list[int]:
        """Its children that run Python; the one that tracks resources is left alone."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return [
            int(each)
            for each in children
            if "spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes().decode()
        ]

    def kill(self, whom: str) -> None:
        writers = self.writers() if self.process.poll() is None else []
        for pid in writers if whom != "server" else []:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if whom != "writer":
            self.process.kill()
            self._ended()

    def end(self) -> None:
        self.process.terminate()
        self._ended()

    def _ended(self) -> None:
        assert self.process.stdout
        self.process.wait(SOON)
        self.process.stdout.close()


@contextmanager
def coming_in(url: str, first: int, told: set[str]) -> Iterator[None]:
    """One article after another, until the block ends or the server is gone."""
    over = threading.Event()

    def send() -> None:
        number = first
        while not over.is_set():
            article = story(number)
            body = {"id": article.id, "title": article.title, "text": article.text}
            wait = ("all", "words", "none")[number % 3]
            with suppress(httpx.HTTPError):
                answer = httpx.post(f"{url}/v1/articles?wait={wait}", json=body, timeout=SOON)
                if answer.is_success:
                    told.add(article.id)
            number += 1

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield
    finally:
        over.set()
        sender.join(SOON)


@pytest.mark.timeout(300 + 20 * KILLS)  # after most kills a server is started again
def test_no_article_that_was_told_stored_is_lost_by_kills_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311 - whom to kill and when, no secret
    told: set[str] = set()
    server = RunningServer(tmp_path)
    try:
        for kill in range(KILLS):
            whom = ("writer", "server", "both")[kill % 3]
            with coming_in(server.url, 100 * kill, told):
                wait_for(told, len(told) + chance.randrange(3))
                time.sleep(chance.uniform(0, 0.3))
                server.kill(whom)
                if whom != "writer":
                    server = RunningServer(tmp_path)
        with coming_in(server.url, 100 * KILLS, told):
            wait_for(told, len(told) + 3)
        until_done(server)
    finally:
        server.end()

    assert len(told) >= 3
    assert held(tmp_path) >= told


def wait_for(told: set[str], count: int) -> None:
    """Until so many articles were told to be stored, or the server is too slow."""
    end = time.monotonic() + SOON
    while len(told) < count and time.monotonic() < end:
        time.sleep(0.01)


def until_done(server: RunningServer) -> None:
    """Nothing is queued or pending, soon after the last kill."""
    end = time.monotonic() + 2 * SOON
    while time.monotonic() < end:
        index = httpx.get(f"{server.url}/v1/index", timeout=SOON).json()
        pending = index["pending"]
        if not any(pending.values()) and not index.get("jobs", {}).get("queued"):
            return
        time.sleep(0.2)
    pytest.fail(f"it is still busy: {index}")
