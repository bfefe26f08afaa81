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
    found = best_labels(scores)

    for row, labels in enumerate(found.tolist()):
        totals = [
            sum(float(scores[row, at, label]) for at, label in enumerate(sequence))
            for sequence in product(range(5), repeat=4)
            if allowed(sequence)
        ]
        total = sum(float(scores[row, at, label]) for at, label in enumerate(labels))
        assert allowed(tuple(labels))
        assert abs(total - max(totals)) < 1e-3


def test_a_run_is_a_b_label_and_the_i_labels_after_it() -> None:
    labels = np.array([0, 1, 2, 2, 0, 3, 3, 4, 1])

    assert runs(labels) == [(0, 1, 3), (1, 5, 5), (1, 6, 7), (0, 8, 8)]


def test_labels_of_nothing_have_no_run() -> None:
    assert runs(np.zeros(5, np.int64)) == []
