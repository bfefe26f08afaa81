"""Fused scores and bonuses for recent news, worked by hand."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from index.stores.search.passage_table import MISSING
from index.stores.timestamps import seconds
from rag.retrieval.hybrid import (
    DENSE,
    FRESH,
    LEAD,
    LEXICAL,
    OPENING,
    ages,
    fuse,
    recency,
    with_stand_ins,
)
from rag.retrieval.reranker import WEIGHTS

Floats = NDArray[np.float32]
NOON = datetime(2024, 9, 12, 12, tzinfo=UTC)

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
def test_fused_scores_are_between_0_and_1(
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


def test_a_single_candidate_without_matching_terms_scores_by_position_alone() -> None:
    parts = fuse(np.zeros(1, np.float32), np.ones(1, np.float32), np.zeros(1, np.int32))

    assert {name: float(part[0]) for name, part in parts.items()} == pytest.approx(
        {"lexical": 0.0, "dense": 0.0, "lead": LEAD}
    )


def published(*dates: datetime | None) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([MISSING if date is None else seconds(date) for date in dates], np.int64)


def test_an_age_is_in_days_nan_where_undated_and_0_in_the_future() -> None:
    dates = published(NOON, NOON - timedelta(days=1.5), None, NOON + timedelta(days=3))

    found = ages(dates, NOON)

    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx([0.0, 1.5, float("nan"), 0.0], nan_ok=True)


def test_the_instant_is_the_same_in_every_zone() -> None:
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))

    assert ages(published(NOON - timedelta(days=2)), tokyo).tolist() == [2.0]


def test_each_half_life_halves_what_an_age_is_worth() -> None:
    old = np.array([0.0, 30.0, 60.0, np.nan], np.float32)

    found = recency(old, half_life_days=30)

    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx([1.0, 0.5, 0.25, 0.0])


@given(st.lists(st.none() | st.integers(-(2**33), 2**33), max_size=20), st.floats(0.1, 10_000))
def test_newer_is_never_worth_less_and_all_values_are_between_0_and_1(
    dates: list[int | None], half_life: float
) -> None:
    given_dates = np.array([MISSING if date is None else date for date in dates], np.int64)

    age = ages(given_dates, NOON)
    worth = recency(age, half_life_days=half_life)

    assert np.all((worth >= 0) & (worth <= 1))
    assert np.all(worth[np.isnan(age)] == 0)
    oldest_first = worth[~np.isnan(age)][np.argsort(-age[~np.isnan(age)], kind="stable")]
    assert np.all(np.diff(oldest_first) >= 0)


def test_a_passage_without_a_vector_is_as_good_by_vectors_as_by_words() -> None:
    lexical = np.array([8, 4, 0, 2], np.float32)
    dense = np.array([0.6, np.nan, 0.2, np.nan], np.float32)

    filled = with_stand_ins(dense, lexical)

    assert filled == pytest.approx([0.6, 0.4, 0.2, 0.3])


@given(scores)
def test_where_no_passage_has_a_vector_words_alone_decide(
    found: tuple[Floats, Floats, NDArray[np.int32]],
) -> None:
    lexical, dense, _ = found
    place = np.zeros(len(lexical), np.int32)

    filled = with_stand_ins(np.full_like(dense, np.nan), lexical)

    assert np.array_equal(
        np.argsort(-fused(lexical, filled, place).round(5), kind="stable"),
        np.argsort(-fused(lexical, lexical, place).round(5), kind="stable"),
    )
    assert not np.isnan(filled).any()


@given(scores)
def test_vectors_that_are_there_are_left_as_they_are(
    found: tuple[Floats, Floats, NDArray[np.int32]],
) -> None:
    lexical, dense, _ = found

    assert np.array_equal(with_stand_ins(dense, lexical), dense)


def test_no_candidates_have_no_scores() -> None:
    none = np.zeros(0, np.float32)

    parts = fuse(none, with_stand_ins(none, none), np.zeros(0, np.int32))

    assert all(part.shape == (0,) and part.dtype == np.float32 for part in parts.values())
