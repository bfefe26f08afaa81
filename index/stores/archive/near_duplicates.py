"""Sketches of current revisions, the bands they are found by, and the copies among them.

Knows no article and no transaction.
"""

import json
from collections.abc import Iterator, Mapping

import numpy as np

from index.dedup.near_duplicates import COMMON_BANDS, Bands, Pair, Shingles, Sketch
from index.stores.archive.database import Connection


def store(connection: Connection, revision: int, sketch: Sketch) -> None:
    connection.execute(
        "insert into sketches values (?, ?, ?)",
        (revision, sketch.shingles.astype("<u4").tobytes(), sketch.bands.astype("<i8").tobytes()),
    )
    connection.executemany(
        "insert into bands values (?, ?)", ((value, revision) for value in sketch.bands.tolist())
    )


def store_copies(connection: Connection, revision: int, others: Mapping[int, bool]) -> None:
    """The close ones, and whether each is close enough for a story."""
    both = (
        (*pair, enough)
        for other, enough in others.items()
        for pair in ((revision, other), (other, revision))
    )
    connection.executemany("insert into copies values (?, ?, ?)", both)


def near(connection: Connection, bands: Bands) -> list[tuple[int, Shingles]]:
    """Revisions that have enough of the bands, with their shingles; ascending."""
    rows = connection.execute(
        """select revision, shingles from sketches where revision in (
            select revision from json_each(:bands) as wanted
            cross join bands on bands.value = wanted.value
            group by revision having count(*) >= :common)
        order by revision""",
        {"bands": json.dumps(bands.tolist()), "common": COMMON_BANDS},
    )
    return [(number, np.frombuffer(shingles, "<u4")) for number, shingles in rows]


def copies(connection: Connection) -> Iterator[Pair]:
    """Each pair once."""
    rows = connection.execute("select one, other, enough from copies where one < other")
    return ((one, other, bool(enough)) for one, other, enough in rows)


def forget(connection: Connection, revision: int) -> None:
    """Nothing happens where it has no sketch."""
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
