"""The archive of record: articles, their revisions, and what is made of them.

Each writing method is one transaction, on the disk when it returns. Reading is safe from many
threads at once, and beside another process that writes.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dedup.near_duplicates import Sketch
from index.documents import Article, Boilerplate, Filter, Passage, Span
from index.errors import StorageError, UnknownArticleError
from index.statements import Speaker, Statement
from index.stores.archive import passages as derived
from index.stores.archive import statements as spoken
from index.stores.archive import stories
from index.stores.archive.articles import (
    Change,
    article_of,
    furniture_of,
    put_article,
    remove_article,
)
from index.stores.archive.database import Database, Row
from index.stores.archive.schema import nothing_here, prepare
from index.stores.archive.stages import PASSAGES, STATEMENTS, STORIES, count_waiting, waiting
from index.stores.archive.statements import Attributed
from index.stores.search.passage_table import PassageTable
from index.stores.timestamps import bound, instant, last_second

__all__ = ["Archive", "Change", "Revision"]

EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Revision:
    """One text an article has had, and when we came to hold it."""

    revision: str
    recorded_at: datetime


class Archive:
    """Open it with `open`, close it with `close`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.identity = prepare(database)
        """A uuid made with the archive: what is derived from one fits no other."""

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Archive":
        """Made when missing; read only, a missing one is a NoIndexError."""
        database = Database(path, read_only=read_only)
        _find_or_make_room(database)
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        self._database.close()

    def indexed_as(self) -> str:
        """The generation last made of it, "" before the first.

        A backup put back names an older one, and gives passage ids anew that newer ones know.
        """
        with self._database.read() as connection:
            row = connection.execute("select value from meta where name = 'indexed_as'").fetchone()
        return "" if row is None else str(row["value"])

    def note_indexed(self, generation: str) -> None:
        with self._database.write() as connection:
            connection.execute("replace into meta values ('indexed_as', ?)", (generation,))

    def put(self, articles: Sequence[Article]) -> list[Change]:
        """What each one changed, in order; a later one of the same id builds on the earlier."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            return [put_article(connection, article, now) for article in articles]

    def remove(self, ids: Sequence[str]) -> list[str]:
        """The ids that were there. They are served no more, until put again."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            return [each for each in ids if remove_article(connection, each, now)]

    def article(self, article_id: str, revision: str | None = None) -> Article:
        """The current revision, or an earlier one of an article not removed since."""
        return article_of(self._served(article_id, revision))

    def furniture(self, article_id: str, revision: str) -> tuple[Boilerplate, ...]:
        return furniture_of(self._served(article_id, revision))

    def revisions(self, article_id: str) -> list[Revision]:
        """Newest first: the current one, then those it replaced."""
        rows = self._lookup(
            "select revision, recorded_at from served where id = :id"
            " order by is_current desc, recorded_at desc, number desc",
            article_id,
        )
        return [Revision(revision, datetime.fromisoformat(when)) for revision, when in rows]

    def page(
        self,
        *,
        after: str | None = None,
        limit: int = 50,
        filter: Filter = EVERYTHING,
    ) -> list[Article]:
        """By ascending id, from the one past `after`; filtered as `PassageTable.mask` does."""
        earliest = filter.published_from
        wanted = {
            "after": after,
            "from": None if earliest is None else bound(earliest),
            "last": last_second(filter),
            "outlets": json.dumps([name.casefold() for name in filter.outlets]),
            "anywhere": not filter.outlets,
            "limit": limit,
        }
        with self._database.read() as connection:
            rows = connection.execute(_PAGE, wanted).fetchall()
        return [article_of(row) for row in rows]

    def count(self) -> int:
        with self._database.read() as connection:
            counted = connection.execute("select count(*) from articles where removed_at is null")
            return int(counted.fetchone()[0])

    def newest(self) -> datetime | None:
        """When the latest article was published; None when none has a date."""
        with self._database.read() as connection:
            latest = connection.execute("select max(published_at) from live").fetchone()[0]
        return None if latest is None else instant(latest)

    def live(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are here and not removed."""
        with self._database.read() as connection:
            rows = connection.execute(
                "select id from articles where removed_at is null"
                " and id in (select value from json_each(?))",
                (json.dumps(list(ids)),),
            )
            return {row["id"] for row in rows}

    def stale(self, recipe: str, limit: int) -> list[Article]:
        """Articles without passages by this recipe for their present text, title, date, outlet."""
        with self._database.read() as connection:
            rows = waiting(connection, PASSAGES, recipe, limit)
        return [article_of(row) for row in rows]

    def put_passages(
        self,
        article: Article,
        *,
        recipe: str,
        furniture: Sequence[Boilerplate],
        spans: Sequence[Span],
        keys: Sequence[bytes],
    ) -> None:
        """Replace the article's passages, under new ids; a key names what a passage embeds as."""
        with self._database.write() as connection:
            derived.put_passages(
                connection, article, recipe=recipe, furniture=furniture, spans=spans, keys=keys
            )

    def unembedded(self, limit: int) -> list[tuple[Passage, bytes]]:
        """Of the first `limit` passages without an embedding, one for each key; [] when done."""
        with self._database.read() as connection:
            return derived.unembedded(connection, limit)

    def missing_embeddings(self) -> int:
        """How many embeddings are still to be made: keys, not passages."""
        with self._database.read() as connection:
            return derived.missing_embeddings(connection)

    def put_embeddings(self, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """(n, d), kept as float16 for every passage of these keys, now and later."""
        with self._database.write() as connection:
            derived.put_embeddings(connection, keys, vectors)

    def columns(self) -> PassageTable:
        """Every embedded passage and every statement of every live article's current revision."""
        with self._database.read() as connection:
            return derived.columns(connection)

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n, d), in the order of the ids; (0, 0) for none."""
        with self._database.read() as connection:
            return derived.vectors(connection, passage_ids)

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterator[tuple[int, str, str]]:
        """(id, title, text) of each passage in the order given; a passage gone since is left out.

        An article's text is read once when its passages stand together, as they do by id.
        """
        with self._database.read() as connection:
            yield from derived.texts(connection, passage_ids)

    def unattributed(self, recipe: str, limit: int) -> list[Article]:
        """Articles whose statements were not found by this recipe in their present facts."""
        with self._database.read() as connection:
            rows = waiting(connection, STATEMENTS, recipe, limit)
        return [article_of(row) for row in rows]

    def count_unattributed(self, recipe: str) -> int:
        with self._database.read() as connection:
            return count_waiting(connection, STATEMENTS, recipe)

    def put_statements(self, attributed: Attributed, recipe: str) -> None:
        """Replace what was found in each of the articles, under new ids: all of them or none."""
        with self._database.write() as connection:
            spoken.put_statements(connection, attributed, recipe)

    def statements(self, article_id: str, revision: str) -> list[Statement]:
        """In the order of the text; of an article not removed since."""
        number = self._served(article_id, revision)["number"]
        with self._database.read() as connection:
            return spoken.statements(connection, number, article_id, revision)

    def spoken(self, statement_ids: NDArray[np.int64]) -> Iterator[tuple[int, Article, Statement]]:
        """(id, article, statement) in the order given; a statement gone since is left out."""
        with self._database.read() as connection:
            yield from spoken.rows(connection, statement_ids)

    def speakers(self) -> Iterator[Speaker]:
        """Whoever said something in a live article's current revision, by ascending key."""
        with self._database.read() as connection:
            yield from spoken.speakers(connection)

    def ungrouped(self, recipe: str, limit: int) -> list[tuple[Article, tuple[Boilerplate, ...]]]:
        """Articles not compared by this recipe in their present facts, with their furniture."""
        with self._database.read() as connection:
            rows = waiting(connection, STORIES, recipe, limit)
        return [(article_of(row), furniture_of(row)) for row in rows]

    def count_ungrouped(self, recipe: str) -> int:
        with self._database.read() as connection:
            return count_waiting(connection, STORIES, recipe)

    def put_sketches(self, sketched: Sequence[tuple[Article, Sketch]], recipe: str) -> None:
        """Compare each with what is here, and keep its copies: all of them or none."""
        with self._database.write() as connection:
            stories.put_sketches(connection, sketched, recipe)

    def stories(self) -> dict[str, str]:
        """Of every live article the one that names its group of copies."""
        with self._database.read() as connection:
            return stories.groups(connection)

    def _served(self, article_id: str, revision: str | None) -> Row:
        return self._lookup(
            "select * from served where id = :id"
            " and iif(:revision is null, is_current, revision = :revision)",
            article_id,
            revision,
        )[0]

    def _lookup(self, query: str, article_id: str, revision: str | None = None) -> list[Row]:
        """At least one row, or UnknownArticleError."""
        try:
            with self._database.read() as connection:
                wanted = {"id": article_id, "revision": revision}
                rows = connection.execute(query, wanted).fetchall()
        except UnicodeEncodeError:  # a lone surrogate: in no id that could be stored
            rows = []
        if not rows:
            raise _unknown(article_id, revision)
        return rows


# pages are read in order of id, so no filter has an index of its own
_PAGE = """
    select * from live
    where id >= coalesce(:after, '') and id is not :after
        and (:from is null or published_at >= :from)
        and (:last is null or published_at <= :last)
        and (:anywhere or casefold(outlet) in (select value from json_each(:outlets)))
    order by id limit :limit"""


def _find_or_make_room(database: Database) -> None:
    if database.read_only:
        if not database.path.exists():
            raise nothing_here(database)
        return
    try:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"the folder {database.path.parent} cannot be made ({error.strerror}); "
            "choose another data folder"
        ) from error


def _unknown(article_id: str, revision: str | None) -> UnknownArticleError:
    if revision is None:
        return UnknownArticleError(f"no article {article_id!r} is in the archive")
    return UnknownArticleError(f"no revision {revision!r} of article {article_id!r} is here")
