"""Figures of one application for Prometheus: requests, stages of an ask, answers and refusals.

Each label has few values, which the code knows: no id, name or word of a caller is one.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector

from index.errors import OnRecordError
from rag.replies import Answer, Reply

logger = logging.getLogger(__name__)

CONTENT_TYPE = CONTENT_TYPE_LATEST
REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
STAGE_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that is read when it is asked for."""

    name: str
    meaning: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


Readings = Callable[[], Iterable[Reading]]


class Metrics:
    """With a registry of its own, so that applications in one process do not share figures."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._requests = Counter(
            "onrecord_requests",
            "Requests that were answered; 499 is a caller who left.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "onrecord_request_seconds",
            "From the first byte of a request's head to the last of its response.",
            ("method", "route"),
            buckets=REQUEST_SECONDS,
            registry=self._registry,
        )
        self._stage_seconds = Histogram(
            "onrecord_ask_stage_seconds",
            "Stages of a question; `total` is all of them, without waiting for its turn.",
            ("stage",),
            buckets=STAGE_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "onrecord_answers", "Questions answered.", ("kind",), registry=self._registry
        )
        self._refusals = Counter(
            "onrecord_refusals", "Questions refused.", ("reason",), registry=self._registry
        )
        self.watch(_build)

    def watch(self, readings: Readings) -> None:
        """Read these at each scrape; an OnRecordError means that there is nothing to read now."""
        self._registry.register(_Gauges(readings))

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(method, route).observe(seconds)

    def answered(self, reply: Reply) -> None:
        for stage, milliseconds in reply.timings_ms.items():
            self._stage_seconds.labels(stage).observe(milliseconds / 1000)
        outcome = reply.outcome
        if isinstance(outcome, Answer):
            self._answers.labels(outcome.kind).inc()
        else:
            self._refusals.labels(outcome.reason.value).inc()

    def text(self) -> bytes:
        """In Prometheus' text format. Call it in a thread: readings may wait for the disk."""
        return generate_latest(self._registry)


class _Gauges:
    """A collector, as the registry wants it."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings

    def collect(self) -> Iterator[Metric]:
        families: dict[str, GaugeMetricFamily] = {}
        for each in self._now():
            labels = list(each.labels)
            if each.name not in families:
                families[each.name] = GaugeMetricFamily(each.name, each.meaning, labels=labels)
            families[each.name].add_metric(list(each.labels.values()), each.value)
        yield from families.values()

    def _now(self) -> list[Reading]:
        try:
            return list(self._readings())
        except (OnRecordError, OSError) as error:
            logger.debug("nothing to read for the metrics: %s", type(error).__name__)
            return []


def _build() -> list[Reading]:
    labels = {"version": version("onrecord")}
    return [Reading("onrecord_build_info", "The version that runs.", 1, labels)]
