"""Articles that are taken down although the archive still has them, because its writer is busy.

Each has a small file of its own: any process can hide one at once, and a reader looks whether the
file is there now, so that nothing kept in memory can be out of date. Knows no archive.
"""

import hashlib
from pathlib import Path
from uuid import uuid4

from index.errors import StorageError
from index.stores.durable_files import sync


class Tombstones:
    """Of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tombstones"

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._path(article_id).exists()

    def ids(self) -> list[str]:
        """Ascending."""
        return sorted(found for path in self._files() if (found := _text(path)) is not None)

    def put(self, article_id: str) -> None:
        """On the disk when it returns; StorageError if it cannot be written."""
        path = self._path(article_id)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f"{path.name}.{uuid4()}")  # another may hide it at the same time
            aside.write_text(article_id, encoding="utf-8")
            sync(aside)
            aside.replace(path)
            sync(self._folder)
        except OSError as error:
            raise StorageError(
                f"article {article_id!r} cannot be hidden: {path} cannot be written "
                f"({error.strerror}); free some space, or make the folder writable"
            ) from error

    def lift(self, article_id: str) -> None:
        """The archive alone says again whether the article is shown."""
        path = self._path(article_id)
        if path.exists():
            path.unlink(missing_ok=True)
            sync(self._folder)

    def _path(self, article_id: str) -> Path:
        """Ids may hold any characters, names of files may not."""
        digest = hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / digest

    def _files(self) -> list[Path]:
        try:
            return [path for path in self._folder.iterdir() if not path.suffix]
        except FileNotFoundError:
            return []


def _text(path: Path) -> str | None:
    """None if it was lifted meanwhile."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
