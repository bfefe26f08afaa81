"""How old articles are, and what that is worth: inputs of a prior for news over old news."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from index.stores.search.passage_table import MISSING

SECONDS_A_DAY = 86_400


def ages(published: NDArray[np.int64], as_of: datetime) -> NDArray[np.float32]:
    """Days from each article, (m,) seconds since 1970 or `MISSING`, to the instant.

    NaN where undated; 0 for what is published later.
    """
    seconds = as_of.timestamp() - published.astype(np.float64)
    days = np.where(published == MISSING, np.nan, np.maximum(seconds, 0) / SECONDS_A_DAY)
    return days.astype(np.float32)


def recency(ages: NDArray[np.float32], *, half_life_days: float) -> NDArray[np.float32]:
    """What its age is worth, from 1 for news of the instant down to 0: `0.5 ** (age / half_life)`.

    0 where undated: nothing is known in its favour. Exponential decay with age is the time-based
    prior of Li and Croft (2003); added to a score, as that adds logarithms.
    """
    return np.where(np.isnan(ages), 0.0, 0.5 ** (ages / half_life_days)).astype(np.float32)
