"""Gives the memory of mapped files back that a library has read and will hardly read again."""

import ctypes
import logging
import mmap
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

MAPS = Path("/proc/self/maps")
"""https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html; other systems have none."""


def give_back(folder: Path) -> int:
    """The bytes of this process's mappings of files in `folder` that are no longer in its memory.

    Only what is mapped to be read and shared, which nobody can have altered: should it be read
    again, it comes from the file as before.
    """
    given = 0
    for start, size in _shared_to_read(folder):
        if _madvise(start, size) == 0:
            given += size
    return given


def _shared_to_read(folder: Path) -> Iterator[tuple[int, int]]:
    """Address and size of each mapping."""
    try:
        lines = MAPS.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        addresses, permissions, _, _, _, *path = line.split(maxsplit=5)
        if path and path[0].startswith(f"{folder}/") and permissions == "r--s":
            start, end = (int(each, 16) for each in addresses.split("-"))
            yield start, end - start


def _madvise(start: int, size: int) -> int:
    """0 if the kernel did it."""
    library = ctypes.CDLL(None, use_errno=True)
    found: int = library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), mmap.MADV_DONTNEED)
    return found
