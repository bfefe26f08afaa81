"""What has changed since the last generation was recorded. Knows no transaction.

Triggers note it (`schema`), so that no writer can forget to; a generation then costs what changed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.stores.archive.database import Connection


@dataclass(frozen=True, slots=True)
class ChangedArticles:
    """Articles of which anything indexed may have changed."""

    ids: tuple[str, ...]
    """Also of those that were removed."""
    current: tuple[int, ...]
    """The numbers of the present revisions of those that were not."""


def changed_articles(connection: Connection) -> ChangedArticles:
    ids = connection.execute(
        "select distinct article_id from unpublished"
        " cross join revisions on revisions.number = unpublished.revision"
    )
    wanted = [article_id for (article_id,) in ids.fetchall()]
    current = connection.execute(
        "select current from articles where removed_at is null"
        " and id in (select value from json_each(?))",
        (json.dumps(wanted),),
    )
    return ChangedArticles(tuple(wanted), tuple(number for (number,) in current))


def has_unpublished(connection: Connection) -> bool:
    """False for an archive of before such notes; its next writer makes them."""
    if not connection.value("select count(*) from sqlite_master where name = 'unpublished'"):
        return False
    noted = "exists (select 1 from unpublished) or exists (select 1 from unpublished_statements)"
    return bool(connection.value(f"select {noted}"))


def gone_statements(connection: Connection) -> NDArray[np.int64]:
    """Of a generation from before and of changed articles, ascending."""
    rows = connection.execute(
        "select id from unpublished_statements union"
        " select id from statements where revision in (select revision from unpublished) order by 1"
    )
    return np.fromiter((number for (number,) in rows), np.int64)


def note_speakers(connection: Connection, keys: Iterable[str]) -> None:
    """That what is published of these speakers is outdated."""
    connection.executemany(
        "insert or ignore into unpublished_speakers values (?)", ((key,) for key in keys)
    )


def changed_speakers(connection: Connection) -> list[str]:
    """Keys, ascending: all that a joined speaker of a generation from before may have."""
    return [key for (key,) in connection.execute("select key from unpublished_speakers order by 1")]


def forget_changes(connection: Connection) -> None:
    for table in ("unpublished", "unpublished_statements", "unpublished_speakers"):
        connection.execute(f"delete from {table}")  # noqa: S608  one of these three
