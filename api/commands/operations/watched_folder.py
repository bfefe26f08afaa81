"""What changed in a folder since the last look: files that are whole, and files that are gone.

It is looked at again and again, not told by the system, which says nothing of changes that another
machine makes to a shared folder. Knows no archive.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from index.documents import Reject
from index.sources.folder import readable_files

Stamp = tuple[int, int, int]
"""Inode, bytes and time of change: another one means that the file was written to."""


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to do."""

    whole: Mapping[Path, Stamp]
    """New or changed files that were the same at the look before: nobody writes to them now."""
    gone: frozenset[Path]
    """Files that were taken, and were there neither now nor at the look before."""
    rejects: tuple[Reject, ...]
    """Links and folders that are not followed, each told once."""


NOTHING = Look({}, frozenset(), ())


class WatchedFolder:
    """Looks are some seconds apart; what is not taken is found by the next one too."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._device = _device(folder)
        self._seen: dict[Path, Stamp] = {}
        self._missed: frozenset[Path] = frozenset()
        self._taken: dict[Path, Stamp] = {}
        self._told: set[Path] = set()
        self.seconds = 0.0
        """That the last look took."""

    @property
    def is_away(self) -> bool:
        """Whether another folder, or none, is at the path: a disk was unmounted, for example."""
        return _device(self.path) != self._device

    def look(self) -> Look:
        """Nothing while the folder is away: its files are not gone."""
        if self.is_away:
            return NOTHING
        began = monotonic()
        look = self._look()
        self.seconds = monotonic() - began
        return look

    def take(self, look: Look) -> None:
        """Its files were added, or removed."""
        self._taken |= look.whole
        for path in look.gone:
            self._taken.pop(path, None)

    def _look(self) -> Look:
        before, rejects = self._seen, list[Reject]()
        self._seen = {}
        for found in readable_files(self.path):
            if isinstance(found, Reject):
                rejects.append(found)
            elif stamp := _stamp(found):
                self._seen[found] = stamp
        whole = {
            path: stamp
            for path, stamp in self._seen.items()
            if before.get(path) == stamp != self._taken.get(path)
        }
        missed = self._missed
        self._missed = frozenset(path for path in self._taken if _is_gone(path))
        return Look(whole, self._missed & missed, self._untold(rejects))

    def _untold(self, rejects: list[Reject]) -> tuple[Reject, ...]:
        untold = tuple(each for each in rejects if each.path not in self._told)
        self._told.update(each.path for each in untold)
        return untold


def _stamp(path: Path) -> Stamp | None:
    """None for a file without content, which is only begun, and for one that just went."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found.st_size else None


def _is_gone(path: Path) -> bool:
    """Not if a folder above it cannot be read."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _device(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
