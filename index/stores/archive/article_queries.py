"""Articles read from their rows: one, its revisions, a page of many. Knows no transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from index.documents import EVERYTHING, Article, Boilerplate, BoilerplateKind, Filter, Span
from index.errors import ArchiveError, UnknownArticleError
from index.stores.archive.checksums import check_text, is_damaged, lost, readable_json
from index.stores.archive.database import Connection, Row
from index.stores.timestamps import bound, instant, last_second
from index.text.titles import without_outlet


@dataclass(frozen=True, slots=True)
class Revision:
    """One text an article has had, and when the archive received it."""

    revision: str
    recorded_at: datetime


def article_of(row: Row) -> Article:
    """DamagedArticleError if anything of it was altered since it was stored.

    The archive keeps the title as it came; everybody reads it without the outlet's label.
    """
    check_text(row)
    published_at = row["published_at"]
    return Article(
        id=row["article_id"],
        title=without_outlet(row["title"], row["outlet"]),
        text=row["text"],
        url=row["url"],
        outlet=row["outlet"],
        authors=tuple(cast("Sequence[str]", readable_json(row, "authors"))),
        published_at=None if published_at is None else instant(published_at),
        published_original=row["published_original"],
        language=row["language"],
        metadata=cast("Mapping[str, Any]", readable_json(row, "metadata")),
    )


def boilerplate_of(row: Row) -> tuple[Boilerplate, ...]:
    marks = json.loads(row["furniture"])
    return tuple(Boilerplate(Span(start, end), BoilerplateKind(kind)) for start, end, kind in marks)


def article(connection: Connection, article_id: str, revision: str | None = None) -> Article:
    """The current revision, or an earlier one; UnknownArticleError if removed or unknown."""
    return article_of(served_row(connection, article_id, revision))


def boilerplate(connection: Connection, article_id: str, revision: str) -> tuple[Boilerplate, ...]:
    row = served_row(connection, article_id, revision)
    check_text(row)
    return boilerplate_of(row)


def served_row(connection: Connection, article_id: str, revision: str | None) -> Row:
    return _rows(
        connection,
        "select * from served where id = :id"
        " and iif(:revision is null, is_current, revision = :revision)",
        article_id,
        revision,
    )[0]


def revision_row(connection: Connection, number: int) -> Row:
    """The row of a revision by its number; it is not looked up by its article."""
    row = connection.execute(
        "select revisions.*, checksums.value as checksum from revisions"
        " left join checksums on checksums.revision = revisions.number where number = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise ArchiveError(
            f"revision {number} is lost in the archive; restore it from a backup, or move it away "
            "and add the articles again"
        )
    return cast("Row", row)


def revisions(connection: Connection, article_id: str) -> list[Revision]:
    """Newest first: the current one, then those it replaced."""
    rows = _rows(
        connection,
        "select revision, recorded_at from served where id = :id"
        " order by is_current desc, recorded_at desc, number desc",
        article_id,
    )
    return [Revision(revision, datetime.fromisoformat(when)) for revision, when in rows]


def revised(connection: Connection) -> list[str]:
    """The articles of which there is more than one text, by ascending id."""
    rows = connection.execute(
        "select article_id from revisions group by article_id having count(*) > 1 order by 1"
    )
    return [article_id for (article_id,) in rows]


def revisions_at(connection: Connection, ids: Sequence[str], at: datetime) -> dict[str, str]:
    """Of each of these articles that is served, the revision that the archive had at an instant.

    If it had none yet, the first that it ever had.
    """
    known = "recorded_at <= :at"
    rows = connection.execute(
        f"""select article_id, revision from (
            select article_id, revision, row_number() over (
                partition by article_id
                order by {known} desc, iif({known}, recorded_at, '') desc, number
            ) as place from served where id in (select value from json_each(:ids)))
        where place = 1""",  # noqa: S608  ours
        {"at": at.astimezone(UTC).isoformat(timespec="microseconds"), "ids": json.dumps(list(ids))},
    )
    return dict(map(tuple, rows.fetchall()))


def page(
    connection: Connection,
    *,
    after: str | None = None,
    limit: int = 50,
    filter: Filter = EVERYTHING,
    without: Sequence[str] = (),
) -> list[Article]:
    """By ascending id, from the one past `after`; filtered as `PassageTable.mask` does."""
    earliest = filter.published_from
    parameters = {
        "after": after,
        "from": None if earliest is None else bound(earliest),
        "last": last_second(filter),
        "outlets": json.dumps([name.casefold() for name in filter.outlets]),
        "anywhere": not filter.outlets,
        "without": json.dumps(without),
        "limit": limit,
    }
    return [article_of(row) for row in connection.execute(_PAGE, parameters)]


def count(connection: Connection) -> int:
    return int(connection.value("select count(*) from articles where removed_at is null"))


def is_empty(connection: Connection) -> bool:
    """Whether there is no article; they are not counted."""
    query = "select exists (select 1 from articles where removed_at is null)"
    return not connection.value(query)


def newest(connection: Connection) -> datetime | None:
    """When the latest article was published; None if no article has a date."""
    latest = connection.value("select max(published_at) from live")
    return None if latest is None else instant(latest)


def live(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are present and not removed; reading a damaged one says so."""
    wanted = list(ids)
    rows = connection.execute(
        "select id from articles where removed_at is null"
        " and id in (select value from json_each(?))",
        (json.dumps(wanted),),
    )
    found = {row["id"] for row in rows}
    return found | {each for each in wanted if each not in found and is_damaged(connection, each)}


def removed(connection: Connection, ids: Sequence[str] | None = None) -> list[str]:
    """The articles that were removed and not erased: all, or those of these ids."""
    rows = connection.execute(
        "select id from articles where removed_at is not null"
        " and (?1 is null or id in (select value from json_each(?1))) order by id",
        (None if ids is None else json.dumps(list(ids)),),
    )
    return [article_id for (article_id,) in rows]


def removed_at(connection: Connection, article_id: str) -> datetime | None:
    """When it was removed; None if it is served, was never here, or was erased since."""
    when = connection.value("select removed_at from articles where id = ?", article_id)
    return None if when is None else datetime.fromisoformat(when)


def is_erasing(connection: Connection) -> bool:
    """Whether an erasure has begun and not ended."""
    return bool(connection.value("select count(*) from meta where name = 'erasing'"))


def latest_generation(connection: Connection) -> str:
    """The generation last built from this archive, "" before the first.

    A restored backup names an older one, and may reuse passage ids that a newer one holds.
    """
    return connection.value("select value from meta where name = 'indexed_as'") or ""


def rolled_back_to(connection: Connection) -> str:
    """The generation that was made current again since the last was built; "" if none was."""
    return connection.value("select value from meta where name = 'rolled_back_to'") or ""


# pages are read in order of id, so no filter has an index of its own
_PAGE = """
    select * from live
    where id >= coalesce(:after, '') and id is not :after
        and id not in (select value from json_each(:without))
        and (:from is null or published_at >= :from)
        and (:last is null or published_at <= :last)
        and (:anywhere or casefold(outlet) in (select value from json_each(:outlets)))
    order by id limit :limit"""


def _is_misplaced(connection: Connection, article_id: str, revision: str | None) -> bool:
    """Whether the current revision is this one, but is not found by its name."""
    query = (
        "select count(*) from articles left join revisions on revisions.number = articles.current"
        " where articles.id = ? and articles.removed_at is null"
        " and (revisions.number is null or revisions.article_id <> articles.id"
        " or coalesce(?, revisions.revision) = revisions.revision)"
    )
    return bool(connection.value(query, article_id, revision))


def _rows(
    connection: Connection, query: str, article_id: str, revision: str | None = None
) -> list[Row]:
    """At least one row, or UnknownArticleError."""
    try:
        rows = connection.execute(query, {"id": article_id, "revision": revision}).fetchall()
    except UnicodeEncodeError:  # a lone surrogate: in no id that could be stored
        raise unknown(article_id, revision) from None
    if rows:
        return rows
    if is_damaged(connection, article_id) or _is_misplaced(connection, article_id, revision):
        raise lost(article_id)
    raise unknown(article_id, revision)


def unknown(article_id: str, revision: str | None = None) -> UnknownArticleError:
    if revision is None:
        return UnknownArticleError(f"no article {article_id!r} is in the archive")
    return UnknownArticleError(f"no revision {revision!r} of article {article_id!r} is here")
