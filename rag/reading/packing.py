"""A question and a passage as one sequence of word-pieces, as the reader was trained to take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.neural.word_pieces import CLS, SEP

Pieces = Sequence[int] | NDArray[np.integer[Any]]
LONGEST_QUESTION = 64
LONGEST_TITLE = 32


@dataclass(frozen=True, slots=True)
class Packed:
    """`[CLS] question [SEP] title [SEP] passage [SEP]`; the passage begins at `start`."""

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    """0 for question and title, 1 for the passage."""
    start: int
    size: int
    """Word-pieces of the passage."""

    def __len__(self) -> int:
        return len(self.ids)


def pack(question: Pieces, passage: Pieces, title: Pieces = ()) -> Packed:
    """Long questions and titles are cut; the passage is taken whole.

    Half of what the reader was trained on had a title; it is asked without.
    """
    head = [CLS, *question[:LONGEST_QUESTION], SEP]
    if len(title):
        head += [*title[:LONGEST_TITLE], SEP]
    ids = np.array([*head, *passage, SEP], np.int64)
    kinds = np.zeros(len(ids), np.int64)
    kinds[len(head) :] = 1
    return Packed(ids, kinds, len(head), len(passage))
