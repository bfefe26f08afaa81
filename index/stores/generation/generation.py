"""Whole indexes, one after another: published by a rename, opened after a full check.

A kill at any moment leaves the generation that was current current, or the new one whole.
"""

import logging
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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
from index.stores.generation.layout import NAME, generations, named, next_name, path_of, prune
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
from index.stores.search.vectors import Limits, VectorIndex

log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0
"""How long a generation that could not be opened is left alone."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index, checked and open; it answers even after its folder is gone."""

    name: str
    manifest: Manifest
    columns: PassageTable
    vectors: VectorIndex
    terms: LexicalIndex
    statements: StatementIndex


def publish(
    folder: Path,
    archive: GenerationSource,
    *,
    made_by: Provenance,
    fresh: bool = False,
    limits: Limits | None = None,
) -> Manifest:
    """Index what the archive holds and make that current; on StorageError the old one still is.

    Only one caller at a time: whoever calls holds the writer's lock. `fresh` takes nothing over.
    """
    staging = folder / "staging"
    try:
        shutil.rmtree(staging, ignore_errors=True)  # left by a publish that was killed
        staged = staging / next_name(folder)
        staged.mkdir(parents=True)
        parent = None if fresh else parent_of(folder, archive)
        draft = GenerationWriter(staged, archive.columns(), parent)
        manifest = draft.write(archive, made_by, limits)
        archive.note_indexed(staged.name)
        _make_current(folder, staged)
    except (OSError, StorageError) as error:
        raise StorageError(
            f"{folder}: the new index could not be written ({error}). What was there before still "
            "answers. Free space or make the folder writable, then try again."
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _make_current(folder: Path, staged: Path) -> None:
    """A reader finds it from the last line but one; the one before is kept, should it break."""
    before = named(folder)
    move(staged, path_of(folder, staged.name))
    replace_text(folder / "CURRENT", f"{staged.name}\n")
    prune(folder, {staged.name, before})


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A name in CURRENT that did not open, and until when it is not tried again."""

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
        self._held: Generation | None = None
        self._refusal: _Refusal | None = None

    def current(self) -> Generation:
        """The one CURRENT names; while that cannot be opened, the one in hand.

        Costs one small read when nothing changed. NoIndexError, DamagedIndexError or
        IndexMismatchError when there is none to hand out.
        """
        name = self._named()
        if not self._settled(name):
            self._reload(name)
        if self._held is None:
            raise self._error()
        return self._held

    def _named(self) -> str:
        try:
            return named(self._folder)
        except OSError as error:
            if self._held is not None:
                return self._held.name
            path = self._folder / "CURRENT"
            raise DamagedIndexError(f"{path} cannot be read ({error}). {REBUILD}") from error

    def _settled(self, name: str) -> bool:
        """Nothing to be done about this name: it is open, or was refused a moment ago."""
        if self._held is not None and self._held.name == name:
            return True
        refusal = self._refusal
        return refusal is not None and refusal.name == name and time.monotonic() < refusal.until

    def _reload(self, name: str) -> None:
        """One thread opens; the others go on with what is in hand, or wait if nothing is."""
        if not self._lock.acquire(blocking=self._held is None):
            return
        try:
            if not self._settled(name):
                self._take(name)
        finally:
            self._lock.release()

    def _take(self, name: str) -> None:
        try:
            self._held = self._open(name)
        except GenerationError as error:
            if (now := self._named()) != name:  # replaced, and removed, while we were reading it
                self._take(now)
                return
            self._refusal = _Refusal(name, time.monotonic() + RETRY_SECONDS, error)
            if self._held is None:
                self._held = self._one_before(name, error)
            if self._held is not None:
                log.warning("Answering from generation %s: %s", self._held.name, error)

    def _one_before(self, name: str, error: GenerationError) -> Generation | None:
        """The newest intact one that was current before a damaged one; any, when CURRENT is."""
        if not isinstance(error, DamagedIndexError):
            return None
        for older in generations(self._folder):
            if older < name or not NAME.fullmatch(name):
                with suppress(GenerationError):
                    return self._open(older)
        return None

    def _error(self) -> GenerationError:
        """A new one each time: raising one again and again would pile up its tracebacks."""
        error = self._refusal.error if self._refusal else _nothing(self._folder)
        return type(error)(str(error))

    def _open(self, name: str) -> Generation:
        if not name and not generations(self._folder):
            raise _nothing(self._folder)
        if not NAME.fullmatch(name):
            path = self._folder / "CURRENT"
            raise DamagedIndexError(f"{path} holds {name[:40]!r}, not a generation. {REBUILD}")
        path = path_of(self._folder, name)
        manifest = Manifest.read(path)
        _check_fit(manifest, self._settings, self._embedder)
        manifest.verify(path)
        return _opened(path, manifest)


def _check_fit(manifest: Manifest, settings: IndexSettings, embedder: EmbedderIdentity) -> None:
    """Vectors of another embedder, or sizes in another encoding, would answer nonsense."""
    if manifest.embedder != embedder:
        raise _mismatch("embedder", _described(manifest.embedder), _described(embedder))
    encoding = str(manifest.settings.get("encoding"))
    if encoding != settings.encoding:
        raise _mismatch("encoding", encoding, settings.encoding)
    if manifest.analyser != ANALYSER:
        raise IndexMismatchError(
            f"The index has terms by {manifest.analyser}, this onrecord makes {ANALYSER}. {REBUILD}"
        )


def _mismatch(setting: str, found: str, wanted: str) -> IndexMismatchError:
    return IndexMismatchError(
        f"The index was built with the {setting} {found}, but the setting is {wanted}. "
        f"Set ONRECORD_{setting.upper()} back, or run `onrecord index rebuild`."
    )


def _described(embedder: EmbedderIdentity) -> str:
    return (
        f"{embedder.name} (fingerprint {embedder.fingerprint}, {embedder.dimensions} dimensions, "
        f"{embedder.max_pieces} word-pieces)"
    )


def _nothing(folder: Path) -> NoIndexError:
    return NoIndexError(
        f"Nothing has been indexed in {folder} yet. Add articles with `onrecord index add`."
    )


def _opened(path: Path, manifest: Manifest) -> Generation:
    columns = PassageTable.load(path / COLUMNS)
    vectors = VectorIndex.open(path / VECTORS)
    terms = LexicalIndex.open(path / TERMS)
    statements = StatementIndex.open(path / STATEMENTS, path / SPEAKERS)
    passages = {manifest.passages, len(columns), vectors.size, terms.size}
    said = {manifest.statements, len(columns.statement), statements.size}
    if len(passages) > 1 or len(said) > 1 or manifest.name != path.name:
        raise DamagedIndexError(f"The files in {path} are not of one generation. {REBUILD}")
    return Generation(path.name, manifest, columns, vectors, terms, statements)
