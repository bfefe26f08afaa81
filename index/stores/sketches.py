"""Sketches of current revisions, the bands they are found by, and the copies among them.

Knows no article and no transaction.
"""

import json

import numpy as np
from numpy.typing import NDArray

from index.duplicates import COMMON_BANDS, Bands, Shingles, Sketch
from index.stores.database import Connection


def store(connection: Connection, revision: int, sketch: Sketch) -> None:
    connection.execute(
        "insert into sketches values (?, ?, ?)",
        (revision, sketch.shingles.astype("<u4").tobytes(), sketch.bands.astype("<i8").tobytes()),
    )
    connection.executemany(
        "insert into bands values (?, ?)", ((value, revision) for value in sketch.bands.tolist())
    )


def store_copies(connection: Connection, revision: int, others: list[int]) -> None:
    both = [pair for other in others for pair in ((revision, other), (other, revision))]
    connection.executemany("insert into copies values (?, ?)", both)


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


def copies(connection: Connection) -> NDArray[np.int64]:
    """(p, 2), each pair once."""
    rows = connection.execute("select one, other from copies where one < other order by one, other")
    return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 2)


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
