"""The archive, the system of record: articles, their revisions, and what is derived from them.

Each writing method is one transaction, on the disk when it returns. Reading is safe from many
threads at once, and while another process writes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from index.documents import EVERYTHING, Article, Filter
from index.errors import StorageError
from index.stores.archive import (
    article_queries,
    articles,
    near_duplicates,
    passages,
    unpublished,
)
from index.stores.archive import speakers as speaker_queries
from index.stores.archive import stages as processing
from index.stores.archive import statements as statement_queries
from index.stores.archive import unfinished as waiting
from index.stores.archive.database import Connection, Database
from index.stores.archive.schema import nothing_here, prepare
from index.stores.archive.stages import PASSAGES, STATEMENTS, STORIES
from index.stores.durable_files import unreadable
from index.stores.tombstones import Tombstones

P = ParamSpec("P")
T = TypeVar("T")


def _method(
    transaction: Callable[[Database], AbstractContextManager[Connection]],
    work: Callable[Concatenate[Connection, P], T],
) -> Callable[Concatenate["Archive", P], T]:
    """A method of the archive that does the work in one transaction."""

    @wraps(work)
    def method(archive: "Archive", /, *args: P.args, **kwargs: P.kwargs) -> T:
        with transaction(archive.database) as connection:
            return work(connection, *args, **kwargs)

    return method


def _shown(
    query: Callable[Concatenate[Connection, str, P], T],
) -> Callable[Concatenate["Archive", str, P], T]:
    """A method about one article, which readers do not find any more once it is taken down."""

    @wraps(query)
    def method(archive: "Archive", article_id: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if archive.is_taken_down(article_id):
            raise article_queries.unknown(article_id)
        with archive.database.read() as connection:
            return query(connection, article_id, *args, **kwargs)

    return method


def _stream(
    query: Callable[Concatenate[Connection, P], Iterator[T]],
) -> Callable[Concatenate["Archive", P], Iterator[T]]:
    """A method of the archive that holds one snapshot until its last row is read."""

    @wraps(query)
    def method(archive: "Archive", /, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        with archive.database.read() as connection:
            yield from query(connection, *args, **kwargs)

    return method


class Archive:
    """Open it with `open`, close it with `close`. Each method is described where it is defined."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.identity = prepare(database)
        """A uuid made with the archive: a generation belongs to one archive."""
        self._tombstones = Tombstones(database.path.parent) if database.read_only else None

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Archive":
        """Created if missing; if missing and `read_only`, a NoIndexError."""
        database = Database(path, read_only=read_only)
        _find_or_create_folder(database)
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        self.database.close()

    def is_taken_down(self, article_id: str) -> bool:
        """Whether it is hidden, and not removed yet; never so for a writer, which removes it."""
        return self._tombstones is not None and article_id in self._tombstones

    def live(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are present, not removed and not taken down."""
        found = self._live(ids)
        return {each for each in found if not self.is_taken_down(each)}

    def revised(self) -> list[str]:
        """The articles of which there is more than one text, by ascending id."""
        return [each for each in self._revised() if not self.is_taken_down(each)]

    def revisions_at(self, ids: Sequence[str], at: datetime) -> dict[str, str]:
        """Of each of these articles that is served, the revision that the archive had then."""
        return self._revisions_at([each for each in ids if not self.is_taken_down(each)], at)

    def page(
        self, *, after: str | None = None, limit: int = 50, filter: Filter = EVERYTHING
    ) -> list[Article]:
        """By ascending id, from the one past `after`."""
        hidden = self._tombstones.ids() if self._tombstones else ()
        return self._page(after=after, limit=limit, filter=filter, without=hidden)

    latest_generation = _method(Database.read, article_queries.latest_generation)
    record_generation = _method(Database.write, articles.record_generation)
    rolled_back_to = _method(Database.read, article_queries.rolled_back_to)
    note_rollback = _method(Database.write, articles.note_rollback)

    put = _method(Database.write, articles.put)
    remove = _method(Database.write, articles.remove)
    article = _shown(article_queries.article)
    boilerplate = _shown(article_queries.boilerplate)
    revisions = _shown(article_queries.revisions)
    _revised = _method(Database.read, article_queries.revised)
    _revisions_at = _method(Database.read, article_queries.revisions_at)
    _page = _method(Database.read, article_queries.page)
    count = _method(Database.read, article_queries.count)
    is_empty = _method(Database.read, article_queries.is_empty)
    newest = _method(Database.read, article_queries.newest)
    _live = _method(Database.read, article_queries.live)
    changes = _method(Database.read, articles.changes)

    removed = _method(Database.read, article_queries.removed)
    removed_at = _method(Database.read, article_queries.removed_at)
    is_erasing = _method(Database.read, article_queries.is_erasing)

    stale = _method(Database.read, PASSAGES.articles)
    count_stale = _method(Database.read, PASSAGES.count)
    put_passages = _method(Database.write, passages.put_passages)
    unembedded = _method(Database.read, waiting.unembedded)
    unembedded_of = _method(Database.read, waiting.unembedded_of)
    missing_embeddings = _method(Database.read, waiting.missing_embeddings)
    count_passages = _method(Database.read, waiting.count_passages)
    missing_vectors = _method(Database.read, waiting.missing_vectors)
    passages_of = _method(Database.read, waiting.passages_of)
    put_embeddings = _method(Database.write, passages.put_embeddings)
    engines = _method(Database.read, passages.engines)
    passage_table = _method(Database.read, passages.passage_table)
    vectors = _method(Database.read, passages.vectors)
    texts = _stream(passages.texts)

    make_again = _method(Database.write, processing.make_again)
    made_again = _method(Database.write, processing.made_again)
    to_embed_again = _method(Database.read, processing.to_embed_again)
    count_to_embed_again = _method(Database.read, processing.count_to_embed_again)
    note_embedded_again = _method(Database.write, processing.note_embedded_again)

    unfinished = _method(Database.read, waiting.unfinished)
    unattributed = _method(Database.read, STATEMENTS.articles)
    unattributed_of = _method(Database.read, waiting.unattributed_of)
    count_unattributed = _method(Database.read, STATEMENTS.count)
    put_statements = _method(Database.write, statement_queries.put_statements)
    statements = _method(Database.read, statement_queries.statements)
    statements_by_id = _stream(statement_queries.by_id)
    refresh_speakers = _method(Database.write, speaker_queries.refresh_speakers)
    has_unpublished = _method(Database.read, unpublished.has_unpublished)
    changed_speakers = _method(Database.read, unpublished.changed_speakers)
    speakers = _stream(speaker_queries.speakers)

    ungrouped = _method(Database.read, near_duplicates.ungrouped)
    count_ungrouped = _method(Database.read, STORIES.count)
    put_sketches = _method(Database.write, near_duplicates.put_sketches)
    stories = _method(Database.read, near_duplicates.stories)


def _find_or_create_folder(database: Database) -> None:
    if database.read_only:
        if not _is_there(database.path):
            raise nothing_here(database)
        return
    try:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"the folder {database.path.parent} cannot be created ({error.strerror}); "
            "choose another data folder"
        ) from error


def _is_there(path: Path) -> bool:
    """StorageError if nobody may look."""
    try:
        return path.exists()
    except OSError as error:
        raise unreadable(path.parent, error) from error
