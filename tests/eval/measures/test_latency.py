"""Exact percentiles by stage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.latency import nearest_rank, percentiles

times = st.lists(st.floats(0, 1e6), min_size=1)


@pytest.mark.parametrize(
    ("percent", "value"),
    [
        pytest.param(1, 15, id="the-least"),
        pytest.param(20, 15, id="on-a-rank"),
        pytest.param(21, 20, id="just-past-a-rank"),
        pytest.param(50, 35, id="median"),
        pytest.param(95, 50, id="high"),
        pytest.param(100, 50, id="the-most"),
    ],
)
def test_a_hand_worked_nearest_rank(percent: int, value: float) -> None:
    assert nearest_rank([50, 15, 40, 20, 35], percent) == value


def test_no_rounding_moves_the_rank() -> None:
    assert nearest_rank(range(1, 101), 55) == 55
    assert nearest_rank(range(1, 101), 7) == 7


@given(times, st.integers(1, 100))
def test_enough_lies_at_or_below_and_not_without_it(values: list[float], percent: int) -> None:
    value = nearest_rank(values, percent)

    assert value in values
    assert 100 * sum(each <= value for each in values) >= percent * len(values)
    assert 100 * sum(each < value for each in values) < percent * len(values)


def test_each_stage_has_its_percentiles() -> None:
    timings = [{"embed": 3.0, "total": 9.0}, {"embed": 1.0, "total": 5.0}, {"total": 7.0}]

    assert percentiles(timings) == {
        "p50_ms/embed": 1.0,
        "p95_ms/embed": 3.0,
        "p50_ms/total": 7.0,
        "p95_ms/total": 9.0,
    }


def test_without_timings_there_are_no_percentiles() -> None:
    assert percentiles([]) == percentiles([{}]) == {}
