"""Fusing terms and vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from rag.retrieval.hybrid import DENSE, FRESH, LEAD, LEXICAL, OPENING, fuse
from rag.retrieval.reranker import WEIGHTS

Floats = NDArray[np.float32]

scores = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        arrays(np.float32, n, elements=st.floats(0, 50, width=32)),
        arrays(np.float32, n, elements=st.floats(-1, 1, width=32)),
        arrays(np.int32, n, elements=st.integers(0, 100_000)),
    )
)


def fused(lexical: Floats, dense: Floats, start: NDArray[np.int32]) -> Floats:
    return sum(fuse(lexical, dense, start).values(), np.zeros(len(start), np.float32))


def test_a_hand_worked_fusion() -> None:
    lexical = np.array([10, 5, 0], np.float32)
    dense = np.array([0.2, 0.6, 0.4], np.float32)
    start = np.array([0, OPENING, 3 * OPENING], np.int32)

    parts = fuse(lexical, dense, start)

    assert parts["lexical"] == pytest.approx([LEXICAL, LEXICAL / 2, 0])
    assert parts["dense"] == pytest.approx([0, DENSE, DENSE / 2])
    assert parts["lead"] == pytest.approx([LEAD, LEAD / 2, LEAD / 4])


@given(scores)
def test_fused_scores_lie_between_nothing_and_one(
    found: tuple[Floats, Floats, NDArray[np.int32]],
) -> None:
    total = fused(*found)

    assert total.min() >= 0
    assert total.max() + FRESH + sum(WEIGHTS.values()) <= 1 + 1e-5


@given(scores)
def test_the_best_by_every_part_is_the_best_of_all(
    found: tuple[Floats, Floats, NDArray[np.int32]],
) -> None:
    lexical, dense, start = found
    lexical[0], dense[0], start[0] = lexical.max(), dense.max(), start.min()

    total = fused(lexical, dense, start)

    assert total[0] == total.max()


def test_one_candidate_without_a_term_in_common_has_its_place_alone() -> None:
    parts = fuse(np.zeros(1, np.float32), np.ones(1, np.float32), np.zeros(1, np.int32))

    assert {name: float(part[0]) for name, part in parts.items()} == pytest.approx(
        {"lexical": 0.0, "dense": 0.0, "lead": LEAD}
    )
