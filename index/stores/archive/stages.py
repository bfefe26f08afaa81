"""The processing stages of an article: which articles wait for one, and which have passed it.

A rebuild notes what is to be made again, so that it goes on where it was stopped.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from index.documents import Article
from index.errors import UnknownArticleError
from index.progress import IndexPart
from index.stores.archive.article_queries import article_of
from index.stores.archive.database import Connection, Row
from index.stores.timestamps import seconds


@dataclass(frozen=True, slots=True)
class ProcessingStage:
    """`column` of `articles` holds the recipe last used, or null once the article has changed."""

    column: str
    verb: str
    participle: str

    def articles(self, connection: Connection, recipe: str, limit: int) -> list[Article]:
        """Live articles whose present text, title, date or outlet this recipe has not processed."""
        return [article_of(row) for row in self.rows(connection, recipe, limit)]

    def rows(self, connection: Connection, recipe: str, limit: int) -> list[Row]:
        """In the order of their revisions: what came first is compared first with what follows."""
        first = f"select current from ({self.waiting}) order by +current limit ?2"  # noqa: S608  ours
        return connection.execute(
            f"select * from live where number in ({first}) order by number",  # noqa: S608  as below
            (recipe, limit),
        ).fetchall()

    def count(self, connection: Connection, recipe: str) -> int:
        return int(connection.value(f"select count(*) from ({self.waiting})", recipe))  # noqa: S608

    def note_done(self, connection: Connection, article: Article, recipe: str) -> int:
        """The number of the current revision; UnknownArticleError if the article has changed."""
        present = connection.execute("select * from live where id = ?", (article.id,)).fetchone()
        if present is None or fingerprint(article_of(present)) != fingerprint(article):
            raise UnknownArticleError(
                f"article {article.id!r} was changed or removed while it was being "
                f"{self.participle}; {self.verb} what the archive holds now"
            )
        connection.execute(
            f"update articles set {self.column} = ? where id = ?",  # noqa: S608  one of the three below
            (recipe, article.id),
        )
        return int(present["number"])

    @property
    def waiting(self) -> str:
        """SQL for the numbers of these revisions; the recipe is ?1.

        Three ranges of an index: for `<>`, or for `or`, SQLite would read every article.
        """
        ranges = (f"{self.column} {each}" for each in ("is null", "< ?1", "> ?1"))
        live = "select current from articles where removed_at is null and"
        return " union all ".join(f"{live} {each}" for each in ranges)


PASSAGES = ProcessingStage("passages_for", "split", "split")
STATEMENTS = ProcessingStage("statements_for", "attribute", "attributed")
STORIES = ProcessingStage("stories_for", "compare", "compared")

_MARKED = {IndexPart.STATEMENTS: STATEMENTS, IndexPart.GROUPS: STORIES}


def make_again(connection: Connection, parts: Iterable[IndexPart]) -> None:
    """Of every article, or what is left of parts begun before. What there is stays until then."""
    begun = _begun(connection)
    for part in parts:
        if part in begun:
            continue
        begun[part] = 0
        if stage := _MARKED.get(part):
            connection.execute(f"update articles set {stage.column} = null")  # noqa: S608  ours
    _note_begun(connection, begun)


def made_again(connection: Connection) -> None:
    """All that was to be made again is."""
    connection.execute("delete from meta where name = 'made_again'")


def to_embed_again(connection: Connection, limit: int) -> list[int]:
    """The first current revisions whose vectors are still to be made again, in their order."""
    done = _begun(connection).get(IndexPart.VECTORS)
    rows = connection.execute(
        "select current from articles where removed_at is null and current > ?"
        " order by current limit ?",
        (done, limit),
    )
    return [number for (number,) in rows]


def count_to_embed_again(connection: Connection) -> int:
    """How many passages have vectors that are still to be made again."""
    done = _begun(connection).get(IndexPart.VECTORS)
    return int(
        connection.value(
            "select count(*) from passages where embedding is not null and revision > ?", done
        )
    )


def note_embedded_again(connection: Connection, revision: int) -> None:
    """That the vectors of all revisions up to this one are new."""
    _note_begun(connection, _begun(connection) | {IndexPart.VECTORS: revision})


def _begun(connection: Connection) -> dict[IndexPart, int]:
    """Each part that is being made again, with the last revision of which it is made."""
    noted = connection.value("select value from meta where name = 'made_again'")
    return {IndexPart(part): last for part, last in json.loads(noted or "{}").items()}


def _note_begun(connection: Connection, begun: dict[IndexPart, int]) -> None:
    connection.execute("replace into meta values ('made_again', ?)", (json.dumps(begun),))


def fingerprint(article: Article) -> str:
    """A hash of the facts that go into an index; other facts may change without a new passage."""
    indexed = (article.revision, article.title, published_second(article), article.outlet)
    return hashlib.sha256(json.dumps(indexed).encode()).hexdigest()


def published_second(article: Article) -> int | None:
    return None if article.published_at is None else seconds(article.published_at)
