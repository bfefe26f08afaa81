"""Writes the next generation from an archive, and makes it current by a rename.

A process killed at any moment leaves either the old generation current or the new one complete.
"""

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from index.errors import DamagedIndexError, StorageError
from index.settings import GENERATIONS_KEPT
from index.stores.durable_files import move, replace_text
from index.stores.generation.folders import kept_names, next_name, path_of, prune
from index.stores.generation.manifest import Manifest
from index.stores.generation.parent import Continuation
from index.stores.generation.writer import GenerationSource, GenerationWriter, Provenance
from index.stores.vectors.faiss_index import VectorLimits

log = logging.getLogger(__name__)


def publish(
    folder: Path,
    archive: GenerationSource,
    *,
    provenance: Provenance,
    after: Continuation | None,
    limits: VectorLimits | None = None,
    unattributed: int = 0,
    kept: int = GENERATIONS_KEPT,
) -> Manifest:
    """Write a generation from the archive and make it current; on StorageError the old one stays.

    The caller must hold the writer's lock. Without `after` nothing is taken over;
    `unattributed` is the number of articles whose statements are still to be found, `kept` that of
    the generations that are kept, this one included.
    """
    staging = folder / "staging"
    job = _Job(archive, provenance, limits, unattributed)
    try:
        staged, manifest = job.write_next(folder, after)
        archive.record_generation(staged.name)
        _make_current(folder, staged, kept)
    except (OSError, StorageError) as error:
        raise StorageError(
            f"{folder}: the new index could not be written ({error}). The index from before still "
            "answers. Free space or make the folder writable, then try again."
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


@dataclass(frozen=True, slots=True)
class _Job:
    """What goes into the next generation."""

    archive: GenerationSource
    provenance: Provenance
    limits: VectorLimits | None
    unattributed: int

    def write_next(self, folder: Path, after: Continuation | None) -> tuple[Path, Manifest]:
        """Where it was written. Nothing is taken over from a parent that turns out damaged."""
        if after is not None:
            try:
                return self._written(folder, after)
            except (DamagedIndexError, StorageError) as error:
                if isinstance(error, StorageError) and after.parent.is_intact():
                    raise
                log.warning("Indexing every passage again: %s", error)
        return self._written(folder, None)

    def _written(self, folder: Path, after: Continuation | None) -> tuple[Path, Manifest]:
        shutil.rmtree(folder / "staging", ignore_errors=True)  # left by one that was killed
        staged = folder / "staging" / next_name(folder)
        staged.mkdir(parents=True)
        table = after.table if after else self.archive.passage_table()
        parent = after.parent if after else None
        writer = GenerationWriter(staged, table, parent)
        manifest = writer.write(self.archive, self.provenance, self.limits, self.unattributed)
        if parent:
            parent.verify_used(staged)
        return staged, manifest


def _make_current(folder: Path, staged: Path, kept: int) -> None:
    """Readers find it once CURRENT is replaced; the previous one is kept as a fallback."""
    move(staged, path_of(folder, staged.name))
    replace_text(folder / "CURRENT", f"{staged.name}\n")
    prune(folder, kept_names(folder, kept))
