"""A generation while it is written: what changed since its parent, and the rest taken over.

Terms go on from the parent's; vectors and columns are written whole.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding import EmbedderIdentity
from index.errors import GenerationError
from index.settings import IndexSettings
from index.stores.analysis import ANALYSER
from index.stores.columns import MISSING, Columns
from index.stores.durable import sync_tree
from index.stores.instants import instant
from index.stores.layout import named, path_of
from index.stores.manifest import COLUMNS, FORMAT_VERSION, TERMS, VECTORS, FileRecord, Manifest
from index.stores.terms import TermRow, clone_terms, dead_share, sync_terms
from index.stores.vectors import Limits, Vectors, VectorsReport

log = logging.getLogger(__name__)

MOST_DEAD = 0.2
"""A term index with more removed passages than this is made anew: they bend BM25's statistics."""


class Source(Protocol):
    """What a generation is made from: the archive."""

    @property
    def identity(self) -> str: ...

    def indexed_as(self) -> str: ...

    def note_indexed(self, generation: str) -> None: ...

    def columns(self) -> Columns: ...

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]: ...

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterable[tuple[int, str, str]]: ...


@dataclass(frozen=True, slots=True)
class Parent:
    """The generation to go on from, its terms and columns checked."""

    path: Path
    manifest: Manifest
    passages: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation being written into its folder."""

    folder: Path
    columns: Columns
    parent: Parent | None

    def write(
        self,
        archive: Source,
        settings: IndexSettings,
        embedder: EmbedderIdentity,
        limits: Limits | None,
    ) -> Manifest:
        self._write_terms(archive)
        vectors = self._write_vectors(archive, embedder, limits)
        self.columns.save(self.folder / COLUMNS)
        sync_tree(self.folder)
        manifest = Manifest(
            format_version=FORMAT_VERSION,
            name=self.folder.name,
            archive=archive.identity,
            analyser=ANALYSER,
            built_at=datetime.now(UTC),
            articles=len(self.columns.article_ids),
            passages=len(self.columns),
            newest_article=_newest(self.columns),
            settings=asdict(settings),
            embedder=embedder,
            vectors=vectors,
            files={name: self._record(name) for name in sorted(self._names())},
        )
        manifest.write(self.folder)
        sync_tree(self.folder)
        return manifest

    def _write_terms(self, archive: Source) -> None:
        """As the parent's, less the passages that went, and with those that came."""
        folder, known = self.folder / TERMS, np.zeros(0, np.int64)
        folder.mkdir()
        if self.parent:
            clone_terms(self.parent.path / TERMS, folder)
            known = self.parent.passages
        gone = np.setdiff1d(known, self.columns.passage)
        new = np.setdiff1d(self.columns.passage, known)
        sync_terms(folder, remove=gone.tolist(), add=_term_rows(archive, self.columns, new))

    def _write_vectors(
        self, archive: Source, embedder: EmbedderIdentity, limits: Limits | None
    ) -> VectorsReport:
        ids = self.columns.passage
        empty = np.zeros((0, embedder.dimensions), np.float32)
        vectors = archive.vectors(ids) if len(ids) else empty
        return Vectors.build(vectors, self.folder / VECTORS, limits=limits)

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


def _newest(columns: Columns) -> datetime | None:
    dated = columns.published[columns.published != MISSING]
    return instant(int(dated.max())) if len(dated) else None


def _term_rows(archive: Source, columns: Columns, ids: NDArray[np.int64]) -> Iterator[TermRow]:
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


def parent_of(folder: Path, archive: Source) -> Parent | None:
    """The current generation, when its term index is whole and can be gone on from."""
    name = named(folder)
    path = path_of(folder, name)
    try:
        manifest = Manifest.read(path)
        manifest.verify(path, manifest.files.keys() - {VECTORS})
        columns = Columns.load(path / COLUMNS)
    except GenerationError as error:
        if name:
            log.warning("Indexing every passage anew: %s", error)
        return None
    made_of = (manifest.archive, manifest.name, manifest.analyser)
    same = made_of == (archive.identity, archive.indexed_as(), ANALYSER)
    if not same or dead_share(path / TERMS) > MOST_DEAD:
        return None
    return Parent(path, manifest, columns.passage)
