"""Writes a generation: the changes since its parent, and the rest taken over from it.

Files that did not change are the parent's under a second name, with the checksums it has of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.terms import ANALYSER
from index.neural.embedder import EmbedderIdentity
from index.progress import Pending
from index.settings import IndexSettings
from index.statements import Speaker
from index.stores.durable_files import sync, sync_tree
from index.stores.generation.folders import MANIFEST
from index.stores.generation.manifest import (
    COLUMNS,
    FORMAT_VERSION,
    SPEAKERS,
    STATEMENTS,
    TERMS,
    VECTORS,
    FileRecord,
    Manifest,
    files_of,
)
from index.stores.generation.parent import Parent
from index.stores.generation.statement_rows import StoredStatement, statement_rows
from index.stores.search import segments
from index.stores.search.lexical import TermRow, sync_terms
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.search.speakers import sync_speakers
from index.stores.search.statements import sync_statements
from index.stores.sorted_ids import without
from index.stores.timestamps import instant
from index.stores.vectors.faiss_index import VectorLimits
from index.stores.vectors.store import VectorReport, VectorWriter
from index.stores.vectors.writer import VectorSegmentWriter

Ids = NDArray[np.int64]
NOTHING: Ids = np.zeros(0, np.int64)

MOST_DELETED = 0.2
"""Share of deleted documents above which an index is rebuilt: they distort BM25's statistics."""
MOST_DELETED_SPEAKERS = 0.5
"""Their scores need no statistics."""


class GenerationSource(Protocol):
    """What a generation is built from: the archive."""

    @property
    def identity(self) -> str: ...

    def latest_generation(self) -> str: ...

    def record_generation(self, generation: str) -> None: ...

    def passage_table(self, before: PassageTable | None = None) -> PassageTable: ...

    def engines(self) -> tuple[str, ...]: ...

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]: ...

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterable[tuple[int, str, str]]: ...

    def statements_by_id(self, statement_ids: NDArray[np.int64]) -> Iterable[StoredStatement]: ...

    def refresh_speakers(self, *, fresh: bool) -> None: ...

    def changed_speakers(self) -> list[str]: ...

    def speakers(self, keys: Iterable[str] | None = None) -> Iterable[Speaker]: ...


@dataclass(frozen=True, slots=True)
class Provenance:
    """What produced the contents of a generation, as its manifest records it."""

    settings: IndexSettings
    embedder: EmbedderIdentity
    attributor: str


@dataclass(frozen=True, slots=True)
class GenerationWriter:
    """A generation being written into its folder."""

    folder: Path
    table: PassageTable
    parent: Parent | None

    def write(
        self,
        archive: GenerationSource,
        provenance: Provenance,
        limits: VectorLimits | None,
        unattributed: int,
    ) -> Manifest:
        """`unattributed`: articles whose statements are still to be found."""
        self._write_terms(archive)
        self._write_statements(archive)
        self._write_speakers(archive)
        vectors = self._write_vectors(
            archive, self._vector_writer(archive, provenance.embedder, limits)
        )
        self.table.save(self.folder / COLUMNS)
        sync_tree(self.folder, known=self._is_shared)
        manifest = self._manifest(archive, provenance, vectors, unattributed)
        manifest.write(self.folder)
        sync(self.folder / MANIFEST)
        sync(self.folder)
        return manifest

    def _write_terms(self, archive: GenerationSource) -> None:
        """The parent's, without deleted passages and with new ones."""
        known = self._begin(TERMS, self.parent.table.passage if self.parent else NOTHING)
        gone, new = _difference(known, self.table.passage)
        rows = _term_rows(archive, self.table, new)
        sync_terms(self.folder / TERMS, remove=gone.tolist(), add=rows)

    def _write_statements(self, archive: GenerationSource) -> None:
        """The parent's, without deleted statements and with new ones."""
        known = self._begin(STATEMENTS, self.parent.table.statement if self.parent else NOTHING)
        gone, new = _difference(known, self.table.statement)
        rows = statement_rows(archive.statements_by_id(new))
        sync_statements(self.folder / STATEMENTS, remove=gone.tolist(), add=rows)

    def _write_speakers(self, archive: GenerationSource) -> None:
        """The parent's, with those put together again of whom anything changed."""
        archive.refresh_speakers(fresh=self.parent is None)
        if self._continue(SPEAKERS, MOST_DELETED_SPEAKERS):
            changed = archive.changed_speakers()
            speakers = archive.speakers(changed)
            sync_speakers(self.folder / SPEAKERS, remove=changed, add=speakers)
        else:
            sync_speakers(self.folder / SPEAKERS, add=archive.speakers())

    def _begin(self, name: str, known: Ids) -> Ids:
        """Create an index's folder; the ids that it holds already."""
        return known if self._continue(name, MOST_DELETED) else NOTHING

    def _continue(self, name: str, most_deleted: float) -> bool:
        """Create an index's folder; whether it has what the parent's has."""
        folder = self.folder / name
        folder.mkdir()
        if not self.parent or segments.deleted_share(self.parent.path / name) > most_deleted:
            return False
        segments.clone(self.parent.path / name, folder)
        return True

    def _vector_writer(
        self, archive: GenerationSource, embedder: EmbedderIdentity, limits: VectorLimits | None
    ) -> VectorWriter:
        (self.folder / VECTORS).mkdir()
        same = self.parent is not None and self.parent.manifest.embedder == embedder
        return VectorSegmentWriter(
            self.folder / VECTORS,
            parent=self.parent.path / VECTORS if self.parent and same else None,
            dimensions=embedder.dimensions,
            vectors_of=archive.vectors,
            limits=limits,
        )

    def _write_vectors(self, archive: GenerationSource, writer: VectorWriter) -> VectorReport:
        """The parent's, without those of deleted passages and with new ones."""
        gone, new = _difference(writer.passages, self.table.passage[self.table.embedded])
        writer.remove(gone)
        writer.add(new, archive.vectors(new))
        return writer.publish()

    def _manifest(
        self,
        archive: GenerationSource,
        provenance: Provenance,
        vectors: VectorReport,
        unattributed: int,
    ) -> Manifest:
        table = self.table
        return Manifest(
            format_version=FORMAT_VERSION,
            name=self.folder.name,
            archive=archive.identity,
            analyser=ANALYSER,
            attributor=provenance.attributor,
            built_at=datetime.now(UTC),
            articles=len(table.article_ids),
            passages=len(table),
            statements=len(table.statement),
            newest_article=_newest(table),
            pending=Pending(statements=unattributed, vectors=table.without_vector),
            settings=asdict(provenance.settings),
            embedder=provenance.embedder,
            engines=archive.engines(),
            vectors=vectors,
            files={
                path.relative_to(self.folder).as_posix(): self._record(path)
                for path in files_of(self.folder)
            },
        )

    def _record(self, path: Path) -> FileRecord:
        """The checksum of a shared file is the parent's: the writer has not read it."""
        if self.parent and self._is_shared(path):
            return self.parent.manifest.files[path.relative_to(self.folder).as_posix()]
        return FileRecord.of(path)

    def _is_shared(self, path: Path) -> bool:
        return self.parent is not None and self.parent.shares(self.folder, path)


def _difference(before: Ids, after: Ids) -> tuple[Ids, Ids]:
    """What to remove and what to add."""
    return without(before, after), without(after, before)


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
