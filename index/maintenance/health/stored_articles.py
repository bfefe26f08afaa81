"""Every stored text is compared with its hash; what is known of the articles that are served."""

import json
from dataclasses import dataclass, field

from index.errors import DamagedArticleError
from index.stores.archive.checksums import check_row, check_text
from index.stores.archive.database import Connection, Row


@dataclass(frozen=True, slots=True)
class ServedArticle:
    """Of a current revision; lengths in code points."""

    id: str
    published: int | None
    """In seconds since 1970, UTC."""
    length: int
    boilerplate: int


@dataclass(slots=True)
class ArticlesRead:
    """All revisions, each read once."""

    revisions: int = 0
    damaged: list[str] = field(default_factory=list)
    """The ids of articles of which a revision or the entry was altered."""
    served: list[ServedArticle] = field(default_factory=list)


def read_articles(connection: Connection) -> ArticlesRead:
    """Whatever is damaged is noted and not read further."""
    read = ArticlesRead()
    rows = connection.execute(
        """select revisions.*, checksums.value as checksum, exists (
            select 1 from articles where current = number and removed_at is null) as is_served
        from revisions left join checksums on checksums.revision = number"""
    )
    for row in rows:
        read.revisions += 1
        try:
            check_text(row)
        except DamagedArticleError:
            read.damaged.append(row["article_id"])
            continue
        if row["is_served"]:
            read.served.append(_served(row))
    _check_entries(connection, read)
    return read


def _check_entries(connection: Connection, read: ArticlesRead) -> None:
    entries = "select id as article_id, id, current, removed_at, checksum as article_checksum"
    for row in connection.execute(f"{entries} from articles"):
        try:
            check_row(row)
        except DamagedArticleError:
            read.damaged.append(row["id"])


def _served(row: Row) -> ServedArticle:
    boilerplate = sum(end - start for start, end, _ in json.loads(row["furniture"]))
    return ServedArticle(row["article_id"], row["published_at"], len(row["text"]), boilerplate)
