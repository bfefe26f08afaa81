"""Statements of every revision. Knows no transaction.

Statements stay with their revision when a newer one replaces it.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.documents import Article
from index.language.names import name_key
from index.statements import Statement
from index.stores.archive.article_queries import article_of, revision_row, served_row
from index.stores.archive.checksums import STATEMENT, check_derived, seal
from index.stores.archive.database import Connection, Row
from index.stores.archive.stages import STATEMENTS
from index.stores.serialization import packed, unpacked
from index.text.legible import legible_words

Attributed = Sequence[tuple[Article, Sequence[Statement]]]
"""Articles, each with its statements."""


def put_statements(connection: Connection, attributed: Attributed, recipe: str) -> None:
    """Replace the statements of each article, under new ids: all articles or none."""
    for article, statements in attributed:
        number = STATEMENTS.note_done(connection, article, recipe)
        connection.execute("delete from statements where revision = ?", (number,))
        connection.executemany(
            "insert into statements (revision, position, speaker, name, source_type, role, payload)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, position, *_facts(article, statement))
                for position, statement in enumerate(statements)
            ),
        )
        seal(connection, "statements", STATEMENT, "revision = ?", number)


def statements(connection: Connection, article_id: str, revision: str) -> list[Statement]:
    """In the order of the text; UnknownArticleError if the article was removed."""
    number = served_row(connection, article_id, revision)["number"]
    rows = connection.execute(
        "select * from statements where revision = ? order by position", (number,)
    )
    return [_statement(article_id, revision, row) for row in rows]


def current_ids(connection: Connection) -> NDArray[np.int64]:
    """Statements of live articles' current revisions, ascending."""
    rows = connection.execute(
        "select statements.id from statements join live on live.number = statements.revision"
        " order by statements.id"
    )
    return np.fromiter((number for (number,) in rows), np.int64)


def ids_of(connection: Connection, revisions: Sequence[int]) -> NDArray[np.int64]:
    """Statements of these revisions, ascending."""
    rows = connection.execute(
        "select id from statements where revision in (select value from json_each(?)) order by id",
        (json.dumps(revisions),),
    )
    return np.fromiter((number for (number,) in rows), np.int64)


def by_id(
    connection: Connection, statement_ids: NDArray[np.int64]
) -> Iterator[tuple[int, Article, Statement]]:
    """(id, article, statement) in the order given; statements since deleted are skipped."""
    found = connection.rows_for(
        statement_ids,
        """select statements.*
        from json_each(?) as wanted cross join statements on statements.id = wanted.value""",
    )
    for number, group in groupby(found, lambda row: int(row["revision"])):
        article = article_of(revision_row(connection, number))
        for row in group:
            yield row["id"], article, _statement(article.id, article.revision, row)


def _facts(article: Article, statement: Statement) -> tuple[str | None, ...]:
    key = name_key(statement.speaker) if statement.sure and statement.speaker else None
    role = legible_words(statement.role.of(article.text)) if statement.role else None
    return (key or None, statement.speaker, statement.source_type, role, packed(statement))


def _statement(article_id: str, revision: str, row: Row) -> Statement:
    check_derived(row, article_id, STATEMENT)
    return unpacked(article_id, revision, row["payload"])
