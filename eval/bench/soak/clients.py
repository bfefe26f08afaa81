"""Clients of a server under load: they ask and look at its health, and remember what came back."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from typing import Any

from eval.bench.load import percentile

CLIENTS = 2
PROBE_SECONDS = 0.1
"""Between two looks at /healthz."""
PATIENCE = 300.0
ANSWERED = frozenset({"200", "503"})


@dataclass
class SoakPhase:
    """What one part of the time was like. Lists are appended to by threads."""

    ask_ms: list[float] = field(default_factory=list)
    health_ms: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def dropped(self) -> int:
        """Requests that got anything but 200 and 503, and those that got nothing."""
        return sum(count for status, count in self.statuses.items() if status not in ANSWERED)

    def facts(self) -> dict[str, Any]:
        return {
            "asks": len(self.ask_ms),
            "ask_p50_ms": percentile(self.ask_ms, 50),
            "ask_p95_ms": percentile(self.ask_ms, 95),
            "health_p99_ms": percentile(self.health_ms, 99),
            "ask_longest_ms": percentile(self.ask_ms, 100),
            "health_longest_ms": percentile(self.health_ms, 100),
            "dropped": self.dropped,
            "statuses": dict(sorted(self.statuses.items())),
        }


class Client:
    """Asks a server, one connection for each request, as strangers do."""

    def __init__(self, port: int) -> None:
        self._port = port

    def send(self, method: str, path: str, body: object = None) -> tuple[str, float]:
        """The status, or the name of what went wrong, and milliseconds."""
        status, ms, _ = self.answer(method, path, body)
        return status, ms

    def answer(
        self, method: str, path: str, body: object = None
    ) -> tuple[str, float, dict[str, Any]]:
        """Also the answer, of JSON; it is empty if there is none."""
        found: dict[str, Any] = {}
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        payload = None if body is None else json.dumps(body)
        try:
            connection.request(method, path, payload, {"Content-Type": "application/json"})
            response = connection.getresponse()
            content = response.read()
            if response.headers.get_content_type() == "application/json":
                found = json.loads(content)
            status = str(response.status)
        except (OSError, HTTPException) as error:
            status = type(error).__name__
        finally:
            connection.close()
        return status, (time.perf_counter() - began) * 1000, found


@contextmanager
def asked(client: Client, questions: Sequence[str], phase: SoakPhase) -> Iterator[None]:
    """Clients ask and one looks at the server's health until the block ends."""
    over = threading.Event()

    def ask(first: int) -> None:
        for question in cycle([*questions[first:], *questions[:first]]):
            if over.is_set():
                return
            status, ms = client.send("POST", "/v1/ask", {"question": question})
            phase.statuses[status] += 1
            phase.ask_ms.append(ms)

    def probe() -> None:
        while not over.wait(PROBE_SECONDS):
            status, ms = client.send("GET", "/healthz")
            phase.statuses[status] += 1
            phase.health_ms.append(ms)

    size = max(1, len(questions) // CLIENTS)
    threads = [threading.Thread(target=ask, args=(at * size,)) for at in range(CLIENTS)]
    threads.append(threading.Thread(target=probe))
    for each in threads:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in threads:
            each.join()


def crowd(client: Client, questions: Sequence[str], size: int) -> dict[str, int]:
    """So many clients at once, each with one question."""

    def one(at: int) -> str:
        return client.send("POST", "/v1/ask", {"question": questions[at % len(questions)]})[0]

    with ThreadPoolExecutor(size) as clients:
        return dict(sorted(Counter(clients.map(one, range(size))).items()))
