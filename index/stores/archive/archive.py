"""The archive, the system of record: articles, their revisions, and what is derived from them.

Each writing method is one transaction, on the disk when it returns. Reading is safe from many
threads at once, and while another process writes.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from index.errors import StorageError
from index.stores.archive import article_queries, articles, near_duplicates, passages
from index.stores.archive import statements as statement_queries
from index.stores.archive.database import Connection, Database
from index.stores.archive.schema import nothing_here, prepare
from index.stores.archive.stages import PASSAGES, STATEMENTS, STORIES

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

    latest_generation = _method(Database.read, article_queries.latest_generation)
    record_generation = _method(Database.write, articles.record_generation)

    put = _method(Database.write, articles.put)
    remove = _method(Database.write, articles.remove)
    article = _method(Database.read, article_queries.article)
    boilerplate = _method(Database.read, article_queries.boilerplate)
    revisions = _method(Database.read, article_queries.revisions)
    page = _method(Database.read, article_queries.page)
    count = _method(Database.read, article_queries.count)
    newest = _method(Database.read, article_queries.newest)
    live = _method(Database.read, article_queries.live)

    stale = _method(Database.read, PASSAGES.articles)
    put_passages = _method(Database.write, passages.put_passages)
    unembedded = _method(Database.read, passages.unembedded)
    missing_embeddings = _method(Database.read, passages.missing_embeddings)
    put_embeddings = _method(Database.write, passages.put_embeddings)
    passage_table = _method(Database.read, passages.passage_table)
    vectors = _method(Database.read, passages.vectors)
    texts = _stream(passages.texts)

    unattributed = _method(Database.read, STATEMENTS.articles)
    count_unattributed = _method(Database.read, STATEMENTS.count)
    put_statements = _method(Database.write, statement_queries.put_statements)
    statements = _method(Database.read, statement_queries.statements)
    statements_by_id = _stream(statement_queries.by_id)
    speakers = _stream(statement_queries.speakers)

    ungrouped = _method(Database.read, near_duplicates.ungrouped)
    count_ungrouped = _method(Database.read, STORIES.count)
    put_sketches = _method(Database.write, near_duplicates.put_sketches)
    stories = _method(Database.read, near_duplicates.stories)


def _find_or_create_folder(database: Database) -> None:
    if database.read_only:
        if not database.path.exists():
            raise nothing_here(database)
        return
    try:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"the folder {database.path.parent} cannot be created ({error.strerror}); "
            "choose another data folder"
        ) from error
