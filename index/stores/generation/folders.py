"""Where a data folder keeps its generations, and which one is current.

CURRENT                     the name of the generation readers use
generations/<name>/         manifest.json, columns.npz, vectors.faiss,
                            terms/, statements/, speakers/
staging/<name>/             what is being written; no reader opens it
"""

import logging
import re
import secrets
import shutil
from pathlib import Path

log = logging.getLogger(__name__)

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
    """Newest first, published or not."""
    here = folder / "generations"
    found = [path.name for path in here.iterdir()] if here.is_dir() else []
    return sorted(filter(NAME.fullmatch, found), reverse=True)


def next_name(folder: Path) -> str:
    """One more than the newest; never the same name twice."""
    newest = max([*generation_names(folder), *NAME.findall(current_name(folder))], default="0")
    return f"{int(newest.split('-')[0]) + 1:08d}-{secrets.token_hex(4)}"


def prune(folder: Path, keep: set[str]) -> None:
    for name in set(generation_names(folder)) - keep:
        try:
            shutil.rmtree(path_of(folder, name))
        except OSError as error:
            log.warning("An old generation could not be removed: %s", error)
