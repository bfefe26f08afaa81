"""Deletes all that the archive stores of articles, and vectors that nothing uses.

A killed erasure is continued: `meta` says that one has begun, and no generation counts as built
from this archive until one is published again without what was erased.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from index.stores.archive.archive import Archive
from index.stores.archive.database import Connection
from index.stores.archive.near_duplicates import forget


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """What was deleted from the archive."""

    articles: int = 0
    revisions: int = 0
    """Texts, also of earlier revisions."""
    statements: int = 0
    vectors: int = 0
    """Those that no passage uses any more, whatever their article."""


def erasing(archive: Archive) -> ErasedRows | None:
    """What an erasure that has not ended yet has deleted; None if there is none."""
    with archive.database.read() as connection:
        return _noted(connection)


def erase(archive: Archive, ids: Sequence[str]) -> ErasedRows:
    """Delete these articles, and vectors without a passage: with those of an erasure not ended.

    The generations still have them: publish another, delete the others, and shrink the file.
    """
    with archive.database.write() as connection:
        connection.execute("pragma secure_delete=on")
        return _erase(connection, ids)


def drop_unused_vectors(archive: Archive) -> int:
    """Delete those that no passage uses, and count them; another embedder's are among them."""
    with archive.database.write() as connection:
        return _drop_unused_vectors(connection)


def note_erased(archive: Archive) -> None:
    """That nothing is left anywhere of what was erased."""
    with archive.database.write() as connection:
        connection.execute("delete from meta where name = 'erasing'")


def _noted(connection: Connection) -> ErasedRows | None:
    noted = connection.value("select value from meta where name = 'erasing'")
    return None if noted is None else ErasedRows(**json.loads(noted))


def _erase(connection: Connection, ids: Sequence[str]) -> ErasedRows:
    before = _noted(connection) or ErasedRows()
    revisions = _revisions(connection, ids)
    for revision in json.loads(revisions):
        forget(connection, revision)
    _deleted(connection, "passages where revision in {}", revisions)
    rows = ErasedRows(
        revisions=_count(connection, "revisions where number in {}", revisions) + before.revisions,
        statements=_deleted(connection, "statements where revision in {}", revisions)
        + before.statements,
        vectors=_drop_unused_vectors(connection) + before.vectors,
        articles=_deleted(connection, "articles where id in {}", json.dumps(list(ids)))
        + before.articles,
    )
    _deleted(connection, "checksums where revision in {}", revisions)
    _deleted(connection, "revisions where number in {}", revisions)
    connection.execute("delete from meta where name = 'indexed_as'")
    connection.execute("replace into meta values ('erasing', ?)", (json.dumps(asdict(rows)),))
    return rows


def _drop_unused_vectors(connection: Connection) -> int:
    """With an index meanwhile: SQLite looks for a passage of each."""
    connection.execute("create index passages_by_embedding on passages (embedding)")
    unused = "embeddings where not exists (select 1 from passages where embedding = embeddings.id)"
    found = connection.execute(f"delete from {unused}").rowcount  # noqa: S608  ours
    connection.execute("drop index passages_by_embedding")
    return found


def _revisions(connection: Connection, ids: Sequence[str]) -> str:
    """Their numbers, as JSON."""
    query = (
        "select json_group_array(number) from revisions"
        " where article_id in (select value from json_each(?))"
    )
    return str(connection.value(query, json.dumps(list(ids))))


def _count(connection: Connection, rows: str, wanted: str) -> int:
    among = "(select value from json_each(?))"
    return int(connection.value(f"select count(*) from {rows.format(among)}", wanted))  # noqa: S608


def _deleted(connection: Connection, rows: str, wanted: str) -> int:
    among = "(select value from json_each(?))"
    return connection.execute(f"delete from {rows.format(among)}", (wanted,)).rowcount  # noqa: S608
