"""Ascending ids without repeats, as sets: numpy's set functions hash or sort them again.

At 150,000 ids, `numpy.setdiff1d` takes forty times as long.
"""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]


def among(ids: Ids, others: Ids) -> NDArray[np.bool_]:
    """Which of `ids` are in `others`."""
    if not len(others):
        return np.zeros(len(ids), np.bool_)
    places = np.minimum(np.searchsorted(others, ids), len(others) - 1)
    return np.asarray(others[places] == ids)


def without(ids: Ids, others: Ids) -> Ids:
    return ids[~among(ids, others)]


def together(ids: Ids, others: Ids) -> Ids:
    return np.sort(np.concatenate([without(ids, others), others]), kind="stable")
