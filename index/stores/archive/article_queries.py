"""Articles read from their rows: one, its revisions, a page of many. Knows no transaction."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from index.documents import Article, Boilerplate, BoilerplateKind, Filter, Span
from index.errors import UnknownArticleError
from index.stores.archive.database import Connection, Row
from index.stores.timestamps import bound, instant, last_second


@dataclass(frozen=True, slots=True)
class Revision:
    """One text an article has had, and when the archive received it."""

    revision: str
    recorded_at: datetime


def article_of(row: Row) -> Article:
    published_at = row["published_at"]
    return Article(
        id=row["article_id"],
        title=row["title"],
        text=row["text"],
        url=row["url"],
        outlet=row["outlet"],
        authors=tuple(json.loads(row["authors"])),
        published_at=None if published_at is None else instant(published_at),
        published_original=row["published_original"],
        language=row["language"],
        metadata=json.loads(row["metadata"]),
    )


def boilerplate_of(row: Row) -> tuple[Boilerplate, ...]:
    marks = json.loads(row["furniture"])
    return tuple(Boilerplate(Span(start, end), BoilerplateKind(kind)) for start, end, kind in marks)


def served_row(connection: Connection, article_id: str, revision: str | None) -> Row:
    """The current revision, or the one named, of an article that is not removed."""
    return _rows(
        connection,
        "select * from served where id = :id"
        " and iif(:revision is null, is_current, revision = :revision)",
        article_id,
        revision,
    )[0]


def revisions(connection: Connection, article_id: str) -> list[Revision]:
    rows = _rows(
        connection,
        "select revision, recorded_at from served where id = :id"
        " order by is_current desc, recorded_at desc, number desc",
        article_id,
    )
    return [Revision(revision, datetime.fromisoformat(when)) for revision, when in rows]


def page(connection: Connection, *, after: str | None, limit: int, filter: Filter) -> list[Article]:
    earliest = filter.published_from
    parameters = {
        "after": after,
        "from": None if earliest is None else bound(earliest),
        "last": last_second(filter),
        "outlets": json.dumps([name.casefold() for name in filter.outlets]),
        "anywhere": not filter.outlets,
        "limit": limit,
    }
    return [article_of(row) for row in connection.execute(_PAGE, parameters)]


def count(connection: Connection) -> int:
    counted = connection.execute("select count(*) from articles where removed_at is null")
    return int(counted.fetchone()[0])


def newest(connection: Connection) -> datetime | None:
    latest = connection.execute("select max(published_at) from live").fetchone()[0]
    return None if latest is None else instant(latest)


def live(connection: Connection, ids: Iterable[str]) -> set[str]:
    rows = connection.execute(
        "select id from articles where removed_at is null"
        " and id in (select value from json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row["id"] for row in rows}


# pages are read in order of id, so no filter has an index of its own
_PAGE = """
    select * from live
    where id >= coalesce(:after, '') and id is not :after
        and (:from is null or published_at >= :from)
        and (:last is null or published_at <= :last)
        and (:anywhere or casefold(outlet) in (select value from json_each(:outlets)))
    order by id limit :limit"""


def _rows(
    connection: Connection, query: str, article_id: str, revision: str | None = None
) -> list[Row]:
    """At least one row, or UnknownArticleError."""
    try:
        rows = connection.execute(query, {"id": article_id, "revision": revision}).fetchall()
    except UnicodeEncodeError:  # a lone surrogate: in no id that could be stored
        rows = []
    if not rows:
        raise _unknown(article_id, revision)
    return rows


def _unknown(article_id: str, revision: str | None) -> UnknownArticleError:
    if revision is None:
        return UnknownArticleError(f"no article {article_id!r} is in the archive")
    return UnknownArticleError(f"no revision {revision!r} of article {article_id!r} is here")
