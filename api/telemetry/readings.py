"""What is read at each scrape: the queue of questions, the index, and who writes."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from api.telemetry.metrics import Reading, Readings
from index.stores.write_lock import writer
from rag.replies import IndexState


def of_service(
    *, ready: Callable[[], bool], running: Callable[[], int], waiting: Callable[[], int]
) -> Readings:
    return lambda: [
        Reading("onrecord_ready", "1 if questions can be answered.", ready()),
        Reading("onrecord_asks_running", "Questions that are being answered.", running()),
        Reading("onrecord_asks_waiting", "Questions that wait for their turn.", waiting()),
    ]


def of_index(
    state: Callable[[], IndexState], *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Readings:
    """Of the generation that answers; nothing while there is none."""

    def read() -> list[Reading]:
        now = state()
        pending = "Still to be made: statements by article, vectors by passage."
        number = _number(now.generation)
        return [
            Reading("onrecord_generation", "The number of the generation.", number),
            Reading(
                "onrecord_generation_age_seconds",
                "Since the generation was built.",
                (clock() - now.built_at).total_seconds(),
            ),
            Reading("onrecord_articles", "Articles in the index.", now.articles),
            Reading("onrecord_passages", "Passages in the index.", now.passages),
            Reading("onrecord_pending", pending, now.pending.statements, {"what": "statements"}),
            Reading("onrecord_pending", pending, now.pending.vectors, {"what": "vectors"}),
        ]  # fmt: skip

    return read


def of_writer(folder: Path) -> Readings:
    """Whether a process, this service's or another, writes to the data folder."""
    meaning = "1 while the archive is being written."
    return lambda: [Reading("onrecord_writer_running", meaning, writer(folder) is not None)]


def of_jobs(counts: Callable[[], Mapping[str, int]]) -> Readings:
    """By state."""
    meaning = "Writes that wait or run, and the latest that ended."
    return lambda: [
        Reading("onrecord_jobs", meaning, count, {"state": state})
        for state, count in counts().items()
    ]


def _number(generation: str) -> int:
    """`00000012-c8194d59` -> 12."""
    found = re.search(r"\d+", generation)
    return int(found[0]) if found else 0
