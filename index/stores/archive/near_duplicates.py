"""Near duplicates of current revisions, and the stories they form. Knows no transaction.

An article is compared only with those that share bands with it. The result stays until one of the
two articles changes or is removed.
"""

import json
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.dedup.near_duplicates import (
    COMMON_BANDS,
    Bands,
    Shingles,
    Sketch,
    group_leaders,
    may_be_one_story,
    similarity,
)
from index.dedup.series import OPENING
from index.documents import Article, Boilerplate
from index.stores.archive.article_queries import article_of, boilerplate_of
from index.stores.archive.database import Connection
from index.stores.archive.stages import STORIES
from index.stores.search.passage_table import MISSING


def ungrouped(
    connection: Connection, recipe: str, limit: int
) -> list[tuple[Article, tuple[Boilerplate, ...]]]:
    """Articles whose present facts were not compared by this recipe, with their boilerplate."""
    rows = STORIES.rows(connection, recipe, limit)
    return [(article_of(row), boilerplate_of(row)) for row in rows]


def put_sketches(
    connection: Connection, sketched: Sequence[tuple[Article, Sketch]], recipe: str
) -> None:
    """Compare each article with those in the archive, and keep its copies: all or none."""
    for article, sketch in sketched:
        number = STORIES.note_done(connection, article, recipe)
        forget(connection, number)
        copies = _copies_of(connection, article, sketch)
        _put_sketch(connection, number, sketch)
        _put_copies(connection, number, copies)


def story_leaders(
    connection: Connection, numbers: NDArray[np.int64], published: NDArray[np.int64]
) -> NDArray[np.int32]:
    """For each of these current revisions, the row of the one that leads its story.

    They stand by ascending article id. Earlier ones lead before later ones, undated ones last.
    """
    row = {number: place for place, number in enumerate(numbers.tolist())}
    stored = connection.execute("select one, other, enough from copies where one < other")
    pairs = (
        (row[one], row[other], bool(enough))
        for one, other, enough in stored
        if one in row and other in row
    )
    order = np.lexsort((published, published == MISSING))
    return group_leaders(len(numbers), pairs, order.tolist())


def stories(connection: Connection) -> dict[str, str]:
    """For each live article, the one that leads its story."""
    rows = connection.execute(
        "select id, number, coalesce(published_at, ?) as published from live order by id",
        (MISSING,),
    ).fetchall()
    columns = [np.array([row[name] for row in rows], np.int64) for name in ("number", "published")]
    leaders = story_leaders(connection, *columns).tolist()
    return {row["id"]: rows[leader]["id"] for row, leader in zip(rows, leaders, strict=True)}


def forget(connection: Connection, revision: int) -> None:
    """Delete the sketch of a revision and its pairs, if it has any."""
    row = connection.execute("select bands from sketches where revision = ?", (revision,))
    for (bands,) in row.fetchall():
        values = np.frombuffer(bands, "<i8").tolist()
        connection.executemany(
            "delete from bands where value = ? and revision = ?",
            ((value, revision) for value in values),
        )
    connection.execute("delete from sketches where revision = ?", (revision,))
    connection.execute(
        "delete from copies where (one, other) in (select other, one from copies where one = ?)",
        (revision,),
    )
    connection.execute("delete from copies where one = ?", (revision,))


def _copies_of(connection: Connection, article: Article, sketch: Sketch) -> dict[int, bool]:
    """Close revisions, each with whether it is close enough for one story."""
    compared = (
        (number, similarity(sketch.shingles, shingles))
        for number, shingles in _candidates(connection, sketch.bands)
    )
    return {
        number: alike.enough
        for number, alike in compared
        if alike.close and may_be_one_story(article, _opening(connection, number), alike)
    }


def _candidates(connection: Connection, bands: Bands) -> list[tuple[int, Shingles]]:
    """Revisions that share `COMMON_BANDS` bands, with their shingles; ascending."""
    rows = connection.execute(
        """select revision, shingles from sketches where revision in (
            select revision from json_each(:bands) as wanted
            cross join bands on bands.value = wanted.value
            group by revision having count(*) >= :common)
        order by revision""",
        {"bands": json.dumps(bands.tolist()), "common": COMMON_BANDS},
    )
    return [(number, np.frombuffer(shingles, "<u4")) for number, shingles in rows]


def _opening(connection: Connection, number: int) -> Article:
    """Only title and first words: a wire story is compared with every copy of it."""
    row = connection.execute(
        "select article_id, title, substr(text, 1, ?) from revisions where number = ?",
        (OPENING, number),
    ).fetchone()
    return Article(*row)


def _put_sketch(connection: Connection, revision: int, sketch: Sketch) -> None:
    connection.execute(
        "insert into sketches values (?, ?, ?)",
        (revision, sketch.shingles.astype("<u4").tobytes(), sketch.bands.astype("<i8").tobytes()),
    )
    connection.executemany(
        "insert into bands values (?, ?)", ((value, revision) for value in sketch.bands.tolist())
    )


def _put_copies(connection: Connection, revision: int, copies: Mapping[int, bool]) -> None:
    """Both ways round, as a deleted article must find its pairs from either side."""
    both = (
        (*pair, enough)
        for other, enough in copies.items()
        for pair in ((revision, other), (other, revision))
    )
    connection.executemany("insert into copies values (?, ?, ?)", both)
