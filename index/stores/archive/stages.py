"""What is made of every article, stage by stage: what waits for it, and that it has been done."""

from dataclasses import dataclass

from index.documents import Article
from index.errors import UnknownArticleError
from index.stores.archive.articles import fingerprint
from index.stores.archive.database import Connection, Row


@dataclass(frozen=True, slots=True)
class ProcessingStage:
    """`column` of `articles` holds the recipe an article was last done by, null when it changed."""

    column: str
    verb: str
    participle: str


PASSAGES = ProcessingStage("passages_for", "split", "split")
STATEMENTS = ProcessingStage("statements_for", "attribute", "attributed")
STORIES = ProcessingStage("stories_for", "compare", "compared")


def waiting(connection: Connection, stage: ProcessingStage, recipe: str, limit: int) -> list[Row]:
    """Rows of live articles, which hold their furniture."""
    wanted = {"recipe": recipe, "limit": limit}
    return connection.execute(f"select * {_from(stage)} limit :limit", wanted).fetchall()


def count_waiting(connection: Connection, stage: ProcessingStage, recipe: str) -> int:
    counted = connection.execute(f"select count(*) {_from(stage)}", {"recipe": recipe})
    return int(counted.fetchone()[0])


def note_done(connection: Connection, stage: ProcessingStage, article: Article, recipe: str) -> int:
    """The number of its current revision; UnknownArticleError when that is another by now."""
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


def _from(stage: ProcessingStage) -> str:
    """Written so that each half of what is not this recipe is found by the index."""
    column = stage.column
    return f"from live where {column} is null or {column} < :recipe or {column} > :recipe"
