"""Folders of tantivy segments: written, cloned, opened to read. Knows no field but what it is told.

Segments are immutable, so a folder may be the hard-linked clone of an older one.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tantivy import Document, Index, Schema, Searcher

from index.errors import DamagedIndexError, StorageError
from index.language.terms import ANALYSER, analyser
from index.stores.durable_files import link

REWRITTEN = frozenset({"meta.json", ".managed.json"})
HEAP_BYTES = 64_000_000


def write(
    folder: Path,
    schema: Schema,
    *,
    number: str,
    remove: Iterable[int] = (),
    add: Iterable[Document] = (),
) -> None:
    """Take documents out of the index in `folder` and put others in; durable when it returns.

    `number` is the field of the ids to remove: signed, for tantivy ignores a deletion by unsigned
    id without a word.
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
        for lock in folder.glob("*.lock"):
            lock.unlink()
        _share(folder)
    except ValueError as error:  # tantivy's only error, whatever happened
        raise StorageError(f"{folder}: the index cannot be written ({error}).") from error


def clone(source: Path, target: Path) -> None:
    """Start `target`, an empty folder, from an index; files that never change are shared."""
    for path in source.iterdir():
        if path.name in REWRITTEN:
            shutil.copy2(path, target / path.name)
        else:
            link(path, target / path.name)


def deleted_share(folder: Path) -> float:
    """How much of the index is documents since removed; they still weigh in BM25's statistics."""
    segments = json.loads((folder / "meta.json").read_bytes())["segments"]
    dead = sum(each["deletes"]["num_deleted_docs"] for each in segments if each["deletes"])
    return float(dead / max(1, sum(each["max_doc"] for each in segments)))


def open_segments(folder: Path, what: str) -> tuple[Schema, Searcher]:
    """It goes on answering when the folder is gone, and never writes there."""
    try:
        with _aside() as aside:
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


def _share(folder: Path) -> None:
    """Whoever may read the folder may read it all: tantivy keeps what it rewrites to its user."""
    for name in REWRITTEN:
        (folder / name).chmod(folder.stat().st_mode & 0o666)


@contextmanager
def _aside() -> Iterator[Path]:
    """Emptied twice: tantivy's own thread may make its lock file, once, while we remove it."""
    folder = Path(mkdtemp(prefix="onrecord-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _readable(folder: Path, aside: Path) -> Index:
    """A lock file is wanted even to read: make it beside links to the files, opened for good."""
    for path in folder.iterdir():
        (aside / path.name).symlink_to(path.absolute())
    index = Index.open(str(aside))
    index.register_tokenizer(ANALYSER, analyser())
    index.config_reader("manual")
    index.reload()
    return index
