"""The encoder's states in, scores of labels out: cues, names, and the source and content of a cue.

Source and content are scored for each pair of a cue and a word, as He et al. (2018) do for semantic
roles, then smoothed along the text. So one pass of the encoder serves all cues of a window. Knows
no text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
HALF = 16
"""The number of buckets for the distance from a cue, on each side."""
WIDTH = 3
"""Of the convolution along the pieces."""
FINE = 6
"""Distances up to here have their own bucket; beyond, each doubling has two."""


@dataclass(frozen=True)
class Heads:
    """The trained weights, by name."""

    weights: Mapping[str, Matrix]

    def cues(self, hidden: Matrix) -> Matrix:
        """Log probabilities of O, B, I: (..., hidden) -> (..., 3)."""
        return log_softmax(self._linear(hidden, "cue"))

    def names(self, hidden: Matrix) -> Matrix:
        """Scores of O and B, I of each kind of name: (..., hidden) -> (..., 9)."""
        return self._linear(hidden, "name")

    def roles(
        self, hidden: Matrix, cues: NDArray[np.bool_], words: NDArray[np.int64]
    ) -> list[Matrix]:
        """Log probabilities of O, B, I of source and of content, for each cue: (words, 5).

        `hidden` (pieces, hidden) is one window, `cues` (cues, pieces) marks the pieces of each,
        `words` are the first pieces of words.
        """
        share = cues / cues.sum(1, keepdims=True, dtype=np.float32)
        of_cues = (share @ hidden) @ self.weights["of_cue.weight"].T
        of_word, distances = self._linear(hidden, "of_word"), self.weights["distance.weight"]
        found = []
        for of_cue, places in zip(of_cues, buckets(cues), strict=True):  # each in the cache
            pair = distances[places]
            pair += of_word
            pair += of_cue
            gelu(pair)
            smoothed = self._smooth(pair, words)
            gelu(smoothed)
            smoothed += pair[words]
            found.append(log_softmax(self._linear(smoothed, "role")))
        return found

    @property
    def transitions(self) -> Matrix:
        """Added to the scores of `roles` for each pair of neighbouring labels: (5, 5)."""
        return self.weights["transitions"]

    def _smooth(self, pair: Matrix, words: NDArray[np.int64]) -> Matrix:
        """A convolution of width 3 along the pieces, at these: one product of their neighbours."""
        beside = np.zeros((len(pair) + 2, pair.shape[1]), np.float32)
        beside[1:-1] = pair
        neighbours = beside[words[:, None] + np.arange(WIDTH)].reshape(len(words), -1)
        smoothed: Matrix = neighbours @ self._kernel
        smoothed += self.weights["smooth.bias"]
        return smoothed

    @cached_property
    def _kernel(self) -> Matrix:
        """(WIDTH * pair, pair)."""
        kernel = self.weights["smooth.weight"]
        return np.ascontiguousarray(kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]))

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


def gelu(rows: Matrix) -> None:
    """In place, by a tangent (Hendrycks and Gimpel 2016, arXiv:1606.08415): off by .0005."""
    inner = rows * rows
    inner *= np.float32(0.044715 * np.sqrt(2 / np.pi))
    inner += np.float32(np.sqrt(2 / np.pi))
    inner *= rows
    np.tanh(inner, out=inner)
    inner += 1
    rows *= inner
    rows *= np.float32(0.5)
