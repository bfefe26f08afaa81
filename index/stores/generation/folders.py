"""Where a data folder keeps its generations, and which one is current.

CURRENT                     the name of the generation readers use
generations/<name>/         manifest.json, columns.bin, vectors/,
                            terms/, statements/, speakers/
staging/<name>/             what is being written; no reader opens it
"""

import logging
import re
import secrets
import shutil
from pathlib import Path
from shlex import quote

from index.errors import ArchiveError
from index.stores.durable_files import unreadable

log = logging.getLogger(__name__)

MANIFEST = "manifest.json"
"""Written last."""
NAME = re.compile(r"\d{8}-[0-9a-f]{8}")


def path_of(folder: Path, name: str) -> Path:
    return folder / "generations" / name


def current_name(folder: Path) -> str:
    """The content of CURRENT, valid or not; "" if there is no such file."""
    try:
        return (folder / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return ""


def generation_names(folder: Path) -> list[str]:
    """Newest first, published or not; StorageError if nobody may look."""
    here = folder / "generations"
    try:
        found = [path.name for path in here.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise unreadable(here, error) from error
    return sorted(filter(NAME.fullmatch, found), reverse=True)


def check_archive(folder: Path) -> None:
    """ArchiveError if the folder has an index whose archive is lost: no other may take its place.

    A file of no bytes is what an SQLite that was stopped leaves.
    """
    archive = folder / "archive.sqlite"
    has_index = bool(generation_names(folder) or current_name(folder))
    if has_index and not (archive.is_file() and archive.stat().st_size):
        raise ArchiveError(
            f"{archive} is lost, but an index that was made of it is there; put a backup in its "
            f"place with `onrecord restore --data {quote(str(folder))} BACKUP`, or move the folder "
            "away to start a new archive"
        )


def next_name(folder: Path) -> str:
    """One more than the newest; never the same name twice."""
    newest = max([*generation_names(folder), *NAME.findall(current_name(folder))], default="0")
    return f"{int(newest.split('-')[0]) + 1:08d}-{secrets.token_hex(4)}"


def kept_names(folder: Path, most: int) -> set[str]:
    """The current generation and the newest others that are whole, `most` in all."""
    current = current_name(folder)
    others = [name for name in generation_names(folder) if name != current]
    others = [name for name in others if (path_of(folder, name) / MANIFEST).is_file()]
    return {current, *others[: most - 1]}


def prune(folder: Path, keep: set[str]) -> None:
    for name in set(generation_names(folder)) - keep:
        try:
            shutil.rmtree(path_of(folder, name))
        except OSError as error:
            log.warning("An old generation could not be removed: %s", error)
