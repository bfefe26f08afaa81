"""Passages of current revisions, their embeddings, and the table of both. Knows no transaction."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Boilerplate, Passage, Span
from index.errors import ArchiveError
from index.stores.archive.database import Connection
from index.stores.archive.near_duplicates import story_leaders
from index.stores.archive.stages import PASSAGES, note_done
from index.stores.archive.statements import current_ids
from index.stores.search.passage_table import MISSING, PassageTable

_BATCH = 8192
"""Passages fetched at a time: fast enough, and small in memory."""


def put_passages(
    connection: Connection,
    article: Article,
    *,
    recipe: str,
    boilerplate: Sequence[Boilerplate],
    spans: Sequence[Span],
    keys: Sequence[bytes],
) -> None:
    number = note_done(connection, PASSAGES, article, recipe)
    marks = [(mark.span.start, mark.span.end, mark.kind) for mark in boilerplate]
    connection.execute(
        "update revisions set furniture = ? where number = ?", (json.dumps(marks), number)
    )
    connection.execute("delete from passages where revision = ?", (number,))
    connection.executemany(
        "insert into passages (revision, position, start, stop, key, embedding)"
        " values (?1, ?2, ?3, ?4, ?5, (select id from embeddings where key = ?5))",
        (
            (number, position, span.start, span.end, key)
            for position, (span, key) in enumerate(zip(spans, keys, strict=True))
        ),
    )


def unembedded(connection: Connection, limit: int) -> list[tuple[Passage, bytes]]:
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
    counted = connection.execute("select count(distinct key) from passages where embedding is null")
    return int(counted.fetchone()[0])


def put_embeddings(
    connection: Connection, keys: Sequence[bytes], vectors: NDArray[np.float32]
) -> None:
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
    passages = _array(
        connection.execute(
            "select id, revision, start, stop from passages where embedding is not null order by id"
        ),
        width=4,
    )
    articles = connection.execute(
        """select number, id, revision, published_at, outlet from live where exists (
            select 1 from passages where revision = live.number and embedding is not null)
        order by id"""
    ).fetchall()
    names = sorted({row["outlet"] for row in articles} - {None})
    outlet_row: dict[str | None, int] = {name: row for row, name in enumerate(names)}
    published = [
        MISSING if row["published_at"] is None else row["published_at"] for row in articles
    ]
    numbers = np.array([row["number"] for row in articles], dtype=np.int64)
    return PassageTable(
        passage=passages[:, 0].copy(),
        article=_positions(numbers, passages[:, 1]),
        start=passages[:, 2].astype(np.int32),
        end=passages[:, 3].astype(np.int32),
        article_ids=tuple(row["id"] for row in articles),
        revisions=tuple(row["revision"] for row in articles),
        published=np.array(published, dtype=np.int64),
        outlet=np.array([outlet_row.get(row["outlet"], -1) for row in articles], dtype=np.int32),
        outlets=tuple(names),
        statement=current_ids(connection),
        story=story_leaders(connection, numbers, np.array(published, dtype=np.int64)),
    )


def vectors(connection: Connection, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
    batches = [
        _vectors(connection, passage_ids[start : start + _BATCH])
        for start in range(0, len(passage_ids), _BATCH)
    ]
    return np.concatenate(batches) if batches else np.empty((0, 0), dtype=np.float32)


def texts(connection: Connection, passage_ids: NDArray[np.int64]) -> Iterator[tuple[int, str, str]]:
    number, title, text = None, "", ""
    for start in range(0, len(passage_ids), _BATCH):
        wanted = json.dumps(passage_ids[start : start + _BATCH].tolist())
        for passage_id, revision, first, stop in connection.execute(
            """select passages.id, revision, start, stop
            from json_each(?) as wanted cross join passages on passages.id = wanted.value""",
            (wanted,),
        ):
            if revision != number:
                number = revision
                title, text = connection.execute(
                    "select title, text from revisions where number = ?", (number,)
                ).fetchone()
            yield passage_id, title, text[first:stop]


def _vectors(connection: Connection, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Cross joins keep the order of the ids, so SQLite never sorts vectors."""
    rows = connection.execute(
        """select passages.id, vector from json_each(?) as wanted
        cross join passages on passages.id = wanted.value
        cross join embeddings on embeddings.id = passages.embedding""",
        (json.dumps(passage_ids.tolist()),),
    ).fetchall()
    if [row[0] for row in rows] != passage_ids.tolist():
        raise ArchiveError(
            f"{len(passage_ids) - len(rows)} of {len(passage_ids)} passages have no embedding "
            "in the archive; run `onrecord index rebuild`"
        )
    stored = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2")
    return stored.reshape(len(rows), -1).astype(np.float32)


def _array(rows: Iterator[tuple[int, ...]], *, width: int) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, width)


def _positions(values: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int32]:
    """The position in `values` of each wanted value; every one is there."""
    order = np.argsort(values)
    return order[np.searchsorted(values, wanted, sorter=order)].astype(np.int32)
