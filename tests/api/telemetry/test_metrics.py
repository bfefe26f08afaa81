"""Figures for Prometheus, read back with its own parser."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.jobs.store import JobStore
from api.telemetry.metrics import Metrics, Reading
from api.telemetry.readings import of_index, of_jobs, of_service, of_writer
from index.errors import NoIndexError
from index.progress import Pending
from index.stores.write_lock import writing
from tests.support.fakes_api import BUILT, FakeService


def values(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """By name and label values, in the order of the labels' names."""
    families = text_string_to_metric_families(metrics.text().decode())
    samples = (sample for family in families for sample in family.samples)
    return {
        (sample.name, *dict(sorted(sample.labels.items())).values()): sample.value
        for sample in samples
    }


def test_requests_are_counted_by_route_and_status_and_timed_by_route() -> None:
    metrics = Metrics()

    metrics.requested("GET", "/v1/ask", 200, 0.02)
    metrics.requested("GET", "/v1/ask", 503, 0.3)

    found = values(metrics)
    assert found["onrecord_requests_total", "GET", "/v1/ask", "200"] == 1
    assert found["onrecord_requests_total", "GET", "/v1/ask", "503"] == 1
    assert found["onrecord_request_seconds_bucket", "0.025", "GET", "/v1/ask"] == 1
    assert found["onrecord_request_seconds_sum", "GET", "/v1/ask"] == pytest.approx(0.32)


def test_replies_are_counted_by_kind_or_reason_and_timed_by_stage() -> None:
    metrics, service = Metrics(), FakeService()

    metrics.answered(service.ask("Tobias Renn, the treasurer, opposed the vote."))
    metrics.answered(service.ask("Who discovered penicillin?"))

    found = values(metrics)
    assert found["onrecord_answers_total", "sentence"] == 1
    assert found["onrecord_refusals_total", "no_evidence"] == 1
    assert found["onrecord_ask_stage_seconds_count", "total"] == 2
    assert found["onrecord_ask_stage_seconds_sum", "total"] == pytest.approx(0.003)


def test_two_applications_in_one_process_share_no_figures() -> None:
    first, second = Metrics(), Metrics()

    first.requested("GET", "/", 200, 0.01)

    assert ("onrecord_requests_total", "GET", "/", "200") not in values(second)


def test_the_index_is_read_at_each_scrape() -> None:
    metrics, service = Metrics(), FakeService()
    service.pending = Pending(statements=2, vectors=7)
    metrics.watch(of_index(service.state, clock=lambda: BUILT + timedelta(minutes=5)))

    found = values(metrics)
    assert found["onrecord_generation",] == 1
    assert found["onrecord_generation_age_seconds",] == 300
    assert (found["onrecord_articles",], found["onrecord_passages",]) == (3, 6)
    assert found["onrecord_pending", "statements"] == 2
    assert found["onrecord_pending", "vectors"] == 7


def test_what_cannot_be_read_now_leaves_the_other_figures() -> None:
    metrics, service = Metrics(), FakeService()
    service.failure = NoIndexError("Nothing has been built here yet.")
    metrics.watch(of_index(service.state))
    metrics.watch(of_service(ready=lambda: False, running=lambda: 2, waiting=lambda: 9))

    found = values(metrics)
    assert ("onrecord_articles",) not in found
    assert (found["onrecord_ready",], found["onrecord_asks_running",]) == (0, 2)
    assert found["onrecord_asks_waiting",] == 9


def test_a_writer_is_seen_while_it_writes(tmp_path: Path) -> None:
    metrics = Metrics()
    metrics.watch(of_writer(tmp_path))

    with writing(tmp_path, "add"):
        during = values(metrics)["onrecord_writer_running",]

    assert (during, values(metrics)["onrecord_writer_running",]) == (1, 0)


def test_jobs_are_counted_by_state(tmp_path: Path) -> None:
    metrics, store = Metrics(), JobStore(tmp_path)
    metrics.watch(of_jobs(store.counts))
    before = values(metrics)
    store.rebuild()

    with closing(store):
        assert before["onrecord_jobs", "queued"] == 0
        assert values(metrics)["onrecord_jobs", "queued"] == 1
        assert values(metrics)["onrecord_jobs", "failed"] == 0


def test_others_add_readings_with_labels_of_their_own() -> None:
    metrics = Metrics()
    metrics.watch(lambda: [Reading("onrecord_test", "A test.", 3, {"kind": "first"})])

    assert values(metrics)["onrecord_test", "first"] == 3
    assert datetime.now(UTC).timestamp() >= values(metrics)["process_start_time_seconds",]
