"""Ages in days and what they are worth, as worked by hand."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stores.search.passage_table import MISSING
from index.stores.timestamps import seconds
from rag.retrieval.recency import ages, recency

NOON = datetime(2024, 9, 12, 12, tzinfo=UTC)


def published(*dates: datetime | None) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([MISSING if date is None else seconds(date) for date in dates], np.int64)


def test_an_age_is_in_days_none_where_undated_and_nothing_in_the_future() -> None:
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
def test_newer_is_never_worth_less_and_all_lies_between_nothing_and_one(
    dates: list[int | None], half_life: float
) -> None:
    given_dates = np.array([MISSING if date is None else date for date in dates], np.int64)

    age = ages(given_dates, NOON)
    worth = recency(age, half_life_days=half_life)

    assert np.all((worth >= 0) & (worth <= 1))
    assert np.all(worth[np.isnan(age)] == 0)
    oldest_first = worth[~np.isnan(age)][np.argsort(-age[~np.isnan(age)], kind="stable")]
    assert np.all(np.diff(oldest_first) >= 0)
