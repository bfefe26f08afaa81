"""Articles with passages, but without all statements or vectors yet. Knows no transaction."""

import json
from collections.abc import Sequence

from index.documents import Article, Passage, Span
from index.stores.archive.article_queries import article_of
from index.stores.archive.database import Connection
from index.stores.archive.stages import STATEMENTS

_AMONG = "passages.revision in (select value from json_each(?))"


def unfinished(connection: Connection, statement_recipe: str) -> list[int]:
    """The numbers of current revisions, newest articles first, undated ones last."""
    rows = connection.execute(
        f"""select number from live where number in (
            {STATEMENTS.waiting}
            union select revision from passages where embedding is null)
        order by published_at is null, published_at desc, number desc""",  # noqa: S608  ours
        (statement_recipe,),
    )
    return [number for (number,) in rows]


def unattributed_of(
    connection: Connection, statement_recipe: str, revisions: Sequence[int]
) -> list[Article]:
    """Those of these revisions that wait for their statements, in the order of their numbers."""
    rows = connection.execute(
        f"""select * from live where number in (select value from json_each(?2))
            and number in ({STATEMENTS.waiting}) order by number""",  # noqa: S608
        (statement_recipe, json.dumps(revisions)),
    )
    return [article_of(row) for row in rows]


def unembedded(connection: Connection, limit: int) -> list[tuple[Passage, bytes]]:
    """Of the first `limit` passages without embedding, one for each key; [] if none is left."""
    return _keyed(connection, "embedding is null", limit)


def unembedded_of(connection: Connection, revisions: Sequence[int]) -> list[tuple[Passage, bytes]]:
    """All passages of these revisions without embedding, one for each key."""
    return _keyed(connection, f"embedding is null and {_AMONG}", json.dumps(revisions), -1)


def passages_of(connection: Connection, revisions: Sequence[int]) -> list[tuple[Passage, bytes]]:
    """All passages of these revisions, one for each key."""
    return _keyed(connection, _AMONG, json.dumps(revisions), -1)


def missing_embeddings(connection: Connection) -> int:
    """How many embeddings are missing: keys, not passages."""
    return int(connection.value("select count(distinct key) from passages where embedding is null"))


def count_passages(connection: Connection) -> int:
    return int(connection.value("select count(*) from passages"))


def missing_vectors(connection: Connection) -> int:
    """How many passages have no embedding yet."""
    return int(connection.value("select count(*) from passages where embedding is null"))


def _keyed(
    connection: Connection, condition: str, *parameters: object
) -> list[tuple[Passage, bytes]]:
    rows = connection.execute(
        f"""select passages.id, article_id, revisions.revision, start, stop, key
        from passages join revisions on revisions.number = passages.revision
        where {condition} order by passages.id limit ?""",  # noqa: S608  ours
        parameters,
    )
    first: dict[bytes, Passage] = {}
    for passage_id, article_id, revision, start, stop, key in rows:
        first.setdefault(key, Passage(passage_id, article_id, revision, Span(start, stop)))
    return [(passage, key) for key, passage in first.items()]
