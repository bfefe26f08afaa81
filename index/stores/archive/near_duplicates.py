"""Near duplicates of current revisions, and the stories they form. Knows no transaction.

An article is compared only with some that share bands with it. The result stays until one of the
two articles changes or is removed.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from index.dedup.near_duplicates import (
    COMMON_BANDS,
    CORE,
    MOST_COMPARED,
    Bands,
    Shingles,
    Sketch,
    group_leaders,
    may_be_one_story,
    similarity,
)
from index.documents import Article, Boilerplate
from index.stores.archive.article_queries import article_of, boilerplate_of, revision_row
from index.stores.archive.database import Connection
from index.stores.archive.stages import STORIES
from index.stores.search.passage_table import MISSING

FEW_COPIES = 1000
"""Articles that are looked for one by one."""
MOST_SHARING = 128
"""Articles looked at of those that share one band."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sketched:
    """An article that was sketched before."""

    number: int
    article: Article
    shingles: Shingles


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
    known = lru_cache(maxsize=2 * MOST_COMPARED)(partial(_article_and_shingles, connection))
    for article, sketch in sketched:
        number = STORIES.note_done(connection, article, recipe)
        forget(connection, number)
        copies = _copies_of(article, sketch, map(known, _candidates(connection, sketch.bands)))
        _put_sketch(connection, number, sketch)
        _put_copies(connection, number, copies)


def story_leaders(
    connection: Connection, articles: Sequence[str], published: NDArray[np.int64]
) -> NDArray[np.int32]:
    """For each of these articles, by ascending id, the row of the one that leads its story.

    Earlier ones lead before later ones, undated ones last.
    """
    stored = connection.execute(
        """select left.article_id, right.article_id, enough from copies
        join revisions as left on left.number = one join revisions as right on right.number = other
        where one < other"""
    ).fetchall()
    names = {name for one, other, _ in stored for name in (one, other)}
    if len(names) > FEW_COPIES:  # a column of strings decodes each that is looked at
        articles = list(articles)
    row = {name: bisect_left(articles, name) for name in names}
    row = {name: at for name, at in row.items() if at < len(articles) and articles[at] == name}
    pairs = [
        (row[one], row[other], bool(enough))
        for one, other, enough in stored
        if one in row and other in row
    ]
    rows = np.array(sorted(row.values()), np.int64)
    order = np.lexsort((published[rows], published[rows] == MISSING))
    return group_leaders(len(articles), pairs, rows[order].tolist())


def stories(connection: Connection) -> dict[str, str]:
    """For each live article, the one that leads its story."""
    rows = connection.execute(
        "select id, coalesce(published_at, ?) as published from live order by id", (MISSING,)
    ).fetchall()
    ids = [row["id"] for row in rows]
    published = np.array([row["published"] for row in rows], np.int64)
    leaders = story_leaders(connection, ids, published).tolist()
    return {each: ids[leader] for each, leader in zip(ids, leaders, strict=True)}


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


def _copies_of(article: Article, sketch: Sketch, others: Iterable[_Sketched]) -> dict[int, bool]:
    """Close revisions, each with whether it is close enough for one story."""
    compared = ((other, similarity(sketch.shingles, other.shingles)) for other in others)
    return {
        other.number: alike.enough
        for other, alike in compared
        if may_be_one_story(article, other.article, alike)
    }


def _candidates(connection: Connection, bands: Bands) -> list[int]:
    """Revisions that share `COMMON_BANDS` bands, `MOST_COMPARED` at most.

    Those with rare bands are the likeliest copies; the earliest are compared with all of a large
    group, so that it stays one. Of a band that very many share, only the first are looked at.
    """
    rows = connection.execute(
        _SHARING,
        {"bands": json.dumps(bands.tolist()), "most": MOST_SHARING, "common": COMMON_BANDS},
    )
    rarest = [number for (number,) in rows]
    return list(dict.fromkeys([*sorted(rarest)[:CORE], *rarest]))[:MOST_COMPARED]


_SHARING = """
    with wanted as materialized (
        select value,
            (select revision from bands where bands.value = each.value
                order by revision limit 1 offset :most) as bound,
            (select count(*) from (select 1 from bands where bands.value = each.value
                limit :most)) as size
        from json_each(:bands) as each)
    select revision from wanted cross join bands
        on bands.value = wanted.value and (bound is null or revision < bound)
    group by revision having count(*) >= :common
    order by sum(1.0 / size) desc, revision"""


def _article_and_shingles(connection: Connection, number: int) -> _Sketched:
    stored = connection.value("select shingles from sketches where revision = ?", number)
    article = article_of(revision_row(connection, number))
    return _Sketched(number, article, np.frombuffer(stored, "<u4"))


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
