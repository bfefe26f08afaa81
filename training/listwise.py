"""The likelihood of picking a right candidate of a list (ListNet, Cao et al. 2007)."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


def log_likelihood(
    signals: NDArray[np.float64], right: NDArray[np.bool_], weights: Vector
) -> tuple[float, Vector]:
    """Of n candidates with signals (n, d), and its gradient (d,); 0 where none is right."""
    if not right.any():
        return 0.0, np.zeros_like(weights)
    scores = signals @ weights
    odds = np.exp(scores - scores.max())
    chance = odds / odds.sum()
    picked = chance * right
    total = picked.sum()
    return float(np.log(total)), signals.T @ (picked / total - chance)
