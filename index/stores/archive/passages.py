"""Passages of current revisions, their embeddings, and the table of both. Knows no transaction."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Boilerplate, Passage, Span
from index.errors import ArchiveError
from index.stores.archive.article_queries import article_of, revision_row
from index.stores.archive.checksums import (
    PASSAGE,
    REVISION,
    check_derived,
    check_row,
    seal,
    seal_revision,
)
from index.stores.archive.database import Connection, Row
from index.stores.archive.near_duplicates import story_leaders
from index.stores.archive.stages import PASSAGES
from index.stores.archive.statements import current_ids
from index.stores.search.passage_table import MISSING, PassageTable


def put_passages(
    connection: Connection,
    article: Article,
    *,
    recipe: str,
    boilerplate: Sequence[Boilerplate],
    spans: Sequence[Span],
    keys: Sequence[bytes],
) -> None:
    """Replace the article's passages, under new ids; a key names what a passage embeds as."""
    number = PASSAGES.note_done(connection, article, recipe)
    marks = [(mark.span.start, mark.span.end, mark.kind) for mark in boilerplate]
    connection.execute(
        "update revisions set furniture = ? where number = ?", (json.dumps(marks), number)
    )
    seal_revision(connection, number)
    connection.execute("delete from passages where revision = ?", (number,))
    connection.executemany(
        "insert into passages (revision, position, start, stop, key, embedding)"
        " values (?1, ?2, ?3, ?4, ?5, (select id from embeddings where key = ?5))",
        (
            (number, position, span.start, span.end, key)
            for position, (span, key) in enumerate(zip(spans, keys, strict=True))
        ),
    )
    seal(connection, "passages", PASSAGE, "revision = ?", number)


def unembedded(connection: Connection, limit: int) -> list[tuple[Passage, bytes]]:
    """Of the first `limit` passages without embedding, one for each key; [] if none is left."""
    rows = connection.execute(
        """select passages.id, article_id, revisions.revision, start, stop, key
        from passages join revisions on revisions.number = passages.revision
        where embedding is null order by passages.id limit ?""",
        (limit,),
    )
    first: dict[bytes, Passage] = {}
    for passage_id, article_id, revision, start, stop, key in rows:
        first.setdefault(key, Passage(passage_id, article_id, revision, Span(start, stop)))
    return [(passage, key) for key, passage in first.items()]


def missing_embeddings(connection: Connection) -> int:
    """How many embeddings are missing: keys, not passages."""
    return int(connection.value("select count(distinct key) from passages where embedding is null"))


def put_embeddings(
    connection: Connection, keys: Sequence[bytes], vectors: NDArray[np.float32]
) -> None:
    """(n, d), kept as float16 for every passage with these keys, now and later."""
    rows = vectors.astype("<f2")
    connection.executemany(
        "insert into embeddings (key, vector) values (?, ?) on conflict (key) do nothing",
        ((key, row.tobytes()) for key, row in zip(keys, rows, strict=True)),
    )
    connection.executemany(
        "update passages set embedding = (select id from embeddings where key = ?1)"
        " where key = ?1 and embedding is null",
        ((key,) for key in keys),
    )


def passage_table(connection: Connection) -> PassageTable:
    """Every embedded passage and every statement of every live article's current revision."""
    passages = _passages(connection)
    articles = connection.execute(
        f"""select number, current, id, removed_at, article_checksum, checksum, {REVISION},
            coalesce(published_at, ?) as published
        from live where exists (
            select 1 from passages where revision = live.number and embedding is not null)
        order by id""",  # noqa: S608  the columns are ours
        (MISSING,),
    ).fetchall()
    for row in articles:
        check_row(row)
    names = sorted({row["outlet"] for row in articles} - {None})
    outlet_row: dict[str | None, int] = {name: row for row, name in enumerate(names)}
    numbers, published = (
        np.array([row[name] for row in articles], dtype=np.int64)
        for name in ("number", "published")
    )
    return PassageTable(
        passage=passages[:, 0].copy(),
        article=_positions(numbers, passages[:, 1]),
        start=passages[:, 2].astype(np.int32),
        end=passages[:, 3].astype(np.int32),
        article_ids=tuple(row["id"] for row in articles),
        revisions=tuple(row["revision"] for row in articles),
        published=published,
        outlet=np.array([outlet_row.get(row["outlet"], -1) for row in articles], dtype=np.int32),
        outlets=tuple(names),
        statement=current_ids(connection),
        story=story_leaders(connection, numbers, published),
    )


def _passages(connection: Connection) -> NDArray[np.int64]:
    """(n, 4): id, revision, start, end."""
    rows = connection.execute(
        "select passages.*, live.article_id from passages"
        " left join live on live.number = passages.revision"
        " where embedding is not null order by passages.id"
    )
    return np.array([_checked(row) for row in rows], np.int64).reshape(-1, 4)


def _checked(row: Row) -> tuple[int, int, int, int]:
    check_derived(row, row["article_id"], PASSAGE)
    if row["article_id"] is None:
        raise ArchiveError(
            f"passage {row['id']} is of no article in the archive; restore it from a backup"
        )
    return row["id"], row["revision"], row["start"], row["stop"]


def vectors(connection: Connection, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """(n, d), in the order of the ids; (0, 0) for none.

    Cross joins keep that order, so SQLite never sorts vectors.
    """
    rows = list(
        connection.rows_for(
            passage_ids,
            """select passages.id, vector from json_each(?) as wanted
            cross join passages on passages.id = wanted.value
            cross join embeddings on embeddings.id = passages.embedding
            and embeddings.key = passages.key""",
        )
    )
    if [row[0] for row in rows] != passage_ids.tolist():
        raise ArchiveError(
            f"{len(passage_ids) - len(rows)} of {len(passage_ids)} passages have no embedding "
            "in the archive; run `onrecord index rebuild`"
        )
    if not rows:
        return np.empty((0, 0), dtype=np.float32)
    stored = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2")
    return stored.reshape(len(rows), -1).astype(np.float32)


def texts(connection: Connection, passage_ids: NDArray[np.int64]) -> Iterator[tuple[int, str, str]]:
    """(id, title, text) of each passage in the order given; passages since deleted are skipped.

    An article's text is read once if its passages stand together, as they do by ascending id.
    """
    found = connection.rows_for(
        passage_ids,
        """select revision, passages.id, start, stop
        from json_each(?) as wanted cross join passages on passages.id = wanted.value""",
    )
    for number, group in groupby(found, lambda row: int(row["revision"])):
        article = article_of(revision_row(connection, number))
        for _, passage_id, start, stop in group:
            yield passage_id, article.title, article.text[start:stop]


def _positions(values: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int32]:
    """The position in `values` of each wanted value; every one is there."""
    order = np.argsort(values)
    return order[np.searchsorted(values, wanted, sorter=order)].astype(np.int32)
