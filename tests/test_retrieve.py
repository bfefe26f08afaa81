"""Fusing terms and vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.retrieve import LEXICAL_WEIGHT, fuse

scores = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        arrays(np.float32, n, elements=st.floats(0, 50, width=32)),
        arrays(np.float32, n, elements=st.floats(-1, 1, width=32)),
    )
)


def test_a_hand_worked_fusion() -> None:
    lexical = np.array([10, 5, 0], np.float32)
    dense = np.array([0.2, 0.6, 0.4], np.float32)

    fused = fuse(lexical, dense)

    assert fused == pytest.approx([0.7, 0.35 + 0.3, 0.15])


@given(scores)
def test_fused_scores_lie_between_nothing_and_one(pair: tuple[np.ndarray, np.ndarray]) -> None:
    fused = fuse(*pair)

    assert fused.min() >= 0
    assert fused.max() <= 1 + 1e-6


@given(scores)
def test_the_best_of_both_sides_is_the_best_of_all(pair: tuple[np.ndarray, np.ndarray]) -> None:
    lexical, dense = pair
    lexical[0], dense[0] = lexical.max(), dense.max()

    fused = fuse(lexical, dense)

    assert fused[0] == fused.max()


def test_one_candidate_without_a_term_in_common_scores_nothing() -> None:
    assert fuse(np.zeros(1, np.float32), np.ones(1, np.float32)).tolist() == [0.0]


def test_terms_weigh_more_than_vectors() -> None:
    assert LEXICAL_WEIGHT > 0.5
