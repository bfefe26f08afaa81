"""When a generation is published during a run, and when there is nothing to publish."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import numpy as np

from index.progress import Progress
from index.stores.archive.archive import Archive
from index.stores.generation.folders import current_name
from index.stores.generation.manifest import Manifest
from index.stores.generation.parent import Continuation, parent_of
from index.stores.generation.publication import publish
from index.stores.generation.writer import Provenance
from index.stores.search.passage_table import PassageTable

SECONDS_BETWEEN = 20.0
TIMES_ITS_COST = 20.0
"""Steps of a long run are published at most this often: a twentieth of the time, or every 20 s."""


class Publisher:
    """Of one run."""

    def __init__(
        self,
        folder: Path,
        archive: Archive,
        *,
        provenance: Provenance,
        progress: Progress,
        kept: int,
        unattributed: Callable[[], int],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._folder = folder
        self._archive = archive
        self._provenance = provenance
        self._progress = progress
        self._unattributed = unattributed
        self._kept = kept
        self._clock = clock
        self._due = 0.0
        self._published: Manifest | None = None

    def current(self) -> Manifest | None:
        """What answers now, if it was built from this archive last."""
        parent = parent_of(self._folder, self._archive)
        return parent.manifest if parent else None

    def publish_if_due(self) -> None:
        if self._clock() >= self._due:
            self.publish(fresh=False)

    def publish(self, *, fresh: bool) -> Manifest | None:
        """None if there is nothing to publish: no article, and no index that has to lose some."""
        if self._archive.is_empty() and not current_name(self._folder):
            return None
        began, unattributed = self._clock(), self._unattributed()
        after = None if fresh else Continuation.of(self._folder, self._archive)
        if after and self._holds_all(after, unattributed):
            if self._published or after.parent.is_intact():
                return after.parent.manifest
            after = None
        self._progress("publishing", 0, 1)
        self._published = publish(
            self._folder,
            self._archive,
            provenance=self._provenance,
            after=after,
            unattributed=unattributed,
            kept=self._kept,
        )
        self._progress("publishing", 1, 1)
        cost = self._clock() - began
        self._due = self._clock() + max(SECONDS_BETWEEN, TIMES_ITS_COST * cost)
        return self._published

    def _holds_all(self, after: Continuation, unattributed: int) -> bool:
        """Whether the current generation holds exactly what the archive does."""
        parent = after.parent
        same_name = parent.manifest.name == current_name(self._folder)
        if not same_name or parent.manifest.pending.statements != unattributed:
            return False
        return same_contents(parent.table, after.table)


def same_contents(one: PassageTable, other: PassageTable) -> bool:
    """Whether both hold the same passages, vectors, statements and stories."""
    parts = ((each.passage, each.embedded, each.statement, each.story) for each in (one, other))
    return all(np.array_equal(*pair) for pair in zip(*parts, strict=True))
