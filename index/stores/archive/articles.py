"""What adding and removing an article changes in the tables. Knows no transaction."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from index.documents import Article
from index.errors import DamagedArticleError
from index.stores.archive.article_queries import article_of
from index.stores.archive.checksums import (
    ARTICLE,
    PASSAGE,
    STATEMENT,
    check_derived,
    seal,
    seal_revision,
)
from index.stores.archive.database import Connection, Row
from index.stores.archive.near_duplicates import forget
from index.stores.archive.stages import fingerprint, published_second
from index.stores.archive.unpublished import forget_changes

Record = dict[str, str | int | None]


class Change(StrEnum):
    """What adding an article did."""

    ADDED = "added"
    REVISED = "revised"
    """Its text changed."""
    UPDATED = "updated"
    """Only its title or other metadata changed."""
    UNCHANGED = "unchanged"
    """An article that was damaged counts as updated: what is added replaces it."""


def put(connection: Connection, new: Sequence[Article]) -> list[Change]:
    """What each one changed, in order; a later one of the same id builds on the earlier."""
    now = _now()
    return [_put_article(connection, article, now) for article in new]


def changes(connection: Connection, new: Sequence[Article]) -> list[Change]:
    """What adding each one would change; nothing is written."""
    return [_compared(connection, article) for article in new]


def remove(connection: Connection, ids: Sequence[str]) -> list[str]:
    """The ids that were present. They are not served again until the article is added again."""
    now = _now()
    return [each for each in ids if _remove_article(connection, each, now)]


def record_generation(connection: Connection, generation: str) -> None:
    """It holds all there is, so that nothing is unpublished."""
    connection.execute("replace into meta values ('indexed_as', ?)", (generation,))
    connection.execute("delete from meta where name = 'rolled_back_to'")
    forget_changes(connection)


def note_rollback(connection: Connection, generation: str) -> None:
    """That it is current by intent, although it is not the one recorded last."""
    connection.execute("replace into meta values ('rolled_back_to', ?)", (generation,))


def _put_article(connection: Connection, article: Article, now: str) -> Change:
    record = _record(article)
    before, intact = _before(connection, article)
    change = _change(before, record, intact=intact)
    if change is Change.UNCHANGED:
        return change
    recorded_at = before["recorded_at"] if intact and change is Change.UPDATED else now
    number = _put_revision(connection, record | {"recorded_at": recorded_at})
    _put_current(connection, article, number, now, intact=intact)
    if change is Change.REVISED or not intact:
        _delete_derived(connection, before["number"])
    return change


def _compared(connection: Connection, article: Article) -> Change:
    before, intact = _before(connection, article)
    return _change(before, _record(article), intact=intact)


def _before(connection: Connection, article: Article) -> tuple[Any, bool]:
    """The live row of this article, or None, and whether it is as it was stored."""
    row = connection.execute("select * from live where id = ?", (article.id,)).fetchone()
    return row, row is None or _is_intact(connection, row)


def _is_intact(connection: Connection, before: Row) -> bool:
    """Whether the article and what was derived from it are as they were stored."""
    try:
        article_of(before)
        for table, columns in (("passages", PASSAGE), ("statements", STATEMENT)):
            rows = connection.execute(
                f"select * from {table} where revision = ?",  # noqa: S608  one of these two
                (before["number"],),
            )
            for row in rows:
                check_derived(row, before["article_id"], columns)
    except DamagedArticleError:
        return False
    return True


def _remove_article(connection: Connection, article_id: str, now: str) -> bool:
    """Whether it was there. Its passages and copies go at once; the texts of its revisions stay."""
    number = connection.value(
        "update articles set removed_at = ?, passages_for = null, stories_for = null"
        " where id = ? and removed_at is null returning current",
        now,
        article_id,
    )
    if number is not None:
        seal(connection, "articles", ARTICLE, "id = ?", article_id)
        _delete_derived(connection, number)
    return number is not None


def _delete_derived(connection: Connection, number: int) -> None:
    connection.execute("delete from passages where revision = ?", (number,))
    forget(connection, number)


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


def _change(before: Any, record: Record, *, intact: bool) -> Change:
    """`before` is the live row of this article, or None."""
    if before is None:
        return Change.ADDED
    if before["revision"] != record["revision"]:
        return Change.REVISED
    same = intact and all(before[name] == value for name, value in record.items())
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
            metadata = excluded.metadata, recorded_at = excluded.recorded_at, text = excluded.text
        returning number""",
        record,
    ).fetchall()
    seal_revision(connection, int(number))
    return int(number)


def _put_current(
    connection: Connection, article: Article, number: int, now: str, *, intact: bool
) -> None:
    """Point the article at a revision; what was derived from other facts becomes stale.

    All that was derived is stale if the article was not intact.
    """
    connection.execute(
        """insert into articles (id, current, fingerprint, added_at, updated_at)
        values (:id, :number, :fingerprint, :now, :now)
        on conflict (id) do update set
            current = excluded.current, updated_at = excluded.updated_at, removed_at = null,
            passages_for = iif(:intact and fingerprint = excluded.fingerprint, passages_for, null),
            statements_for =
                iif(:intact and fingerprint = excluded.fingerprint, statements_for, null),
            stories_for = iif(:intact and fingerprint = excluded.fingerprint, stories_for, null),
            fingerprint = excluded.fingerprint""",
        {
            "id": article.id,
            "number": number,
            "fingerprint": fingerprint(article),
            "now": now,
            "intact": intact,
        },
    )
    seal(connection, "articles", ARTICLE, "id = ?", article.id)


def _now() -> str:
    """ISO 8601 of fixed width, so that text order is time order."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
