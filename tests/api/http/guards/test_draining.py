"""A service that stops: no new questions, and an answer to those that run."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.app import create_app
from tests.support.fakes_api import FakeService

QUESTION = {"question": "Who opposed the vote as treasurer?"}


def stop(app: FastAPI) -> None:
    app.state.app_state.readiness.begin_to_stop()


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_new_requests_are_refused_for_a_while(method: str) -> None:
    app = create_app(FakeService())
    with TestClient(app) as client:
        stop(app)
        refused = client.request(method, "/v1/articles/harbour-tolls")

    assert refused.status_code == 503
    assert refused.json()["type"] == "/problems/not-ready"
    assert "stopping" in refused.json()["detail"]
    assert refused.headers["Retry-After"] == "2"
    assert refused.headers["Connection"] == "close"


def test_it_is_alive_but_not_ready_at_once() -> None:
    app = create_app(FakeService())
    with TestClient(app) as client:
        while client.get("/readyz").status_code != 200:
            pass
        stop(app)

        assert client.get("/readyz").json()["detail"] == "The service is stopping."
        assert client.get("/healthz").status_code == 200
        assert "onrecord_ready 0.0" in client.get("/metrics").text
        assert client.get("/").status_code == 200


def test_a_question_that_runs_is_answered() -> None:
    service = FakeService()
    app = create_app(service)
    with TestClient(app) as client, ThreadPoolExecutor() as pool:
        service.gate.clear()
        running = pool.submit(client.post, "/v1/ask", json=QUESTION)
        service.asking.acquire(timeout=10)
        stop(app)
        threading.Timer(0.05, service.gate.set).start()

        assert running.result().status_code == 200
