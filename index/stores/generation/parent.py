"""The generation that the next one continues from, and what of it is checked.

A file that both share is checked by whoever opens it; what the next one is made from, here.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.errors import DamagedIndexError, GenerationError
from index.language.terms import ANALYSER
from index.stores.generation.folders import current_name, path_of
from index.stores.generation.manifest import COLUMNS, Manifest
from index.stores.search.passage_table import PassageTable

log = logging.getLogger(__name__)


class RecordedArchive(Protocol):
    """The archive: whose it is, which generation was built from it last, and what it holds now."""

    @property
    def identity(self) -> str: ...

    def latest_generation(self) -> str: ...

    def passage_table(self, before: PassageTable | None = None) -> PassageTable: ...


@dataclass(frozen=True, slots=True)
class Parent:
    """An open generation, every file of which has its size."""

    path: Path
    manifest: Manifest
    table: PassageTable

    def shares(self, folder: Path, path: Path) -> bool:
        """Whether a file in the next generation's folder is the parent's too."""
        name = path.relative_to(folder).as_posix()
        before = self.path / name
        return name in self.manifest.files and before.exists() and path.samefile(before)

    def verify_used(self, folder: Path) -> None:
        """DamagedIndexError if a file that was read, not shared, is not as it was written."""
        names = self.manifest.files
        self.manifest.verify(
            self.path, [name for name in names if not self._is_in(folder, folder / name)]
        )

    def is_intact(self) -> bool:
        try:
            self.manifest.verify(self.path)
        except DamagedIndexError:
            return False
        return True

    def _is_in(self, folder: Path, path: Path) -> bool:
        return path.exists() and self.shares(folder, path)


@dataclass(frozen=True, slots=True)
class Continuation:
    """The generation to continue, and the table of what the archive holds now."""

    parent: Parent
    table: PassageTable

    @classmethod
    def of(cls, folder: Path, archive: RecordedArchive) -> "Continuation | None":
        """None if there is no generation, or it was not built from this archive last."""
        parent = parent_of(folder, archive)
        return cls(parent, archive.passage_table(parent.table)) if parent else None


def parent_of(folder: Path, archive: RecordedArchive) -> Parent | None:
    """The current generation, if it can be read and was built from this archive last."""
    name = current_name(folder)
    path = path_of(folder, name)
    try:
        manifest = Manifest.read(path)
        manifest.verify_sizes(path)
        table = PassageTable.load(path / COLUMNS)
    except GenerationError as error:
        if name:
            log.warning("Indexing every passage again: %s", error)
        return None
    built_from = (manifest.archive, manifest.name, manifest.analyser)
    same = built_from == (archive.identity, archive.latest_generation(), ANALYSER)
    return Parent(path, manifest, table) if same else None
