"""Passages of current revisions, their embeddings, and the table of both. Knows no transaction."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Boilerplate
from index.errors import ArchiveError
from index.language.numbers import counted
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
from index.stores.archive.statements import current_ids, ids_of
from index.stores.archive.unpublished import changed_articles, gone_statements
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.search.table_changes import replaced

UNRECORDED = "unrecorded"

if TYPE_CHECKING:  # it reads boilerplate, whose patterns a question needs none of
    from index.text.chunking import Chunks


def put_passages(
    connection: Connection, chunked: "Sequence[tuple[Article, Chunks]]", recipe: str
) -> None:
    """Replace the passages of these articles, under new ids: all or none."""
    for article, chunks in chunked:
        number = PASSAGES.note_done(connection, article, recipe)
        _mark(connection, number, chunks.boilerplate)
        _replace_passages(connection, number, chunks)


def _mark(connection: Connection, number: int, boilerplate: Sequence[Boilerplate]) -> None:
    marks = [(mark.span.start, mark.span.end, mark.kind) for mark in boilerplate]
    connection.execute(
        "update revisions set furniture = ? where number = ?", (json.dumps(marks), number)
    )
    seal_revision(connection, number)


def _replace_passages(connection: Connection, number: int, chunks: "Chunks") -> None:
    connection.execute("delete from passages where revision = ?", (number,))
    connection.executemany(
        "insert into passages (revision, position, start, stop, key, embedding)"
        " values (?1, ?2, ?3, ?4, ?5, (select id from embeddings where key = ?5))",
        (
            (number, position, span.start, span.end, key)
            for position, (span, key) in enumerate(zip(chunks.spans, chunks.keys, strict=True))
        ),
    )
    seal(connection, "passages", PASSAGE, "revision = ?", number)


def put_embeddings(
    connection: Connection, keys: Sequence[bytes], vectors: NDArray[np.float32], engine: str
) -> None:
    """(n, d), kept as float16 for every passage with these keys, now and later.

    They replace those that were made before.
    """
    _note(connection, engine)
    rows = vectors.astype("<f2")
    connection.executemany(
        "insert into embeddings (key, vector) values (?, ?) on conflict (key)"
        " do update set vector = excluded.vector",
        ((key, row.tobytes()) for key, row in zip(keys, rows, strict=True)),
    )
    connection.executemany(
        "update passages set embedding = (select id from embeddings where key = ?1)"
        " where key = ?1 and embedding is null",
        ((key,) for key in keys),
    )


def engines(connection: Connection) -> tuple[str, ...]:
    """Those that made vectors of this archive, by name; UNRECORDED for those from before."""
    noted = connection.value("select value from meta where name = 'engines'")
    if noted is not None:
        return tuple(json.loads(noted))
    return (UNRECORDED,) if connection.value("select exists (select 1 from embeddings)") else ()


def _note(connection: Connection, engine: str) -> None:
    noted = engines(connection)
    if engine not in noted:
        connection.execute(
            "insert into meta values ('engines', ?1) on conflict (name) do update set value = ?1",
            (json.dumps(sorted([*noted, engine])),),
        )


def passage_table(connection: Connection, before: PassageTable | None = None) -> PassageTable:
    """Every passage and every statement of every live article's current revision.

    With the table of the generation recorded last, only what has changed since is read.
    """
    if before is None:
        table = _read_table(connection, None, current_ids(connection))
    else:
        table = _brought_up_to_date(connection, before)
    return replace(table, story=story_leaders(connection, table.article_ids, table.published))


def _brought_up_to_date(connection: Connection, before: PassageTable) -> PassageTable:
    changed, gone = changed_articles(connection), gone_statements(connection)
    if not changed.ids and not len(gone):
        return before
    new = _read_table(connection, changed.current, ids_of(connection, changed.current))
    return replaced(before, changed.ids, new, gone)


def _read_table(
    connection: Connection, numbers: Sequence[int] | None, statements: NDArray[np.int64]
) -> PassageTable:
    """Of the current revisions with these numbers, or of all; every article is its own story."""
    only = "" if numbers is None else " and {} in (select value from json_each(:numbers))"
    parameters = {"missing": MISSING, "numbers": json.dumps(numbers)}
    passages = _passages(connection, only.format("passages.revision"), parameters)
    articles = connection.execute(
        f"""select number, current, id, removed_at, article_checksum, checksum, {REVISION},
            coalesce(published_at, :missing) as published
        from live where exists (select 1 from passages where revision = live.number)
            {only.format("number")}
        order by id""",  # noqa: S608  the columns are ours
        parameters,
    ).fetchall()
    for row in articles:
        check_row(row)
    names = sorted({row["outlet"] for row in articles} - {None})
    outlet_row: dict[str | None, int] = {name: row for row, name in enumerate(names)}
    numbers_of, published = (
        np.array([row[name] for row in articles], dtype=np.int64)
        for name in ("number", "published")
    )
    return PassageTable(
        passage=passages[:, 0].copy(),
        article=_positions(numbers_of, passages[:, 1]),
        start=passages[:, 2].astype(np.int32),
        end=passages[:, 3].astype(np.int32),
        embedded=passages[:, 4].astype(np.bool_),
        article_ids=tuple(row["id"] for row in articles),
        revisions=tuple(row["revision"] for row in articles),
        published=published,
        outlet=np.array([outlet_row.get(row["outlet"], -1) for row in articles], dtype=np.int32),
        outlets=tuple(names),
        statement=statements,
        story=np.arange(len(articles), dtype=np.int32),
    )


def _passages(
    connection: Connection, only: str, parameters: Mapping[str, object]
) -> NDArray[np.int64]:
    """(n, 5): id, revision, start, end, and 1 if it has a vector."""
    rows = connection.execute(
        f"""select passages.*,
            (select article_id from live where live.number = passages.revision) as article_id
        from passages where true{only} order by passages.id""",  # noqa: S608  ours
        parameters,
    )
    return np.array([_checked(row) for row in rows], np.int64).reshape(-1, 5)


def _checked(row: Row) -> tuple[int, int, int, int, bool]:
    check_derived(row, row["article_id"], PASSAGE)
    if row["article_id"] is None:
        raise ArchiveError(
            f"passage {row['id']} is of no article in the archive; restore it from a backup"
        )
    return row["id"], row["revision"], row["start"], row["stop"], row["embedding"] is not None


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
        lost = len(passage_ids) - len(rows)
        raise ArchiveError(
            f"{counted(lost, 'passage', 'have', of=len(passage_ids))} no embedding "
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
