"""Scores of labels in, the best valid sequence of labels out. Knows no text and no weights.

Labels are `O`, then `B-x`, `I-x` for each kind x: label 2x+1 starts a span, 2x+2 continues it
(Ramshaw and Marcus 1995). An I only follows its own B or I.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def best_labels(scores: Scores, transitions: Scores | None = None) -> NDArray[np.int64]:
    """The best valid sequence of each row (Viterbi 1967): (rows, words, labels) -> (rows, words).

    `scores` are log probabilities, or other scores that are added; `transitions` (labels, labels)
    are added for each pair of neighbouring labels.
    """
    rows, words, labels = scores.shape
    allowed = forbidden(labels) + (0 if transitions is None else transitions)
    previous = np.zeros((rows, words, labels), np.int64)
    best = scores[:, 0] + allowed[0]
    for word in range(1, words):
        reached = best[:, :, None] + allowed
        previous[:, word] = reached.argmax(1)
        best = reached.max(1) + scores[:, word]
    path = np.zeros((rows, words), np.int64)
    path[:, -1] = best.argmax(1)
    every_row = np.arange(rows)
    for word in range(words - 1, 0, -1):
        path[:, word - 1] = previous[every_row, word, path[:, word]]
    return path


def forbidden(labels: int) -> Scores:
    """0 where the column may follow the row, minus infinity elsewhere."""
    allowed = np.zeros((labels, labels), np.float32)
    for inside in range(2, labels, 2):
        allowed[:, inside] = -np.inf
        allowed[[inside - 1, inside], inside] = 0
    return allowed


def runs(labels: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """The spans of one sequence as (kind, first word, last word), in order."""
    found: list[tuple[int, int, int]] = []
    for word, label in enumerate(labels.tolist()):
        if label % 2:
            found.append((label // 2, word, word))
        elif label:
            kind, first, _ = found[-1]
            found[-1] = (kind, first, word)
    return found
