"""The processing stages of an article: which articles wait for one, and which have passed it."""

import hashlib
import json
from dataclasses import dataclass

from index.documents import Article
from index.errors import UnknownArticleError
from index.stores.archive.database import Connection, Row
from index.stores.timestamps import seconds


@dataclass(frozen=True, slots=True)
class ProcessingStage:
    """`column` of `articles` holds the recipe last used, or null once the article has changed."""

    column: str
    verb: str
    participle: str


PASSAGES = ProcessingStage("passages_for", "split", "split")
STATEMENTS = ProcessingStage("statements_for", "attribute", "attributed")
STORIES = ProcessingStage("stories_for", "compare", "compared")


def waiting(connection: Connection, stage: ProcessingStage, recipe: str, limit: int) -> list[Row]:
    """Rows of live articles that this recipe has not processed."""
    parameters = {"recipe": recipe, "limit": limit}
    return connection.execute(f"select * {_from(stage)} limit :limit", parameters).fetchall()


def count_waiting(connection: Connection, stage: ProcessingStage, recipe: str) -> int:
    counted = connection.execute(f"select count(*) {_from(stage)}", {"recipe": recipe})
    return int(counted.fetchone()[0])


def note_done(connection: Connection, stage: ProcessingStage, article: Article, recipe: str) -> int:
    """The number of the current revision; UnknownArticleError if the article has changed since."""
    updated = connection.execute(
        f"update articles set {stage.column} = ?"  # noqa: S608  one of the three above
        " where id = ? and fingerprint = ? and removed_at is null returning current",
        (recipe, article.id, fingerprint(article)),
    ).fetchall()
    if not updated:
        raise UnknownArticleError(
            f"article {article.id!r} was changed or removed while it was being "
            f"{stage.participle}; {stage.verb} what the archive holds now"
        )
    return int(updated[0]["current"])


def fingerprint(article: Article) -> str:
    """A hash of the facts that go into an index; other facts may change without a new passage."""
    indexed = (article.revision, article.title, published_second(article), article.outlet)
    return hashlib.sha256(json.dumps(indexed).encode()).hexdigest()


def published_second(article: Article) -> int | None:
    return None if article.published_at is None else seconds(article.published_at)


def _from(stage: ProcessingStage) -> str:
    """Written as two ranges, because SQLite uses no index for `<>`."""
    column = stage.column
    return f"from live where {column} is null or {column} < :recipe or {column} > :recipe"
