"""The parts of a soak: idle, written to, rebuilt, and a thousand clients at once."""

import shutil
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.bench.soak.clients import ANSWERED, SoakPhase, asked, crowd
from eval.bench.soak.server import dead_maps, resident_mb, served
from eval.bench.soak.writes import path_of, rebuilt, written
from eval.bench.speed import questions_about
from index.stores.archive.archive import Archive

IDLE_SHARE = 0.25
"""Of the time, in which nothing is written."""
BATCH = 50
CROWD = 1_000


@dataclass(frozen=True, slots=True)
class Soak:
    minutes: float
    idle: Mapping[str, Any]
    writing: Mapping[str, Any]
    rebuilding: Mapping[str, Any]
    """From the start of a rebuild of everything to its end, however long that takes."""
    rebuild: str
    """How it ended."""
    crowd: Mapping[str, int]
    """How often each status was answered to a thousand clients at once."""
    added: int
    lost: tuple[str, ...]
    """Articles whose addition was acknowledged and that are not served at the end."""
    shown: tuple[str, ...]
    """Articles whose removal was acknowledged and that are served at the end."""
    resident_mb: tuple[float, float]
    """Of the server, after the idle part and at the end."""
    dead_maps: int
    """Files of deleted generations that the server still maps at the end."""
    exit_code: int

    @property
    def held(self) -> bool:
        """Whether nothing was lost, shown, or answered but by 200 and 503."""
        phases = (self.idle, self.writing, self.rebuilding)
        answered = {status for phase in phases for status in phase["statuses"]}
        wrong = self.lost or self.shown or self.exit_code or self.crowd.keys() - ANSWERED
        return not (wrong or answered - ANSWERED or self.rebuild != "done")

    @property
    def asks_beside_writing(self) -> float:
        """The p95 of an ask while articles are written, over that of the idle part."""
        idle, writing = (phase["ask_p95_ms"] for phase in (self.idle, self.writing))
        return round(writing / idle, 2) if idle else 0.0


def soak(folder: Path, minutes: float, *, size: int = CROWD, batch: int = BATCH) -> Soak:
    """Works on a copy of the folder.

    For a part of the time clients only ask; then articles are added, revised, removed and purged
    beside them, everything is rebuilt, and at the end a thousand clients come at once.
    """
    with TemporaryDirectory(prefix="onrecord-soak-") as aside:
        data = Path(aside) / "data"
        shutil.copytree(folder, data)
        with closing(Archive.open(data / "archive.sqlite", read_only=True)) as archive:
            stock = archive.page(limit=archive.count())
        with served(data) as (process, client):
            idle, writing, rebuilding = SoakPhase(), SoakPhase(), SoakPhase()
            questions = questions_about(stock[:100])
            with asked(client, questions, idle):
                time.sleep(60 * minutes * IDLE_SHARE)
            resident = resident_mb(process.pid)
            with asked(client, questions, writing):
                found = written(client, stock, 60 * minutes * (1 - IDLE_SHARE), batch)
            with asked(client, questions, rebuilding):
                ended = rebuilt(client)
            crowded = crowd(client, questions, size)
            lost = [each for each in found.there if client.send("GET", path_of(each))[0] != "200"]
            shown = [each for each in found.gone if client.send("GET", path_of(each))[0] == "200"]
            resident_after, dead = resident_mb(process.pid), dead_maps(process.pid)
        return Soak(
            minutes=minutes,
            idle=idle.facts(),
            writing=writing.facts(),
            rebuilding=rebuilding.facts(),
            rebuild=ended,
            crowd=crowded,
            added=len(found.there) + len(found.gone),
            lost=tuple(lost),
            shown=tuple(shown),
            resident_mb=(resident, resident_after),
            dead_maps=dead,
            exit_code=process.returncode,
        )
