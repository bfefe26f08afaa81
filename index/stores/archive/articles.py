"""What adding and removing an article changes in the tables. Knows no transaction."""

import json
from datetime import datetime
from enum import StrEnum
from typing import Any

from index.documents import Article
from index.stores.archive.database import Connection
from index.stores.archive.near_duplicates import forget
from index.stores.archive.stages import fingerprint, published_second

Record = dict[str, str | int | None]


class Change(StrEnum):
    """What adding an article did."""

    ADDED = "added"
    REVISED = "revised"
    """Its text changed."""
    UPDATED = "updated"
    """Only its title or other metadata changed."""
    UNCHANGED = "unchanged"


def put_article(connection: Connection, article: Article, now: datetime) -> Change:
    record = _record(article)
    before = connection.execute("select * from live where id = ?", (article.id,)).fetchone()
    change = _change(before, record)
    if change is Change.UNCHANGED:
        return change
    recorded_at = before["recorded_at"] if change is Change.UPDATED else _stamp(now)
    number = _put_revision(connection, record | {"recorded_at": recorded_at})
    _put_current(connection, article, number, now)
    if change is Change.REVISED:
        connection.execute("delete from passages where revision = ?", (before["number"],))
        forget(connection, before["number"])
    return change


def remove_article(connection: Connection, article_id: str, now: datetime) -> bool:
    """Whether it was there. Its passages and copies go at once; the texts of its revisions stay."""
    removed = connection.execute(
        "update articles set removed_at = ?, passages_for = null, stories_for = null"
        " where id = ? and removed_at is null returning current",
        (_stamp(now), article_id),
    ).fetchall()
    for (number,) in removed:
        connection.execute("delete from passages where revision = ?", (number,))
        forget(connection, number)
    return bool(removed)


def _record(article: Article) -> Record:
    return {
        "article_id": article.id,
        "revision": article.revision,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "authors": json.dumps(article.authors),
        "published_at": published_second(article),
        "published_original": article.published_original,
        "language": article.language,
        "metadata": json.dumps(dict(article.metadata), sort_keys=True),
        "text": article.text,
    }


def _change(before: Any, record: Record) -> Change:
    """`before` is the live row of this article, or None."""
    if before is None:
        return Change.ADDED
    if before["revision"] != record["revision"]:
        return Change.REVISED
    same = all(before[name] == value for name, value in record.items())
    return Change.UNCHANGED if same else Change.UPDATED


def _put_revision(connection: Connection, record: Record) -> int:
    """Its number. If the article returns to an earlier text, that revision is the newest again."""
    [(number,)] = connection.execute(
        """insert into revisions (
            article_id, revision, title, url, outlet, authors, published_at, published_original,
            language, metadata, recorded_at, text)
        values (
            :article_id, :revision, :title, :url, :outlet, :authors, :published_at,
            :published_original, :language, :metadata, :recorded_at, :text)
        on conflict (article_id, revision) do update set
            title = excluded.title, url = excluded.url, outlet = excluded.outlet,
            authors = excluded.authors, published_at = excluded.published_at,
            published_original = excluded.published_original, language = excluded.language,
            metadata = excluded.metadata, recorded_at = excluded.recorded_at
        returning number""",
        record,
    ).fetchall()
    return int(number)


def _put_current(connection: Connection, article: Article, number: int, now: datetime) -> None:
    """Point the article at a revision; what was derived from other facts becomes stale."""
    connection.execute(
        """insert into articles (id, current, fingerprint, added_at, updated_at)
        values (:id, :number, :fingerprint, :now, :now)
        on conflict (id) do update set
            current = excluded.current, updated_at = excluded.updated_at, removed_at = null,
            passages_for = iif(fingerprint = excluded.fingerprint, passages_for, null),
            statements_for = iif(fingerprint = excluded.fingerprint, statements_for, null),
            stories_for = iif(fingerprint = excluded.fingerprint, stories_for, null),
            fingerprint = excluded.fingerprint""",
        {
            "id": article.id,
            "number": number,
            "fingerprint": fingerprint(article),
            "now": _stamp(now),
        },
    )


def _stamp(now: datetime) -> str:
    """ISO 8601 of fixed width, so that text order is time order."""
    return now.isoformat(timespec="microseconds")
