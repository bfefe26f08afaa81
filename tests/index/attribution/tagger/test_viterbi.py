from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.attribution.tagger.viterbi import best_labels, runs

SCORES = arrays(np.float32, (2, 4, 5), elements=st.floats(-8, 0, width=16))


def allowed(labels: tuple[int, ...]) -> bool:
    """An I (even, over 0) stands only after its own B or I."""
    before = (0, *labels)
    return all(
        label == 0 or label % 2 or prior in (label - 1, label)
        for prior, label in zip(before, labels, strict=False)
    )


@given(SCORES)
def test_no_allowed_sequence_scores_higher_than_the_one_found(scores: np.ndarray) -> None:
    found = best_labels(list(scores))

    for row, labels in enumerate(each.tolist() for each in found):
        totals = [
            sum(float(scores[row, at, label]) for at, label in enumerate(sequence))
            for sequence in product(range(5), repeat=4)
            if allowed(sequence)
        ]
        total = sum(float(scores[row, at, label]) for at, label in enumerate(labels))
        assert allowed(tuple(labels))
        assert abs(total - max(totals)) < 1e-3


@given(SCORES, arrays(np.float32, (5, 5), elements=st.floats(-2, 2, width=16)))
def test_with_transitions_no_allowed_sequence_scores_higher(
    scores: np.ndarray, transitions: np.ndarray
) -> None:
    def total(row: int, labels: Sequence[int]) -> float:
        steps = transitions[(0, *labels[:-1]), labels].sum()
        return float(scores[row, range(len(labels)), labels].sum() + steps)

    found = best_labels(list(scores), transitions)

    for row, labels in enumerate(each.tolist() for each in found):
        totals = [total(row, each) for each in product(range(5), repeat=4) if allowed(each)]
        assert allowed(tuple(labels))
        assert abs(total(row, labels) - max(totals)) < 1e-3


@given(
    st.lists(st.integers(1, 6), max_size=5),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
def test_rows_of_any_length_get_together_what_they_get_alone(
    lengths: list[int], cost: bool, seed: int
) -> None:
    random = np.random.default_rng(seed)
    rows = [random.normal(size=(length, 5)).astype(np.float32) for length in lengths]
    transitions = random.normal(size=(5, 5)).astype(np.float32) if cost else None

    together = best_labels(rows, transitions)

    alone = [best_labels([row], transitions)[0] for row in rows]
    assert [each.tolist() for each in together] == [each.tolist() for each in alone]


def test_a_run_is_a_b_label_and_the_i_labels_after_it() -> None:
    labels = np.array([0, 1, 2, 2, 0, 3, 3, 4, 1])

    assert runs(labels) == [(0, 1, 3), (1, 5, 5), (1, 6, 7), (0, 8, 8)]


def test_labels_of_nothing_have_no_run() -> None:
    assert runs(np.zeros(5, np.int64)) == []
