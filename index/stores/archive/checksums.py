"""Checksums of stored rows, so that a row altered from outside is named and never served.

The text of a revision is checked by the revision itself, its sha256; every other column that is
shown, quoted or indexed has a checksum beside it. Checked at each reading: hashing an article takes
microseconds. Rows of an archive that no writer has migrated yet have only their text checked.
"""

import hashlib
import json

from index.errors import DamagedArticleError
from index.stores.archive.database import Connection, Row, row_checksum

REVISION = (
    "article_id, revision, title, url, outlet, authors, published_at, published_original,"
    " language, metadata, recorded_at, furniture"
)
ARTICLE = "id, current, removed_at"
PASSAGE = "revision, position, start, stop, key"
STATEMENT = "revision, position, speaker, name, source_type, role, payload"

WHAT_TO_DO = "restore the archive from a backup, or add this article again"


def check_text(row: Row) -> None:
    """Of a revision: its text and the rest of its row."""
    check_row(row)
    text = row["text"]
    if not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != row["revision"]:
        raise damaged(row, "its text is not the text that was stored")


def check_row(row: Row) -> None:
    """Of the views `live` and `served`: all but the text."""
    known = row.keys()
    if "checksum" in known and row["checksum"] != _of(row, REVISION):
        raise damaged(row, "its title, date or other facts were altered")
    if "article_checksum" in known and row["article_checksum"] != _of(row, ARTICLE):
        raise damaged(row, "its entry was altered")


def check_derived(row: Row, article_id: str, columns: str) -> None:
    """Of a passage or a statement."""
    if "checksum" in row.keys() and row["checksum"] != _of(row, columns):  # noqa: SIM118  no dict
        what = "a statement" if columns is STATEMENT else "a passage"
        raise DamagedArticleError(
            f"{what} of article {article_id!r} in the archive was altered since it was stored; "
            f"{WHAT_TO_DO}"
        )


def is_damaged(connection: Connection, article_id: str) -> bool:
    """Whether an article that is not served was lost by damage rather than removed or unknown."""
    row = connection.execute("select * from articles where id = ?", (article_id,)).fetchone()
    if row is None:  # no entry is ever deleted
        query = "select count(*) from revisions where article_id = ?"
        return bool(connection.value(query, article_id))
    return "checksum" in row.keys() and row["checksum"] != _of(row, ARTICLE)  # noqa: SIM118  no dict


def damaged(row: Row, what: str) -> DamagedArticleError:
    return DamagedArticleError(
        f"article {row['article_id']!r} is damaged in the archive: {what}; {WHAT_TO_DO}"
    )


def lost(article_id: str) -> DamagedArticleError:
    return DamagedArticleError(
        f"article {article_id!r} is damaged in the archive: its entry is lost or altered; "
        f"{WHAT_TO_DO}"
    )


def readable_json(row: Row, column: str) -> object:
    """A column of JSON; an unmigrated row has no checksum that would have found it broken."""
    try:
        return json.loads(row[column])
    except (ValueError, TypeError) as error:
        raise damaged(row, f"its {column} cannot be read") from error


def _of(row: Row, columns: str) -> str:
    return row_checksum(*(row[name] for name in columns.split(", ")))


def seal_revision(connection: Connection, number: int) -> None:
    """Write the checksum of a revision that was just written."""
    connection.execute(
        f"replace into checksums select number, row_checksum({REVISION})"  # noqa: S608  ours
        " from revisions where number = ?",
        (number,),
    )


def seal(connection: Connection, table: str, columns: str, where: str, *values: object) -> None:
    """Write the checksums of the rows of a table that were just written."""
    connection.execute(
        f"update {table} set checksum = row_checksum({columns}) where {where}",  # noqa: S608  ours
        values,
    )
