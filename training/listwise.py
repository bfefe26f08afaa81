"""The likelihood of picking a right candidate of a list (ListNet, Cao et al. 2007)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RankedList:
    """The candidates of one question, and which of them are right in one sense or several."""

    dataset: str
    signals: NDArray[np.float64]
    """(n, d)."""
    rights: tuple[NDArray[np.bool_], ...]
    """Each (n,); one without a right candidate teaches nothing."""


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


def fitted(lists: Sequence[RankedList], *, penalty: float, start: Vector) -> Vector:
    """No negative weights, and every data set with the same total weight.

    Minimises the mean negative log likelihood with L-BFGS-B; all lists are computed at once.
    """
    chosen = [
        (each.dataset, each.signals, right)
        for each in lists
        for right in each.rights
        if right.any()
    ]
    counts = Counter(dataset for dataset, *_ in chosen)
    share = np.array([1 / (counts[dataset] * len(counts)) for dataset, *_ in chosen])
    signals = np.concatenate([rows for _, rows, _ in chosen])
    right = np.concatenate([mask for *_, mask in chosen])
    sizes = np.array([len(mask) for *_, mask in chosen])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = signals @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, first), sizes))
        of_all, of_right = (np.add.reduceat(each, first) for each in (odds, odds * right))
        value = penalty * float(weights @ weights) - share @ np.log(of_right / of_all)
        pulled = odds * right / np.repeat(of_right / share, sizes)
        pulled -= odds / np.repeat(of_all / share, sizes)
        return float(value), 2 * penalty * weights - signals.T @ pulled

    bounds = [(0, None)] * len(start)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)
