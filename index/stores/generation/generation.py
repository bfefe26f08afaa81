"""Generations of the index: published by a rename, opened after a full check.

A process killed at any moment leaves either the old generation current or the new one complete.
"""

import logging
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from index.errors import (
    DamagedIndexError,
    GenerationError,
    IndexMismatchError,
    NoIndexError,
    StorageError,
)
from index.language.terms import ANALYSER
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings
from index.stores.durable_files import move, replace_text
from index.stores.generation.folders import (
    NAME,
    current_name,
    generation_names,
    next_name,
    path_of,
    prune,
)
from index.stores.generation.manifest import (
    COLUMNS,
    REBUILD,
    SPEAKERS,
    STATEMENTS,
    TERMS,
    VECTORS,
    Manifest,
)
from index.stores.generation.writer import GenerationSource, GenerationWriter, Provenance, parent_of
from index.stores.search.lexical import LexicalIndex
from index.stores.search.passage_table import PassageTable
from index.stores.search.statements import StatementIndex
from index.stores.search.vectors import VectorIndex, VectorLimits

log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0
"""How long to wait before opening a generation again that could not be opened."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index, checked and open; it still answers after its folder is deleted."""

    name: str
    manifest: Manifest
    passage_table: PassageTable
    vectors: VectorIndex
    terms: LexicalIndex
    statements: StatementIndex


def publish(
    folder: Path,
    archive: GenerationSource,
    *,
    provenance: Provenance,
    fresh: bool = False,
    limits: VectorLimits | None = None,
) -> Manifest:
    """Write a generation from the archive and make it current; on StorageError the old one stays.

    The caller must hold the writer's lock. `fresh` takes nothing over from the parent.
    """
    staging = folder / "staging"
    try:
        shutil.rmtree(staging, ignore_errors=True)  # left by a publish that was killed
        staged = staging / next_name(folder)
        staged.mkdir(parents=True)
        parent = None if fresh else parent_of(folder, archive)
        writer = GenerationWriter(staged, archive.passage_table(), parent)
        manifest = writer.write(archive, provenance, limits)
        archive.record_generation(staged.name)
        _make_current(folder, staged)
    except (OSError, StorageError) as error:
        raise StorageError(
            f"{folder}: the new index could not be written ({error}). The index from before still "
            "answers. Free space or make the folder writable, then try again."
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _make_current(folder: Path, staged: Path) -> None:
    """Readers find it once CURRENT is replaced; the previous one is kept as a fallback."""
    before = current_name(folder)
    move(staged, path_of(folder, staged.name))
    replace_text(folder / "CURRENT", f"{staged.name}\n")
    prune(folder, {staged.name, before})


@dataclass(frozen=True, slots=True)
class _FailedGeneration:
    """A name in CURRENT that did not open, and until when not to try it again."""

    name: str
    until: float
    error: GenerationError


class Generations:
    """Hands out the current generation, to any number of threads."""

    def __init__(
        self, folder: Path, *, settings: IndexSettings, embedder: EmbedderIdentity
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._embedder = embedder
        self._lock = threading.Lock()
        self._open_one: Generation | None = None
        self._refusal: _FailedGeneration | None = None

    def current(self) -> Generation:
        """The one that CURRENT names; if that cannot be opened, the one already open.

        Costs one small read if nothing changed. NoIndexError, DamagedIndexError or
        IndexMismatchError if there is none.
        """
        name = self._named()
        if not self._is_decided(name):
            self._reload(name)
        if self._open_one is None:
            raise self._error()
        return self._open_one

    def _named(self) -> str:
        try:
            return current_name(self._folder)
        except OSError as error:
            if self._open_one is not None:
                return self._open_one.name
            path = self._folder / "CURRENT"
            raise DamagedIndexError(f"{path} cannot be read ({error}). {REBUILD}") from error

    def _is_decided(self, name: str) -> bool:
        """Whether this name is open already, or failed to open a moment ago."""
        if self._open_one is not None and self._open_one.name == name:
            return True
        refusal = self._refusal
        return refusal is not None and refusal.name == name and time.monotonic() < refusal.until

    def _reload(self, name: str) -> None:
        """One thread opens; the others use the one already open, or wait if there is none."""
        if not self._lock.acquire(blocking=self._open_one is None):
            return
        try:
            if not self._is_decided(name):
                self._take(name)
        finally:
            self._lock.release()

    def _take(self, name: str) -> None:
        try:
            self._open_one = self._open(name)
        except GenerationError as error:
            if (now := self._named()) != name:  # replaced, and removed, while we were reading it
                self._take(now)
                return
            self._refusal = _FailedGeneration(name, time.monotonic() + RETRY_SECONDS, error)
            if self._open_one is None:
                self._open_one = self._one_before(name, error)
            if self._open_one is not None:
                log.warning("Answering from generation %s: %s", self._open_one.name, error)

    def _one_before(self, name: str, error: GenerationError) -> Generation | None:
        """The newest intact one older than a damaged one; any, if CURRENT itself is damaged."""
        if not isinstance(error, DamagedIndexError):
            return None
        for older in generation_names(self._folder):
            if older < name or not NAME.fullmatch(name):
                with suppress(GenerationError):
                    return self._open(older)
        return None

    def _error(self) -> GenerationError:
        """A new error each time: raising one object again and again would collect tracebacks."""
        error = self._refusal.error if self._refusal else _no_index(self._folder)
        return type(error)(str(error))

    def _open(self, name: str) -> Generation:
        if not name and not generation_names(self._folder):
            raise _no_index(self._folder)
        if not NAME.fullmatch(name):
            path = self._folder / "CURRENT"
            raise DamagedIndexError(f"{path} holds {name[:40]!r}, not a generation. {REBUILD}")
        path = path_of(self._folder, name)
        manifest = Manifest.read(path)
        _check_fit(manifest, self._settings, self._embedder)
        manifest.verify(path)
        return _opened(path, manifest)


def _check_fit(manifest: Manifest, settings: IndexSettings, embedder: EmbedderIdentity) -> None:
    """Vectors of another embedder, or sizes in another encoding, would give wrong answers."""
    if manifest.embedder != embedder:
        raise _mismatch("embedder", _described(manifest.embedder), _described(embedder))
    encoding = str(manifest.settings.get("encoding"))
    if encoding != settings.encoding:
        raise _mismatch("encoding", encoding, settings.encoding)
    if manifest.analyser != ANALYSER:
        raise IndexMismatchError(
            f"The index has terms by {manifest.analyser}, this onrecord uses {ANALYSER}. {REBUILD}"
        )


def _mismatch(setting: str, found: str, configured: str) -> IndexMismatchError:
    return IndexMismatchError(
        f"The index was built with the {setting} {found}, but the setting is {configured}. "
        f"Set ONRECORD_{setting.upper()} back, or run `onrecord index rebuild`."
    )


def _described(embedder: EmbedderIdentity) -> str:
    return (
        f"{embedder.name} (fingerprint {embedder.fingerprint}, {embedder.dimensions} dimensions, "
        f"{embedder.max_pieces} word-pieces)"
    )


def _no_index(folder: Path) -> NoIndexError:
    return NoIndexError(
        f"Nothing has been indexed in {folder} yet. Add articles with "
        f"`onrecord index add --data {quote(str(folder))} PATH`."
    )


def _opened(path: Path, manifest: Manifest) -> Generation:
    table = PassageTable.load(path / COLUMNS)
    vectors = VectorIndex.open(path / VECTORS)
    terms = LexicalIndex.open(path / TERMS)
    statements = StatementIndex.open(path / STATEMENTS, path / SPEAKERS)
    passage_counts = {manifest.passages, len(table), vectors.size, terms.size}
    statement_counts = {manifest.statements, len(table.statement), statements.size}
    if len(passage_counts) > 1 or len(statement_counts) > 1 or manifest.name != path.name:
        raise DamagedIndexError(f"The files in {path} do not belong to one generation. {REBUILD}")
    return Generation(path.name, manifest, table, vectors, terms, statements)
