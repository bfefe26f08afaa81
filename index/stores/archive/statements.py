"""Who said what, kept beside the articles: statements, and the speakers they add up to.

Statements of a revision since replaced stay with it. Knows no transaction.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.documents import Article
from index.language.names import name_key
from index.statements import SourceType, Speaker, Statement
from index.stores.archive.articles import article_of
from index.stores.archive.database import Connection, Row
from index.stores.archive.stages import STATEMENTS, note_done
from index.stores.serialization import packed, unpacked

Attributed = Sequence[tuple[Article, Sequence[Statement]]]
"""Articles, each with what was found in it."""

MOST_ROLES = 5
_BATCH = 8192
"""Statements fetched at a time: enough to be fast, few enough to stay small in memory."""
_UNNAMED_TYPES = frozenset({SourceType.PRONOUN, SourceType.NONE})


def put_statements(connection: Connection, attributed: Attributed, recipe: str) -> None:
    for article, statements in attributed:
        number = note_done(connection, STATEMENTS, article, recipe)
        connection.execute("delete from statements where revision = ?", (number,))
        connection.executemany(
            "insert into statements (revision, position, speaker, name, source_type, role, payload)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, position, *_facts(article, statement))
                for position, statement in enumerate(statements)
            ),
        )


def statements(
    connection: Connection, number: int, article_id: str, revision: str
) -> list[Statement]:
    rows = connection.execute(
        "select payload from statements where revision = ? order by position", (number,)
    )
    return [unpacked(article_id, revision, payload) for (payload,) in rows]


def ids(connection: Connection) -> NDArray[np.int64]:
    """Those of live articles' current revisions, ascending."""
    rows = connection.execute(
        "select statements.id from statements join live on live.number = statements.revision"
        " order by statements.id"
    )
    return np.fromiter((number for (number,) in rows), np.int64)


def rows(
    connection: Connection, statement_ids: NDArray[np.int64]
) -> Iterator[tuple[int, Article, Statement]]:
    number, article = None, None
    for start in range(0, len(statement_ids), _BATCH):
        wanted = json.dumps(statement_ids[start : start + _BATCH].tolist())
        for statement_id, revision, payload in connection.execute(
            """select statements.id, revision, payload
            from json_each(?) as wanted cross join statements on statements.id = wanted.value""",
            (wanted,),
        ):
            if article is None or revision != number:
                number, article = revision, _article(connection, revision)
            yield statement_id, article, unpacked(article.id, article.revision, payload)


def speakers(connection: Connection) -> Iterator[Speaker]:
    """By ascending key; only of statements that are surely somebody's."""
    found = connection.execute(
        """select speaker, name, source_type, role, number from statements
        join live on live.number = statements.revision
        where speaker is not null
        order by speaker, published_at is null, published_at desc, statements.id"""
    )
    for key, told in groupby(found, lambda row: str(row["speaker"])):
        yield _speaker(key, list(told))


def _facts(article: Article, statement: Statement) -> tuple[str | None, ...]:
    key = name_key(statement.speaker) if statement.sure and statement.speaker else None
    role = statement.role.of(article.text) if statement.role else None
    return (key or None, statement.speaker, statement.source_type, role, packed(statement))


def _article(connection: Connection, number: int) -> Article:
    row = connection.execute("select * from revisions where number = ?", (number,)).fetchone()
    return article_of(row)


def _speaker(key: str, told: Sequence[Row]) -> Speaker:
    """`told` latest first; a name in capitals only is how a transcript or a headline writes it."""
    written: dict[str, set[int]] = defaultdict(set)
    for row in told:
        written[row["name"]].add(row["number"])
    by_use = sorted(
        written, key=lambda name: (name.isupper(), -len(written[name]), -len(name), name)
    )
    return Speaker(
        key=key,
        name=by_use[0],
        type=_type(row["source_type"] for row in told),
        aliases=tuple(by_use[1:]),
        roles=_roles(row["role"] for row in told),
        statements=len(told),
        articles=len({row["number"] for row in told}),
    )


def _type(types: Iterable[str]) -> SourceType:
    """Most often; whom the archive only knows as he or she is a person."""
    counted = Counter(SourceType(each) for each in types if each not in _UNNAMED_TYPES)
    order = list(SourceType)
    return min(
        counted,
        key=lambda each: (-counted[each], order.index(each)),
        default=SourceType.PERSON,
    )


def _roles(roles: Iterable[str | None]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for role in roles:
        if role:
            first.setdefault(role.casefold(), role)
    return tuple(first.values())[:MOST_ROLES]
