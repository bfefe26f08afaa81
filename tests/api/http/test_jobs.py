"""Writes over HTTP: waited for as always, or answered at once with a job that can be followed."""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from index.build_report import BuildReport
from index.documents import Article, Reject
from index.errors import StorageError, WriterLostError
from index.progress import Pending, Progress, Until
from tests.support.fakes_api import TOLLS, FakeService
from tests.support.fakes_jobs import SOON, eventually

RECORD = {"id": "pier", "title": "Pier", "text": "The pier was rebuilt after the great storm."}
OTHER = {"id": "quay", "title": "Quay", "text": "The quay was closed for a month on Monday."}
ASYNC = {"Prefer": "respond-async"}


class GatedService(FakeService):
    """Writes nothing until its gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.may_write = threading.Event()

    def add(self, items: Any, *, progress: Progress, **options: Any) -> BuildReport:
        assert self.may_write.wait(SOON)
        return super().add(items, progress=progress, **options)


@pytest.fixture
def service() -> GatedService:
    return GatedService()


@pytest.fixture
def client(service: GatedService) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client
        service.may_write.set()


def ended(client: TestClient, number: int) -> dict[str, Any]:
    def has_ended() -> bool:
        return client.get(f"/v1/jobs/{number}").json()["ended_at"] is not None

    assert eventually(has_ended)
    body: dict[str, Any] = client.get(f"/v1/jobs/{number}").json()
    return body


@pytest.mark.parametrize(
    ("query", "headers"),
    [("?wait=none", {}), ("", ASYNC), ("", {"Prefer": "wait=5, Respond-Async"})],
    ids=["wait=none", "Prefer", "Prefer among others"],
)
def test_who_does_not_wait_gets_the_job_at_once_and_reads_its_report_later(
    client: TestClient, service: GatedService, query: str, headers: dict[str, str]
) -> None:
    response = client.post(f"/v1/articles{query}", json=[RECORD, {"id": "x"}], headers=headers)
    first = response.json()
    service.may_write.set()
    last = ended(client, first["id"])

    assert response.status_code == 202
    assert response.headers["Location"] == f"/v1/jobs/{first['id']}"
    assert response.headers["Preference-Applied"] == "respond-async"
    assert (first["kind"], first["items"], first["report"]) == ("add", 2, None)
    assert first["state"] in {"queued", "running"}
    assert (last["state"], last["rejected"], last["failure"]) == ("done", 1, None)
    assert (last["report"]["added"], last["report"]["rejected"][0]["reason"]) == (1, "malformed")
    times = [datetime.fromisoformat(last[f"{each}_at"]) for each in ("created", "started", "ended")]
    assert times == sorted(times)


def test_many_who_write_at_once_all_succeed_one_after_another(
    client: TestClient, service: GatedService
) -> None:
    """Nine of ten were told before that another was writing (409)."""
    statuses: list[int] = []

    def post(number: int) -> None:
        record = RECORD | {"id": f"pier-{number}"}
        statuses.append(client.post("/v1/articles", json=record).status_code)

    threads = [threading.Thread(target=post, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()

    def nine_wait() -> bool:
        return bool(client.get("/v1/index").json()["jobs"]["queued"] == 9)

    assert eventually(lambda: statuses or nine_wait())
    assert statuses == []
    running = client.get("/v1/index").json()["jobs"]["running"]
    service.may_write.set()
    for thread in threads:
        thread.join(SOON)

    assert statuses == [200] * 10
    assert (running["kind"], running["state"]) == ("add", "running")
    assert len(service.shelf.page(limit=99)) == 13


def test_a_take_down_waits_for_no_other_write(client: TestClient, service: GatedService) -> None:
    client.post("/v1/articles", json=RECORD, headers=ASYNC)
    queued = client.post("/v1/articles", json=OTHER, headers=ASYNC).json()

    removal = client.delete(f"/v1/articles/{TOLLS.id}", headers=ASYNC)
    again = client.delete(f"/v1/articles/{TOLLS.id}?wait=none")
    service.may_write.set()
    last = ended(client, removal.json()["id"])

    assert removal.status_code == again.status_code == 202
    assert again.json()["id"] == removal.json()["id"]
    assert (last["article"], last["report"]["removed"], last["items"]) == (TOLLS.id, 1, None)
    assert last["ended_at"] <= ended(client, queued["id"])["ended_at"]


def test_an_article_that_is_only_about_to_be_added_can_be_taken_down(
    client: TestClient, service: GatedService
) -> None:
    client.post("/v1/articles", json=OTHER, headers=ASYNC)
    waiting = client.post("/v1/articles", json=RECORD, headers=ASYNC).json()

    removal = client.delete(f"/v1/articles/{RECORD['id']}", headers=ASYNC)
    service.may_write.set()
    report = ended(client, waiting["id"])["report"]

    assert removal.status_code == 202
    assert [each["reason"] for each in report["rejected"]] == ["taken_down"]
    assert client.get(f"/v1/articles/{RECORD['id']}").status_code == 404


def test_jobs_are_listed_newest_first_in_pages_and_by_state(
    client: TestClient, service: GatedService
) -> None:
    numbers = [
        client.post("/v1/articles", json=RECORD, headers=ASYNC).json()["id"] for _ in range(3)
    ]
    client.delete(f"/v1/jobs/{numbers[1]}")

    first = client.get("/v1/jobs?limit=2").json()
    second = client.get(f"/v1/jobs?limit=2&after={first['next']}").json()
    cancelled = client.get("/v1/jobs?state=cancelled").json()

    assert [each["id"] for each in first["jobs"]] == numbers[:0:-1]
    assert ([each["id"] for each in second["jobs"]], second["next"]) == (numbers[:1], None)
    assert [each["id"] for each in cancelled["jobs"]] == [numbers[1]]
    assert client.get("/v1/jobs?state=lost").status_code == 422


def test_a_cancelled_job_is_a_conflict_for_who_waits_and_is_not_cancelled_twice(
    client: TestClient, service: GatedService
) -> None:
    client.post("/v1/articles", json=OTHER, headers=ASYNC)
    answers: list[Any] = []
    waiter = threading.Thread(
        target=lambda: answers.append(client.post("/v1/articles", json=RECORD))
    )
    waiter.start()
    assert eventually(lambda: client.get("/v1/jobs?state=running").json()["jobs"])
    assert eventually(lambda: client.get("/v1/index").json()["jobs"]["queued"] == 1)

    cancelled = client.delete("/v1/jobs/2")
    again = client.delete("/v1/jobs/2")
    waiter.join(SOON)

    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/job-ended")
    assert (answers[0].status_code, answers[0].json()["type"]) == (409, "/problems/job-cancelled")


@pytest.mark.parametrize("path", ["/v1/jobs/99", "/v1/jobs/99/events"])
def test_an_unknown_job_is_a_problem(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.json()["type"]) == (404, "/problems/unknown-job")
    assert "There is no job 99" in response.json()["detail"]


@pytest.mark.parametrize("number", ["0", "-1", "one", str(2**64)])
def test_a_number_that_no_job_can_have_is_invalid(client: TestClient, number: str) -> None:
    assert client.get(f"/v1/jobs/{number}").status_code == 422


def test_a_failed_job_says_why_as_the_request_would(
    client: TestClient, service: GatedService
) -> None:
    service.may_write.set()
    service.failure = StorageError("The disk is full; free some space.")

    job = ended(client, client.post("/v1/articles", json=RECORD, headers=ASYNC).json()["id"])

    assert (job["state"], job["failure"]) == (
        "failed",
        {"type": "/problems/storage", "detail": "The disk is full; free some space."},
    )


def test_events_tell_each_change_until_the_job_has_ended(
    client: TestClient, service: GatedService
) -> None:
    number = client.post("/v1/articles", json=RECORD, headers=ASYNC).json()["id"]
    threading.Timer(0.2, service.may_write.set).start()

    with client.stream("GET", f"/v1/jobs/{number}/events") as response:
        kind = response.headers["content-type"]
        events = "".join(response.iter_text()).split("\n\n")

    jobs = [json.loads(each.removeprefix("event: job\ndata: ")) for each in events if each]
    assert kind.startswith("text/event-stream")
    assert len(jobs) > 1
    assert [each["id"] for each in jobs] == [number] * len(jobs)
    assert jobs[0]["state"] in {"queued", "running"}
    assert jobs[-1]["state"] == "done"


def test_a_rebuild_is_a_job_too(client: TestClient) -> None:
    waited = client.post("/v1/index/rebuild")
    job = ended(client, client.post("/v1/index/rebuild?wait=none").json()["id"])

    assert (waited.status_code, waited.json()["articles"]) == (200, 3)
    assert (job["kind"], job["state"], job["report"]["articles"]) == ("rebuild", "done", 3)
    assert job["only"] == []


def test_a_rebuild_makes_again_the_parts_that_are_named(
    client: TestClient, service: GatedService
) -> None:
    url = "/v1/index/rebuild?only=vectors&only=groups&wait=none"
    job = ended(client, client.post(url).json()["id"])
    refused = client.post("/v1/index/rebuild?only=everything")

    assert (job["state"], job["only"]) == ("done", ["groups", "vectors"])
    assert service.rebuilt == [("groups", "vectors")]
    assert refused.status_code == 422
    assert "'vectors', 'statements' or 'groups'" in refused.text


def test_who_waits_when_the_service_stops_is_told_that_the_write_goes_on_later(
    client: TestClient, service: GatedService
) -> None:
    answers: list[Any] = []
    waiter = threading.Thread(
        target=lambda: answers.append(client.post("/v1/articles", json=RECORD))
    )
    waiter.start()
    assert eventually(lambda: client.get("/v1/index").json()["jobs"]["running"])

    client.app.state.app_state.jobs.stop()  # type: ignore[attr-defined]  # ours
    waiter.join(SOON)

    assert (answers[0].status_code, answers[0].json()["type"]) == (503, "/problems/stopping")
    assert "goes on after its next start" in answers[0].json()["detail"]
    assert answers[0].headers["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("query", "until", "finished"),
    [("", Until.ALL, 0), ("?wait=all", Until.ALL, 0), ("?wait=words", Until.WORDS, 1)],
)
def test_a_request_says_how_long_to_wait_and_the_service_does_the_rest(
    client: TestClient, service: GatedService, query: str, until: Until, finished: int
) -> None:
    service.may_write.set()

    response = client.post(f"/v1/articles{query}", json=RECORD)

    assert response.status_code == 200
    assert eventually(lambda: service.finished == finished)
    assert service.added_until == [until]


def test_another_wait_is_refused(client: TestClient) -> None:
    assert client.post("/v1/articles?wait=forever", json=RECORD).status_code == 422


@pytest.mark.parametrize(("pending", "finished"), [(Pending(2, 7), 1), (Pending(), 0)])
def test_a_service_that_starts_finishes_what_is_pending(pending: Pending, finished: int) -> None:
    service = FakeService()
    service.pending = pending

    with TestClient(create_app(service)) as client:
        body = client.get("/v1/index").json()
        assert eventually(lambda: service.finished == finished)

    assert body["pending"] == {"statements": pending.statements, "vectors": pending.vectors}


class LosingWriter:
    """Is killed whenever it adds or removes."""

    def __init__(self, service: FakeService) -> None:
        self._service = service

    def add(self, items: Iterable[Article | Reject], **_: object) -> BuildReport:
        raise WriterLostError("killed")

    def remove(self, ids: Sequence[str], **_: object) -> BuildReport:
        raise WriterLostError("killed")

    purge = remove

    def rebuild(self, only: object, **_: object) -> BuildReport:
        raise WriterLostError("killed")

    def finish(self, *, progress: Progress, stop: Any) -> BuildReport:
        return self._service.finish(progress=progress, stop=stop)

    def close(self) -> None: ...


def test_a_write_that_is_always_cut_short_fails_and_the_rest_is_finished() -> None:
    service = FakeService()
    service.pending = Pending(statements=1)
    with TestClient(create_app(service, writer=LosingWriter(service))) as client:
        answer = client.post("/v1/articles", json=RECORD)

        assert eventually(lambda: service.finished)

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/writer-lost")
