"""Clears away what killed processes left: in the data folder, and of ours among temporary files."""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

from index.errors import StorageError, WriterBusyError
from index.stores.generation.folders import kept_names, prune
from index.stores.search.segments import TEMPORARY
from index.stores.write_lock import writing

ABANDONED_SECONDS = 3600.0
"""A reader's temporary folder lives for milliseconds."""


def sweep(folder: Path, *, generations_kept: int, temporary: Path | None = None) -> None:
    """Unfinished generations, those that are kept no longer, and temporary folders.

    Whoever calls it holds the writer's lock.
    """
    shutil.rmtree(folder / "staging", ignore_errors=True)
    (folder / "CURRENT.new").unlink(missing_ok=True)
    prune(folder, kept_names(folder, generations_kept))
    for each in (temporary or Path(gettempdir())).glob(f"{TEMPORARY}*"):
        if _is_abandoned(each):
            shutil.rmtree(each, ignore_errors=True)


def sweep_at_start(folder: Path, *, generations_kept: int) -> None:
    """Nothing happens while another process writes, or where nothing can be written."""
    if folder.is_dir():
        with suppress(WriterBusyError, StorageError), writing(folder, "sweep"):
            sweep(folder, generations_kept=generations_kept)


def _is_abandoned(folder: Path) -> bool:
    """Of this user, old, and with nothing but links and tantivy's own locks in it."""
    with suppress(OSError):
        old = time.time() - folder.lstat().st_mtime > ABANDONED_SECONDS
        inside = list(folder.iterdir())
        return old and all(each.is_symlink() or each.suffix == ".lock" for each in inside)
    return False
