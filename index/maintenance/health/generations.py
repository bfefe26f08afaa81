"""The index: every file of every generation, what the current one lacks, and how well it finds."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import GenerationError
from index.language.numbers import counted
from index.maintenance.health.findings import FINISH, REBUILD, Finding, Grade, graded, some
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.generation.folders import (
    MANIFEST,
    NAME,
    current_name,
    generation_names,
    path_of,
)
from index.stores.generation.generation import Generation, check_fit, opened_generation
from index.stores.generation.manifest import Manifest, files_of
from index.stores.sorted_ids import among

PROBES = 50
"""Passages whose nearest others are looked for."""
NEAREST = 10
LEAST_RECALL = 0.95
"""Below what an index is built with (`VectorLimits.recall`), so that chance is no finding."""
AT_ONCE = 8192
"""Passages whose vectors are in memory together: 13 MB."""
COARSE = 0.02
"""A compressed index keeps its vectors to within this; any other exactly."""


def file_findings(folder: Path) -> Iterator[Finding]:
    """Of all generations that are kept, the current one first."""
    current = current_name(folder)
    if not NAME.fullmatch(current):
        yield Finding(
            "current generation",
            Grade.FAIL,
            f"{folder / 'CURRENT'} names {current[:40]!r}, which is no generation.",
            REBUILD,
        )
    names = generation_names(folder)
    for name in sorted(names, key=lambda each: each != current):
        grade = Grade.FAIL if name == current else Grade.WARN
        yield graded(
            f"generation {name}",
            _fault(path_of(folder, name)),
            fine=f"Every file is as it was written{' (in use)' if name == current else ''}.",
            grade=grade,
            mend=REBUILD,
        )
    if NAME.fullmatch(current) and current not in names:
        yield Finding(
            f"generation {current}", Grade.FAIL, "The current generation is not there.", REBUILD
        )


def current_generation(
    folder: Path, settings: IndexSettings, embedder: EmbedderIdentity | None
) -> Generation:
    """GenerationError if it cannot be opened; an unknown embedder fits."""
    path = path_of(folder, current_name(folder))
    manifest = Manifest.read(path)
    check_fit(manifest, settings, embedder or manifest.embedder)
    return opened_generation(path, manifest)


def fit_findings(archive: Archive, generation: Generation) -> Iterator[Finding]:
    """Whether the generation is of this archive, and has all that it has."""
    manifest, table = generation.manifest, generation.passage_table
    other = manifest.archive != archive.identity
    yield graded(
        "origin of the index",
        "The index was built from another archive than the one beside it." if other else "",
        fine="The index was built from this archive.",
        grade=Grade.FAIL,
        mend=REBUILD,
    )
    live = archive.live(table.article_ids)
    hidden = [each for each in table.article_ids if each not in live]
    yield graded(
        "removed articles",
        f"Removed and hidden, but in the index: {some(hidden)}." if hidden else "",
        fine="No removed article is in the index.",
        grade=Grade.WARN,
        mend=FINISH,
    )
    yield _pending(archive, generation)


def vector_findings(archive: Archive, generation: Generation) -> Iterator[Finding]:
    """The archive's vectors are the index's, and the nearest are found."""
    table = generation.passage_table
    embedded = np.flatnonzero(table.embedded)
    rows = embedded[among(table.passage[embedded], _embedded_in(archive))]
    if not len(rows):
        return
    probes = np.unique(np.linspace(0, len(rows) - 1, PROBES).astype(np.int64))
    asked = generation.vectors.stored(rows[probes])
    best = np.full((len(probes), min(NEAREST, len(rows))), -np.inf, np.float32)
    differing = 0
    tolerance = 0.0 if "fp16" in generation.manifest.vectors.type else COARSE
    for start in range(0, len(rows), AT_ONCE):
        some_rows = rows[start : start + AT_ONCE]
        indexed = generation.vectors.stored(some_rows)
        stored = archive.vectors(table.passage[some_rows])
        same = np.abs(stored - indexed).max(axis=1) <= tolerance  # false for what is no number
        differing += int(np.count_nonzero(~same))
        together = np.hstack([best, asked @ indexed.T])
        best = np.partition(together, -best.shape[1], axis=1)[:, -best.shape[1] :]
    yield graded(
        "vectors",
        f"{counted(differing, 'vector', 'are')} in the archive otherwise than in the index."
        if differing
        else "",
        fine=f"{counted(len(rows), 'vector', 'are')} the same in archive and index.",
        grade=Grade.FAIL,
        mend=REBUILD,
    )
    recall = _recall(generation, asked, best.min(axis=1), best.shape[1])
    found = f"{recall:.1%} of the {best.shape[1]} nearest of {counted(len(probes), 'passage')}"
    found = f"{found} are found"
    yield graded(
        "recall",
        f"{found}; {LEAST_RECALL:.0%} is expected." if recall < LEAST_RECALL else "",
        fine=f"{found}.",
        grade=Grade.WARN,
        mend=REBUILD,
    )


def _embedded_in(archive: Archive) -> NDArray[np.int64]:
    """Passages with a vector, ascending; of a text that was revised since, there are none."""
    with archive.database.read() as connection:
        ids = connection.execute("select id from passages where embedding is not null order by id")
        return np.fromiter((number for (number,) in ids), np.int64)


def _recall(
    generation: Generation, asked: NDArray[np.float32], enough: NDArray[np.float32], nearest: int
) -> float:
    """Counts what is at least as near as the last exact one, so that copies are no misses."""
    found = 0
    for query, least in zip(asked, enough, strict=True):
        _, cosines = generation.vectors.search(query, nearest)
        found += int(np.count_nonzero(cosines >= least - 1e-3))
    return found / (nearest * len(asked))


def _pending(archive: Archive, generation: Generation) -> Finding:
    pending = generation.manifest.pending
    waiting = [
        f"{counted(count, noun)} {lack}"
        for count, noun, lack in (
            (pending.statements, "article", "without statements"),
            (pending.vectors, "passage", "without a vector"),
        )
        if count
    ]
    if generation.name == archive.rolled_back_to():
        waiting.append(f"all changes since {generation.name}, to which the index was rolled back")
    if archive.has_unpublished():
        waiting.append("changes of the archive that are not in the index")
    if archive.is_erasing():
        waiting.append("an erasure that was cut short")
    return graded(
        "pending work",
        f"Still to come: {' and '.join(waiting)}." if waiting else "",
        fine="The index has all that the archive has.",
        grade=Grade.WARN,
        mend=FINISH,
    )


def _fault(path: Path) -> str:
    try:
        manifest = Manifest.read(path)
        manifest.verify(path)
    except GenerationError as error:
        return str(error)
    names = (each.relative_to(path).as_posix() for each in files_of(path))
    foreign = sorted(set(names) - set(manifest.files) - {MANIFEST})
    return f"Files that do not belong to it: {some(foreign)}." if foreign else ""
