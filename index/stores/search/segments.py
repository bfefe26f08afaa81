"""Folders of tantivy segments: written, cloned and opened to read. Knows no particular field.

Segments are immutable, so a folder can be a hard-linked clone of an older one. Tantivy also keeps
locks and a list of its files there, as dot-files, and a thread of its own may write them after a
writer has ended: they are no part of the index. What belongs to it, its `meta.json` says.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tantivy import Document, Index, Schema, Searcher

from index.errors import DamagedIndexError, StorageError
from index.language.terms import ANALYSER, analyser
from index.stores.durable_files import link

META = "meta.json"
HEAP_BYTES = 64_000_000
TEMPORARY = "onrecord-"
"""How the names of folders begin that a reader makes for a moment."""


def write(
    folder: Path,
    schema: Schema,
    *,
    number: str,
    remove: Iterable[int | str] = (),
    add: Iterable[Document] = (),
) -> None:
    """Remove documents from the index in `folder` and add others; durable when it returns.

    `number` is the field of the ids to remove. It must be signed or text: tantivy silently ignores
    a deletion by an unsigned id.
    """
    try:
        index = _index(folder, schema)
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
        for each in remove:
            writer.delete_documents_by_term(number, each)
        for document in add:
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        del writer
        _remove_others(folder)
        _copy_permissions(folder)
    except ValueError as error:  # tantivy's only error, whatever happened
        raise StorageError(f"{folder}: the index cannot be written ({error}).") from error


def clone(source: Path, target: Path) -> None:
    """Copy an index into `target`, an empty folder; files that never change are hard-linked."""
    for path in _own_files(source):
        take = shutil.copy2 if path.name == META else link
        take(path, target / path.name)


def deleted_share(folder: Path) -> float:
    """The share of deleted documents, which still count in BM25's statistics."""
    segments = _segments(folder)
    deleted = sum(each["deletes"]["num_deleted_docs"] for each in segments if each["deletes"])
    return float(deleted / max(1, sum(each["max_doc"] for each in segments)))


def open_segments(folder: Path, what: str) -> tuple[Schema, Searcher]:
    """The searcher still answers after the folder is deleted; nothing is written there."""
    try:
        with _temporary_folder() as aside:
            index = _readable(folder, aside)
            return index.schema, index.searcher()
    except (ValueError, OSError) as error:
        raise DamagedIndexError(
            f"{folder} cannot be read as {what} ({error}). Run `onrecord index rebuild`."
        ) from error


def _index(folder: Path, schema: Schema) -> Index:
    index = Index.open(str(folder)) if Index.exists(str(folder)) else Index(schema, str(folder))
    index.register_tokenizer(ANALYSER, analyser())
    return index


def _segments(folder: Path) -> list[dict[str, Any]]:
    """ValueError if its `meta.json` is damaged."""
    try:
        segments: list[dict[str, Any]] = json.loads((folder / META).read_bytes())["segments"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{folder / META} lists no segments") from error
    return segments


def _own_files(folder: Path) -> list[Path]:
    """`META` and what it lists; of deletions only the last, which counts the earlier ones too."""
    deletions = {
        each["segment_id"].replace("-", ""): each["deletes"] and each["deletes"]["opstamp"]
        for each in _segments(folder)
    }

    def is_own(path: Path) -> bool:
        segment, _, kind = path.name.partition(".")
        if segment not in deletions:
            return False
        return not kind.endswith("del") or kind == f"{deletions[segment]}.del"

    return [folder / META, *filter(is_own, folder.iterdir())]


def _remove_others(folder: Path) -> None:
    """What was merged into other segments, and tantivy's dot-files."""
    kept = set(_own_files(folder))
    for path in folder.iterdir():
        if path not in kept:
            path.unlink(missing_ok=True)  # tantivy's own thread may be quicker


def _copy_permissions(folder: Path) -> None:
    """Give what tantivy rewrites the folder's permissions: it makes it private to its user."""
    (folder / META).chmod(folder.stat().st_mode & 0o666)


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Removed twice: tantivy's own thread may create its lock file during the first removal."""
    folder = Path(mkdtemp(prefix=TEMPORARY))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _readable(folder: Path, aside: Path) -> Index:
    """Tantivy creates a lock file even to read: let it do so in a folder of links to the files."""
    for path in _own_files(folder):
        (aside / path.name).symlink_to(path.absolute())
    index = Index.open(str(aside))
    index.register_tokenizer(ANALYSER, analyser())
    index.config_reader("manual")
    index.reload()
    return index
