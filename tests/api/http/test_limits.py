"""No more at once than the service can bear: bytes in a body, questions in work."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from api.http.app import create_app
from api.http.limits import BodyLimit, HttpLimits
from tests.support.fakes_api import FakeService

QUESTION = "Who publicly opposed the vote as treasurer?"


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    limits = HttpLimits(
        questions_at_once=2, wait_seconds=0.2, article_bytes=3000, question_bytes=2000
    )
    with TestClient(create_app(service, limits=limits)) as client:
        yield client


def ask(client: TestClient, question: str) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_a_body_over_the_limit_is_refused_by_its_length(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "x" * 2000})

    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"].startswith("The body exceeds the limit of 2000 bytes")


def test_a_body_announced_as_too_large_is_not_even_read(service: FakeService) -> None:
    sent: list[Message] = []

    async def never_read() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/articles",
        "headers": [(b"content-length", b"3001")],
    }
    limited = BodyLimit(create_app(service), limits=HttpLimits(article_bytes=3000))
    asyncio.run(limited(scope, never_read, send))

    assert sent[0]["status"] == 413


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/articles"])
def test_a_body_over_the_limit_is_refused_while_it_streams(client: TestClient, path: str) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield b'{"question": "' + b"x" * 100

    response = client.post(path, content=pieces(), headers={"Content-Type": "application/json"})

    assert response.status_code == 413
    assert response.json()["status"] == 413


@pytest.mark.parametrize(
    ("path", "most"),
    [("/v1/ask", 2**16), ("/v1/search", 2**16), ("/nowhere", 2**16), ("/v1/verify", 2**20)],
)
def test_each_route_has_a_limit_of_its_own(service: FakeService, path: str, most: int) -> None:
    headers = {"Content-Type": "application/json"}
    with TestClient(create_app(service)) as client:
        refused = client.post(path, content=b" " * (most + 1), headers=headers)
        read = client.post(path, content=b" " * most, headers=headers)

    assert refused.status_code == 413
    assert f"the limit of {most} bytes" in refused.json()["detail"]
    assert read.status_code != 413


def test_a_body_of_unknown_keys_names_twenty_of_them(service: FakeService) -> None:
    with TestClient(create_app(service)) as client:
        response = client.post(
            "/v1/ask", json={"question": "x"} | {f"k{n}": 0 for n in range(5000)}
        )

    assert response.status_code == 422
    assert len(response.json()["errors"]) == 20


def test_questions_over_the_limit_wait_and_are_then_refused(
    client: TestClient, service: FakeService
) -> None:
    service.gate.clear()
    with ThreadPoolExecutor(2) as pool:
        taken = [pool.submit(ask, client, QUESTION) for _ in range(2)]
        wait_for_questions(service, 2)
        away = client.post("/v1/ask", json={"question": QUESTION})
        alive = client.get("/healthz")
        service.gate.set()

    assert away.status_code == 503
    assert away.headers["Retry-After"] == "2"
    assert "2 other questions" in away.json()["detail"]
    assert alive.status_code == 200
    assert all(each.result()["answered"] for each in taken)
    assert ask(client, QUESTION)["answered"]


def test_a_waiting_question_gets_the_next_free_place(service: FakeService) -> None:
    limits = HttpLimits(questions_at_once=1, wait_seconds=20)
    with TestClient(create_app(service, limits=limits)) as client, ThreadPoolExecutor(3) as pool:
        service.gate.clear()
        answers = [pool.submit(ask, client, QUESTION) for _ in range(3)]
        wait_for_questions(service, 1)
        threading.Timer(0.1, service.gate.set).start()

        assert all(each.result(timeout=20)["answered"] for each in answers)


def wait_for_questions(service: FakeService, count: int) -> None:
    for _ in range(count):
        assert service.asking.acquire(timeout=10)
