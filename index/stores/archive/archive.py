"""The archive, the system of record: articles, their revisions, and what is derived from them.

Each writing method is one transaction, on the disk when it returns. Reading is safe from many
threads at once, and while another process writes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dedup.near_duplicates import Sketch
from index.documents import Article, Boilerplate, Filter, Passage, Span
from index.errors import StorageError
from index.statements import Speaker, Statement
from index.stores.archive import article_queries as queries
from index.stores.archive import articles, near_duplicates, passages, statements
from index.stores.archive.article_queries import Revision, article_of, boilerplate_of
from index.stores.archive.articles import Change
from index.stores.archive.database import Database
from index.stores.archive.schema import nothing_here, prepare
from index.stores.archive.stages import PASSAGES, STATEMENTS, STORIES, count_waiting, waiting
from index.stores.archive.statements import Attributed
from index.stores.search.passage_table import PassageTable

EVERYTHING = Filter()


class Archive:
    """Open it with `open`, close it with `close`."""

    def __init__(self, database: Database) -> None:
        self._database = database
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
        self._database.close()

    def latest_generation(self) -> str:
        """The generation last built from this archive, "" before the first.

        A restored backup names an older one, and may reuse passage ids that a newer one holds.
        """
        with self._database.read() as connection:
            row = connection.execute("select value from meta where name = 'indexed_as'").fetchone()
        return "" if row is None else str(row["value"])

    def record_generation(self, generation: str) -> None:
        with self._database.write() as connection:
            connection.execute("replace into meta values ('indexed_as', ?)", (generation,))

    # Articles

    def put(self, new: Sequence[Article]) -> list[Change]:
        """What each one changed, in order; a later one of the same id builds on the earlier."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            return [articles.put_article(connection, article, now) for article in new]

    def remove(self, ids: Sequence[str]) -> list[str]:
        """The ids that were present. They are not served again until the article is added again."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            return [each for each in ids if articles.remove_article(connection, each, now)]

    def article(self, article_id: str, revision: str | None = None) -> Article:
        """The current revision, or an earlier one; UnknownArticleError if removed or unknown."""
        with self._database.read() as connection:
            return article_of(queries.served_row(connection, article_id, revision))

    def boilerplate(self, article_id: str, revision: str) -> tuple[Boilerplate, ...]:
        with self._database.read() as connection:
            return boilerplate_of(queries.served_row(connection, article_id, revision))

    def revisions(self, article_id: str) -> list[Revision]:
        """Newest first: the current one, then those it replaced."""
        with self._database.read() as connection:
            return queries.revisions(connection, article_id)

    def page(
        self,
        *,
        after: str | None = None,
        limit: int = 50,
        filter: Filter = EVERYTHING,
    ) -> list[Article]:
        """By ascending id, from the one past `after`; filtered as `PassageTable.mask` does."""
        with self._database.read() as connection:
            return queries.page(connection, after=after, limit=limit, filter=filter)

    def count(self) -> int:
        with self._database.read() as connection:
            return queries.count(connection)

    def newest(self) -> datetime | None:
        """When the latest article was published; None if no article has a date."""
        with self._database.read() as connection:
            return queries.newest(connection)

    def live(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are present and not removed."""
        with self._database.read() as connection:
            return queries.live(connection, ids)

    # Passages and their embeddings

    def stale(self, recipe: str, limit: int) -> list[Article]:
        """Articles whose present text, title, date and outlet have no passages by this recipe."""
        with self._database.read() as connection:
            return [article_of(row) for row in waiting(connection, PASSAGES, recipe, limit)]

    def put_passages(
        self,
        article: Article,
        *,
        recipe: str,
        boilerplate: Sequence[Boilerplate],
        spans: Sequence[Span],
        keys: Sequence[bytes],
    ) -> None:
        """Replace the article's passages, under new ids; a key names what a passage embeds as."""
        with self._database.write() as connection:
            passages.put_passages(
                connection, article, recipe=recipe, boilerplate=boilerplate, spans=spans, keys=keys
            )

    def unembedded(self, limit: int) -> list[tuple[Passage, bytes]]:
        """Of the first `limit` passages without embedding, one for each key; [] if none is left."""
        with self._database.read() as connection:
            return passages.unembedded(connection, limit)

    def missing_embeddings(self) -> int:
        """How many embeddings are missing: keys, not passages."""
        with self._database.read() as connection:
            return passages.missing_embeddings(connection)

    def put_embeddings(self, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """(n, d), kept as float16 for every passage with these keys, now and later."""
        with self._database.write() as connection:
            passages.put_embeddings(connection, keys, vectors)

    def passage_table(self) -> PassageTable:
        """Every embedded passage and every statement of every live article's current revision."""
        with self._database.read() as connection:
            return passages.passage_table(connection)

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n, d), in the order of the ids; (0, 0) for none."""
        with self._database.read() as connection:
            return passages.vectors(connection, passage_ids)

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterator[tuple[int, str, str]]:
        """(id, title, text) of each passage in the order given; passages since deleted are skipped.

        An article's text is read once if its passages stand together, as they do by ascending id.
        """
        with self._database.read() as connection:
            yield from passages.texts(connection, passage_ids)

    # Statements and speakers

    def unattributed(self, recipe: str, limit: int) -> list[Article]:
        """Articles whose present facts were not searched for statements by this recipe."""
        with self._database.read() as connection:
            return [article_of(row) for row in waiting(connection, STATEMENTS, recipe, limit)]

    def count_unattributed(self, recipe: str) -> int:
        with self._database.read() as connection:
            return count_waiting(connection, STATEMENTS, recipe)

    def put_statements(self, attributed: Attributed, recipe: str) -> None:
        """Replace the statements of each article, under new ids: all articles or none."""
        with self._database.write() as connection:
            statements.put_statements(connection, attributed, recipe)

    def statements(self, article_id: str, revision: str) -> list[Statement]:
        """In the order of the text; UnknownArticleError if the article was removed."""
        with self._database.read() as connection:
            number = queries.served_row(connection, article_id, revision)["number"]
            return statements.statements(connection, number, article_id, revision)

    def statements_by_id(
        self, statement_ids: NDArray[np.int64]
    ) -> Iterator[tuple[int, Article, Statement]]:
        """(id, article, statement) in the order given; statements since deleted are skipped."""
        with self._database.read() as connection:
            yield from statements.by_id(connection, statement_ids)

    def speakers(self) -> Iterator[Speaker]:
        """Everybody with a statement in a live article's current revision, by ascending key."""
        with self._database.read() as connection:
            yield from statements.speakers(connection)

    # Near duplicates and stories

    def ungrouped(self, recipe: str, limit: int) -> list[tuple[Article, tuple[Boilerplate, ...]]]:
        """Articles whose present facts were not compared by this recipe, with their boilerplate."""
        with self._database.read() as connection:
            rows = waiting(connection, STORIES, recipe, limit)
        return [(article_of(row), boilerplate_of(row)) for row in rows]

    def count_ungrouped(self, recipe: str) -> int:
        with self._database.read() as connection:
            return count_waiting(connection, STORIES, recipe)

    def put_sketches(self, sketched: Sequence[tuple[Article, Sketch]], recipe: str) -> None:
        """Compare each article with those in the archive, and keep its copies: all or none."""
        with self._database.write() as connection:
            near_duplicates.put_sketches(connection, sketched, recipe)

    def stories(self) -> dict[str, str]:
        """For each live article, the one that leads its story."""
        with self._database.read() as connection:
            return near_duplicates.stories(connection)


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
