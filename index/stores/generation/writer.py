"""A generation while it is written: what changed since its parent, and the rest taken over.

Terms and statements go on from the parent's; vectors, columns and speakers are written whole.
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
from index.stores.generation.layout import named, path_of
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
from index.stores.generation.statement_rows import Spoken, statement_rows
from index.stores.search import segments
from index.stores.search.lexical import TermRow, sync_terms
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.search.speakers import write_speakers
from index.stores.search.statements import sync_statements
from index.stores.search.vectors import Limits, VectorIndex, VectorIndexReport
from index.stores.timestamps import instant

log = logging.getLogger(__name__)

Ids = NDArray[np.int64]
NOTHING: Ids = np.zeros(0, np.int64)

MOST_DEAD = 0.2
"""An index with more removed documents than this is made anew: they bend BM25's statistics."""


class GenerationSource(Protocol):
    """What a generation is made from: the archive."""

    @property
    def identity(self) -> str: ...

    def indexed_as(self) -> str: ...

    def note_indexed(self, generation: str) -> None: ...

    def columns(self) -> PassageTable: ...

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]: ...

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterable[tuple[int, str, str]]: ...

    def spoken(self, statement_ids: NDArray[np.int64]) -> Iterable[Spoken]: ...

    def speakers(self) -> Iterable[Speaker]: ...


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the contents of a generation, as its manifest records it."""

    settings: IndexSettings
    embedder: EmbedderIdentity
    attributor: str


@dataclass(frozen=True, slots=True)
class Parent:
    """The generation to go on from, all of it but the vectors checked."""

    path: Path
    manifest: Manifest
    columns: PassageTable


@dataclass(frozen=True, slots=True)
class GenerationWriter:
    """A generation being written into its folder."""

    folder: Path
    columns: PassageTable
    parent: Parent | None

    def write(
        self, archive: GenerationSource, made_by: Provenance, limits: Limits | None
    ) -> Manifest:
        self._write_terms(archive)
        self._write_statements(archive)
        vectors = self._write_vectors(archive, made_by.embedder, limits)
        self.columns.save(self.folder / COLUMNS)
        sync_tree(self.folder)
        manifest = self._manifest(archive, made_by, vectors)
        manifest.write(self.folder)
        sync_tree(self.folder)
        return manifest

    def _write_terms(self, archive: GenerationSource) -> None:
        """As the parent's, less the passages that went, and with those that came."""
        known = self._begin(TERMS, self.parent.columns.passage if self.parent else NOTHING)
        gone, new = _difference(known, self.columns.passage)
        sync_terms(self.folder / TERMS, remove=gone, add=_term_rows(archive, self.columns, new))

    def _write_statements(self, archive: GenerationSource) -> None:
        """The same of statements; and the speakers, all of them."""
        known = self._begin(STATEMENTS, self.parent.columns.statement if self.parent else NOTHING)
        gone, new = _difference(known, self.columns.statement)
        rows = statement_rows(archive.spoken(new))
        sync_statements(self.folder / STATEMENTS, remove=gone, add=rows)
        self._begin(SPEAKERS, NOTHING)
        write_speakers(self.folder / SPEAKERS, archive.speakers())

    def _begin(self, name: str, known: Ids) -> Ids:
        """Make the folder of an index, from the parent's where that is worth it; what it holds."""
        folder = self.folder / name
        folder.mkdir()
        if not self.parent or not len(known):
            return NOTHING
        before = self.parent.path / name
        if segments.dead_share(before) > MOST_DEAD:
            return NOTHING
        segments.clone(before, folder)
        return known

    def _write_vectors(
        self, archive: GenerationSource, embedder: EmbedderIdentity, limits: Limits | None
    ) -> VectorIndexReport:
        ids = self.columns.passage
        empty = np.zeros((0, embedder.dimensions), np.float32)
        vectors = archive.vectors(ids) if len(ids) else empty
        return VectorIndex.build(vectors, self.folder / VECTORS, limits=limits)

    def _manifest(
        self, archive: GenerationSource, made_by: Provenance, vectors: VectorIndexReport
    ) -> Manifest:
        return Manifest(
            format_version=FORMAT_VERSION,
            name=self.folder.name,
            archive=archive.identity,
            analyser=ANALYSER,
            attributor=made_by.attributor,
            built_at=datetime.now(UTC),
            articles=len(self.columns.article_ids),
            passages=len(self.columns),
            statements=len(self.columns.statement),
            newest_article=_newest(self.columns),
            settings=asdict(made_by.settings),
            embedder=made_by.embedder,
            vectors=vectors,
            files={name: self._record(name) for name in sorted(self._names())},
        )

    def _names(self) -> Iterator[str]:
        for path in self.folder.rglob("*"):
            if path.is_file():
                yield path.relative_to(self.folder).as_posix()

    def _record(self, name: str) -> FileRecord:
        """A file shared with the parent was checked with it, so it is not read twice."""
        path = self.folder / name
        if self.parent and name in self.parent.manifest.files:
            before = self.parent.path / name
            if before.exists() and path.samefile(before):
                return self.parent.manifest.files[name]
        return FileRecord.of(path)


def _difference(known: Ids, wanted: Ids) -> tuple[list[int], Ids]:
    """What to take out and what to put in."""
    return np.setdiff1d(known, wanted).tolist(), np.setdiff1d(wanted, known)


def _newest(columns: PassageTable) -> datetime | None:
    dated = columns.published[columns.published != MISSING]
    return instant(int(dated.max())) if len(dated) else None


def _term_rows(
    archive: GenerationSource, columns: PassageTable, ids: NDArray[np.int64]
) -> Iterator[TermRow]:
    articles = dict(zip(ids.tolist(), columns.article[columns.rows(ids)].tolist(), strict=True))
    for passage, title, text in archive.texts(ids):
        published = int(columns.published[articles[passage]])
        outlet = int(columns.outlet[articles[passage]])
        yield TermRow(
            passage,
            title,
            text,
            published=None if published == MISSING else published,
            outlet=None if outlet < 0 else columns.outlets[outlet],
        )


def parent_of(folder: Path, archive: GenerationSource) -> Parent | None:
    """The current generation, when it is whole and of this very archive."""
    name = named(folder)
    path = path_of(folder, name)
    try:
        manifest = Manifest.read(path)
        manifest.verify(path, manifest.files.keys() - {VECTORS})
        columns = PassageTable.load(path / COLUMNS)
    except GenerationError as error:
        if name:
            log.warning("Indexing every passage anew: %s", error)
        return None
    made_of = (manifest.archive, manifest.name, manifest.analyser)
    same = made_of == (archive.identity, archive.indexed_as(), ANALYSER)
    return Parent(path, manifest, columns) if same else None
