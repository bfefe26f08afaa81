"""Scores of labels in, the best valid sequence of labels out. Knows no text and no weights.

Labels are `O`, then `B-x`, `I-x` for each kind x: label 2x+1 starts a span, 2x+2 continues it
(Ramshaw and Marcus 1995). An I only follows its own B or I.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Labels = NDArray[np.int64]


def best_labels(rows: Sequence[Scores], transitions: Scores | None = None) -> list[Labels]:
    """The best valid sequence of each row (Viterbi 1967): (words, labels) -> (words,).

    Scores are log probabilities, or other scores that are added; `transitions` (labels, labels)
    are added for each pair of neighbouring labels. Rows may differ in length, but have a word.
    """
    if transitions is not None:
        return _searched(rows, transitions)
    found = [row.argmax(1) for row in rows]  # nothing is better, if it is valid
    invalid = [at for at, labels in enumerate(found) if not _valid(labels)]
    for at, labels in zip(invalid, _searched([rows[at] for at in invalid]), strict=True):
        found[at] = labels
    return found


def _searched(rows: Sequence[Scores], transitions: Scores | float = 0) -> list[Labels]:
    """All rows at once, word by word: a step costs the same for one row as for twenty."""
    if not rows:
        return []
    order = sorted(range(len(rows)), key=lambda at: -len(rows[at]))
    scores = _together([rows[at] for at in order])
    lengths = np.array([len(rows[at]) for at in order])
    words, labels, count = scores.shape
    going = (lengths > np.arange(words)[:, None]).sum(1).tolist()
    moves: Scores = np.asarray(forbidden(labels) + transitions, np.float32)
    ways = np.empty((labels, labels, count), np.float32)
    best = scores  # in place: of each label, the score of the best sequence that ends with it
    best[0] += moves[0][:, None]
    for word in range(1, words):
        rest = going[word]
        np.add(best[word - 1, :, None, :rest], moves[:, :, None], out=ways[:, :, :rest])
        best[word, :, :rest] += ways[:, :, :rest].max(0)
    path = np.zeros((words, count), np.int64)
    path[lengths - 1, np.arange(count)] = best[lengths - 1, :, np.arange(count)].argmax(1)
    into = moves.T.copy()
    for word in range(words - 1, 0, -1):
        rest = going[word]
        path[word - 1, :rest] = (best[word - 1, :, :rest].T + into[path[word, :rest]]).argmax(1)
    place = {at: row for row, at in enumerate(order)}
    return [path[: len(scored), place[at]] for at, scored in enumerate(rows)]


def _together(rows: Sequence[Scores]) -> Scores:
    """(words, labels, rows), with zeros behind the shorter rows."""
    scores = np.zeros((len(rows[0]), rows[0].shape[1], len(rows)), np.float32)
    for at, row in enumerate(rows):
        scores[: len(row), :, at] = row
    return scores


def _valid(labels: Labels) -> bool:
    """Whether each I follows its own B or I."""
    before = np.concatenate([[0], labels[:-1]])
    inside = (labels > 0) & (labels % 2 == 0)
    follows = (before == labels) | (before == labels - 1)
    return bool((follows | ~inside).all())


def forbidden(labels: int) -> Scores:
    """0 where the column may follow the row, minus infinity elsewhere."""
    allowed = np.zeros((labels, labels), np.float32)
    for inside in range(2, labels, 2):
        allowed[:, inside] = -np.inf
        allowed[[inside - 1, inside], inside] = 0
    return allowed


def runs(labels: Labels) -> list[tuple[int, int, int]]:
    """The spans of one sequence as (kind, first word, last word), in order."""
    found: list[tuple[int, int, int]] = []
    labelled = np.flatnonzero(labels)
    for word, label in zip(labelled.tolist(), labels[labelled].tolist(), strict=True):
        if label % 2:
            found.append((label // 2, word, word))
        else:
            kind, first, _ = found[-1]
            found[-1] = (kind, first, word)
    return found
