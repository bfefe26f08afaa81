"""Generations of the index, opened after a full check: the current one, and others by name."""

import logging
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from index.errors import (
    DamagedIndexError,
    GenerationError,
    GenerationGoneError,
    IndexMismatchError,
    NoIndexError,
    UnknownGenerationError,
)
from index.language.terms import ANALYSER
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings
from index.stores.generation.folders import (
    NAME,
    current_name,
    generation_names,
    path_of,
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
from index.stores.generation.parent import Parent
from index.stores.search.lexical import LexicalIndex
from index.stores.search.passage_table import PassageTable
from index.stores.search.statements import StatementIndex
from index.stores.vectors.reader import VectorSegments
from index.stores.vectors.store import VectorSearch

log = logging.getLogger(__name__)

MOST_OPEN = 2
"""Generations besides the current one that stay open for those who name them."""
RETRY_SECONDS = 30.0
"""How long to wait before opening a generation again that could not be opened."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index, checked and open; it still answers after its folder is deleted."""

    name: str
    manifest: Manifest
    passage_table: PassageTable
    vectors: VectorSearch
    terms: LexicalIndex
    statements: StatementIndex


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
        self._named_ones: OrderedDict[str, Generation] = OrderedDict()

    def current(self) -> Generation:
        """The one that CURRENT names; if that cannot be opened, the one already open.

        Whoever asks after a publish waits until the new one is open, and never gets the old one.
        Costs one small read if nothing changed. NoIndexError, DamagedIndexError or
        IndexMismatchError if there is none.
        """
        if not self._is_decided(self._named()):
            self._reload()
        if self._open_one is None:
            raise self._error()
        return self._open_one

    def at(self, name: str) -> Generation:
        """The one of this name; the last few that were asked for stay open.

        UnknownGenerationError if it is not kept, GenerationGoneError if it may have been once.
        """
        if name == self._named() and (current := self.current()).name == name:
            return current
        with self._lock:
            if name not in self._named_ones or not path_of(self._folder, name).exists():
                self._named_ones.pop(name, None)
                check_kept(self._folder, name)
                self._named_ones[name] = self._open(name)
            self._named_ones.move_to_end(name)
            while len(self._named_ones) > MOST_OPEN:
                self._named_ones.popitem(last=False)
            return self._named_ones[name]

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

    def _reload(self) -> None:
        """One thread opens, the others wait for it; what was current before the wait may be old."""
        with self._lock:
            name = self._named()
            if not self._is_decided(name):
                self._take(name)

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
        check_fit(manifest, self._settings, self._embedder)
        manifest.verify_sizes(path)
        manifest.verify(path, self._new_files(path, manifest))
        return opened_generation(path, manifest)

    def _new_files(self, path: Path, manifest: Manifest) -> list[str]:
        """Those that the open generation does not have, too: its own were verified once."""
        if (known := self._open_one) is None:
            return list(manifest.files)
        before = Parent(path_of(self._folder, known.name), known.manifest, known.passage_table)
        return [
            name
            for name, record in manifest.files.items()
            if record != known.manifest.files.get(name) or not before.shares(path, path / name)
        ]


def check_kept(folder: Path, name: str) -> None:
    """UnknownGenerationError unless a generation of this name is there."""
    names = generation_names(folder)
    if name in names:
        return
    newest = max([*names, current_name(folder)], default="")
    kept = f"Kept are {', '.join(names)}." if names else "None is kept."
    if NAME.fullmatch(name) and name < newest:
        raise GenerationGoneError(
            f"The generation {name} is no longer kept. {kept} Either newer ones took its place "
            "(ONRECORD_GENERATIONS_KEPT says how many are kept), or an erasure or "
            "`onrecord index compact` deleted it."
        )
    raise UnknownGenerationError(f"There is no generation {name[:40]!r}. {kept}")


def check_fit(manifest: Manifest, settings: IndexSettings, embedder: EmbedderIdentity) -> None:
    """IndexMismatchError: vectors of another embedder, or sizes in another encoding, mislead."""
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


def opened_generation(path: Path, manifest: Manifest) -> Generation:
    table = PassageTable.load(path / COLUMNS)
    vectors = VectorSegments.open(path / VECTORS, table.passage)
    terms = LexicalIndex.open(path / TERMS)
    statements = StatementIndex.open(path / STATEMENTS, path / SPEAKERS)
    passage_counts = {manifest.passages, len(table), terms.size}
    passage_counts.add(vectors.size + table.without_vector)
    statement_counts = {manifest.statements, len(table.statement), statements.size}
    if len(passage_counts) > 1 or len(statement_counts) > 1 or manifest.name != path.name:
        raise DamagedIndexError(f"The files in {path} do not belong to one generation. {REBUILD}")
    return Generation(path.name, manifest, table, vectors, terms, statements)
