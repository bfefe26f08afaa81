"""The encoder's states in, scores of labels out: cues, names, and the source and content of a cue.

Source and content are scored for each pair of a cue and a word, as He et al. (2018) do for semantic
roles, then smoothed along the text. So one pass of the encoder serves all cues of a window. Knows
no text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
HALF = 16
"""The number of buckets for the distance from a cue, on each side."""
FINE = 6
"""Distances up to here have their own bucket; beyond, each doubling has two."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The trained weights, by name."""

    weights: Mapping[str, Matrix]

    def cues(self, hidden: Matrix) -> Matrix:
        """Log probabilities of O, B, I: (..., hidden) -> (..., 3)."""
        return log_softmax(self._linear(hidden, "cue"))

    def names(self, hidden: Matrix) -> Matrix:
        """Log probabilities of O and B, I of each kind of name: (..., hidden) -> (..., 9)."""
        return log_softmax(self._linear(hidden, "name"))

    def roles(self, hidden: Matrix, cues: NDArray[np.bool_]) -> Matrix:
        """Log probabilities of O, B, I of source and of content, for each cue.

        `hidden` (pieces, hidden) is one window, `cues` (cues, pieces) marks the pieces of each;
        the result is (cues, pieces, 5).
        """
        share = cues / cues.sum(1, keepdims=True, dtype=np.float32)
        of_cue = (share @ hidden) @ self.weights["of_cue.weight"].T
        pair = self._linear(hidden, "of_word") + of_cue[:, None]
        pair = _gelu(pair + self.weights["distance.weight"][buckets(cues)])
        return log_softmax(self._linear(_gelu(self._smooth(pair)) + pair, "role"))

    @property
    def transitions(self) -> Matrix:
        """Added to the scores of `roles` for each pair of neighbouring labels: (5, 5)."""
        return self.weights["transitions"]

    def _smooth(self, pair: Matrix) -> Matrix:
        """A convolution of width 3 along the pieces, as one product and three sums."""
        kernel = self.weights["smooth.weight"]
        size = kernel.shape[0]
        columns = np.ascontiguousarray(kernel.transpose(1, 2, 0).reshape(size, -1))
        product = pair.reshape(-1, size) @ columns
        before, here, after = product.reshape(*pair.shape[:-1], 3, size).transpose(2, 0, 1, 3)
        smoothed: Matrix = here + self.weights["smooth.bias"]
        smoothed[:, 1:] += before[:, :-1]
        smoothed[:, :-1] += after[:, 1:]
        return smoothed

    def _linear(self, rows: Matrix, name: str) -> Matrix:
        product: Matrix = rows @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return product


def buckets(cues: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The bucket of each piece: 0 far before the cue, HALF on it, 2 HALF far after it."""
    places = np.arange(cues.shape[1])
    first = cues.argmax(1)[:, None]
    last = cues.shape[1] - 1 - cues[:, ::-1].argmax(1)[:, None]
    before, after = np.maximum(first - places, 0), np.maximum(places - last, 0)
    step = np.minimum(_step(before + after), HALF)
    signed: NDArray[np.int64] = HALF + np.where(after > 0, step, -step)
    return signed


def log_softmax(scores: Matrix) -> Matrix:
    shifted = scores - scores.max(-1, keepdims=True)
    normal: Matrix = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return normal


def _step(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    coarse = np.floor(2 * np.log2(np.maximum(distance, FINE) / FINE) + FINE)
    return np.where(distance <= FINE, distance, coarse.astype(np.int64))


def _gelu(rows: Matrix) -> Matrix:
    return rows * np.float32(0.5) * (1 + _erf(rows * np.float32(1 / np.sqrt(2))))


def _erf(x: Matrix) -> Matrix:
    """Abramowitz and Stegun 1964, formula 7.1.26; absolute error under 1.5e-7."""
    t = 1 / (1 + np.float32(0.3275911) * np.abs(x))
    polynomial = np.zeros_like(x)
    for coefficient in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        polynomial = t * (np.float32(coefficient) + polynomial)
    curve: Matrix = np.sign(x) * (1 - polynomial * np.exp(-x * x))
    return curve
