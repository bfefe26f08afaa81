"""Writes a generation: the changes since its parent, and the rest taken over from it.

Terms and statements continue the parent's; vectors, passage table and speakers are written whole.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import GenerationError
from index.language.terms import ANALYSER
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings
from index.statements import Speaker
from index.stores.durable_files import sync_tree
from index.stores.generation.folders import current_name, path_of
from index.stores.generation.manifest import (
    COLUMNS,
    FORMAT_VERSION,
    SPEAKERS,
    STATEMENTS,
    TERMS,
    VECTORS,
    FileRecord,
    Manifest,
)
from index.stores.generation.statement_rows import StoredStatement, statement_rows
from index.stores.search import segments
from index.stores.search.lexical import TermRow, sync_terms
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.search.speakers import write_speakers
from index.stores.search.statements import sync_statements
from index.stores.search.vectors import VectorIndex, VectorIndexReport, VectorLimits
from index.stores.timestamps import instant

log = logging.getLogger(__name__)

Ids = NDArray[np.int64]
NOTHING: Ids = np.zeros(0, np.int64)

MOST_DELETED = 0.2
"""Share of deleted documents above which an index is rebuilt: they distort BM25's statistics."""


class GenerationSource(Protocol):
    """What a generation is built from: the archive."""

    @property
    def identity(self) -> str: ...

    def latest_generation(self) -> str: ...

    def record_generation(self, generation: str) -> None: ...

    def passage_table(self) -> PassageTable: ...

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]: ...

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterable[tuple[int, str, str]]: ...

    def statements_by_id(self, statement_ids: NDArray[np.int64]) -> Iterable[StoredStatement]: ...

    def speakers(self) -> Iterable[Speaker]: ...


@dataclass(frozen=True, slots=True)
class Provenance:
    """What produced the contents of a generation, as its manifest records it."""

    settings: IndexSettings
    embedder: EmbedderIdentity
    attributor: str


@dataclass(frozen=True, slots=True)
class Parent:
    """The generation to continue from; all its files but the vectors are checked."""

    path: Path
    manifest: Manifest
    table: PassageTable


@dataclass(frozen=True, slots=True)
class GenerationWriter:
    """A generation being written into its folder."""

    folder: Path
    table: PassageTable
    parent: Parent | None

    def write(
        self, archive: GenerationSource, provenance: Provenance, limits: VectorLimits | None
    ) -> Manifest:
        self._write_terms(archive)
        self._write_statements(archive)
        vectors = self._write_vectors(archive, provenance.embedder, limits)
        self.table.save(self.folder / COLUMNS)
        sync_tree(self.folder)
        manifest = self._manifest(archive, provenance, vectors)
        manifest.write(self.folder)
        sync_tree(self.folder)
        return manifest

    def _write_terms(self, archive: GenerationSource) -> None:
        """The parent's, without deleted passages and with new ones."""
        known = self._begin(TERMS, self.parent.table.passage if self.parent else NOTHING)
        gone, new = _difference(known, self.table.passage)
        sync_terms(self.folder / TERMS, remove=gone, add=_term_rows(archive, self.table, new))

    def _write_statements(self, archive: GenerationSource) -> None:
        """The parent's statements, without deleted and with new ones; and all speakers."""
        known = self._begin(STATEMENTS, self.parent.table.statement if self.parent else NOTHING)
        gone, new = _difference(known, self.table.statement)
        rows = statement_rows(archive.statements_by_id(new))
        sync_statements(self.folder / STATEMENTS, remove=gone, add=rows)
        self._begin(SPEAKERS, NOTHING)
        write_speakers(self.folder / SPEAKERS, archive.speakers())

    def _begin(self, name: str, known: Ids) -> Ids:
        """Create an index's folder, from the parent's if that is worthwhile; the ids it holds."""
        folder = self.folder / name
        folder.mkdir()
        if not self.parent or not len(known):
            return NOTHING
        before = self.parent.path / name
        if segments.deleted_share(before) > MOST_DELETED:
            return NOTHING
        segments.clone(before, folder)
        return known

    def _write_vectors(
        self, archive: GenerationSource, embedder: EmbedderIdentity, limits: VectorLimits | None
    ) -> VectorIndexReport:
        ids = self.table.passage
        empty = np.zeros((0, embedder.dimensions), np.float32)
        vectors = archive.vectors(ids) if len(ids) else empty
        return VectorIndex.build(vectors, self.folder / VECTORS, limits=limits)

    def _manifest(
        self, archive: GenerationSource, provenance: Provenance, vectors: VectorIndexReport
    ) -> Manifest:
        return Manifest(
            format_version=FORMAT_VERSION,
            name=self.folder.name,
            archive=archive.identity,
            analyser=ANALYSER,
            attributor=provenance.attributor,
            built_at=datetime.now(UTC),
            articles=len(self.table.article_ids),
            passages=len(self.table),
            statements=len(self.table.statement),
            newest_article=_newest(self.table),
            settings=asdict(provenance.settings),
            embedder=provenance.embedder,
            vectors=vectors,
            files={
                path.relative_to(self.folder).as_posix(): self._record(path)
                for path in sorted(self.folder.rglob("*"))
                if path.is_file()
            },
        )

    def _record(self, path: Path) -> FileRecord:
        """A file shared with the parent was checked already, so it is not read again."""
        name = path.relative_to(self.folder).as_posix()
        if self.parent and name in self.parent.manifest.files:
            before = self.parent.path / name
            if before.exists() and path.samefile(before):
                return self.parent.manifest.files[name]
        return FileRecord.of(path)


def _difference(before: Ids, after: Ids) -> tuple[list[int], Ids]:
    """What to remove and what to add."""
    return np.setdiff1d(before, after).tolist(), np.setdiff1d(after, before)


def _newest(table: PassageTable) -> datetime | None:
    dated = table.published[table.published != MISSING]
    return instant(int(dated.max())) if len(dated) else None


def _term_rows(
    archive: GenerationSource, table: PassageTable, ids: NDArray[np.int64]
) -> Iterator[TermRow]:
    articles = dict(zip(ids.tolist(), table.article[table.rows(ids)].tolist(), strict=True))
    for passage, title, text in archive.texts(ids):
        published = int(table.published[articles[passage]])
        outlet = int(table.outlet[articles[passage]])
        yield TermRow(
            passage,
            title,
            text,
            published=None if published == MISSING else published,
            outlet=None if outlet < 0 else table.outlets[outlet],
        )


def parent_of(folder: Path, archive: GenerationSource) -> Parent | None:
    """The current generation, if it is intact and was built from this archive."""
    name = current_name(folder)
    path = path_of(folder, name)
    try:
        manifest = Manifest.read(path)
        manifest.verify(path, manifest.files.keys() - {VECTORS})
        table = PassageTable.load(path / COLUMNS)
    except GenerationError as error:
        if name:
            log.warning("Indexing every passage again: %s", error)
        return None
    built_from = (manifest.archive, manifest.name, manifest.analyser)
    same = built_from == (archive.identity, archive.latest_generation(), ANALYSER)
    return Parent(path, manifest, table) if same else None
