"""Copies of one story, found as articles come in and put together from pairs. Knows no transaction.

An article is compared with those its bands find, never with all; what was found stays until one of
the two changes or goes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.dedup.near_duplicates import Sketch, leaders, one_news, similarity
from index.dedup.series import OPENING
from index.documents import Article
from index.stores.archive import near_duplicates as sketches
from index.stores.archive.database import Connection
from index.stores.archive.stages import STORIES, note_done
from index.stores.search.passage_table import MISSING


def put_sketches(
    connection: Connection, sketched: Sequence[tuple[Article, Sketch]], recipe: str
) -> None:
    for article, sketch in sketched:
        number = note_done(connection, STORIES, article, recipe)
        sketches.forget(connection, number)
        others = _copies(connection, article, sketch)
        sketches.store(connection, number, sketch)
        sketches.store_copies(connection, number, others)


def leading(
    connection: Connection, numbers: NDArray[np.int64], published: NDArray[np.int64]
) -> NDArray[np.int32]:
    """For each of these current revisions the row of the one that names its group.

    They stand by ascending id. Earlier ones go before later ones, the undated last.
    """
    row = {number: place for place, number in enumerate(numbers.tolist())}
    held = (
        (row[one], row[other], enough)
        for one, other, enough in sketches.copies(connection)
        if one in row and other in row
    )
    order = np.lexsort((published, published == MISSING))
    return leaders(len(numbers), held, order.tolist())


def groups(connection: Connection) -> dict[str, str]:
    rows = connection.execute(
        "select id, number, coalesce(published_at, ?) as published from live order by id",
        (MISSING,),
    ).fetchall()
    columns = [np.array([row[name] for row in rows], np.int64) for name in ("number", "published")]
    leader = leading(connection, *columns).tolist()
    return {row["id"]: rows[leads]["id"] for row, leads in zip(rows, leader, strict=True)}


def _copies(connection: Connection, article: Article, sketch: Sketch) -> dict[int, bool]:
    found = (
        (number, similarity(sketch.shingles, shingles))
        for number, shingles in sketches.near(connection, sketch.bands)
    )
    return {
        number: alike.enough
        for number, alike in found
        if alike.close and one_news(article, _opening(connection, number), alike)
    }


def _opening(connection: Connection, number: int) -> Article:
    """Its title and first words alone: a wire story is compared with every copy of it."""
    row = connection.execute(
        "select article_id, title, substr(text, 1, ?) from revisions where number = ?",
        (OPENING, number),
    ).fetchone()
    return Article(*row)
