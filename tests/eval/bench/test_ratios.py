"""Ratios of paired times with their intervals, and exponents of growth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.ratios import exponent, ratio

TIMES = st.floats(0.001, 1000)


def test_a_ratio_is_the_geometric_mean_of_its_pairs() -> None:
    found = ratio([2.0, 8.0], [1.0, 1.0])

    assert found.mean == 4.0
    assert found.pairs == 2


def test_an_interval_is_students_t_on_the_logarithms() -> None:
    # logs: ln 2 and ln 8, mean ln 4, deviation .9803, error .6931; t(.975, 1) is 12.706
    found = ratio([2.0, 8.0], [1.0, 1.0])

    assert (found.low, found.high) == pytest.approx((0.0006, 26727), rel=0.01, abs=1e-4)


def test_a_machine_that_is_half_as_fast_in_one_round_changes_no_ratio() -> None:
    found = ratio([3.0, 6.0, 3.0], [1.5, 3.0, 1.5])

    assert (found.mean, found.low, found.high) == (2.0, 2.0, 2.0)


def test_a_single_pair_has_no_interval() -> None:
    found = ratio([3.0], [2.0])

    assert (found.mean, found.low, found.high, found.pairs) == (1.5, None, None, 1)


@pytest.mark.parametrize(
    ("over", "under"),
    [([1.0], [1.0, 2.0]), ([], []), ([0.0], [1.0]), ([1.0], [-1.0])],
    ids=["unpaired", "none", "zero", "negative"],
)
def test_times_that_give_no_ratio_are_refused(over: list[float], under: list[float]) -> None:
    with pytest.raises(ValueError, match="time"):
        ratio(over, under)


@given(st.lists(st.tuples(TIMES, TIMES), min_size=2, max_size=6))
def test_the_interval_holds_the_mean(pairs: list[tuple[float, float]]) -> None:
    found = ratio([over for over, _ in pairs], [under for _, under in pairs])

    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.mean <= found.high


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_the_power(power: float) -> None:
    sizes = [1000.0, 8000.0, 80000.0]

    assert exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power, abs=1e-3)


@pytest.mark.parametrize(
    ("sizes", "values"),
    [([], []), ([10.0], [1.0]), ([10.0, 10.0], [1.0, 2.0]), ([10.0, 20.0], [0.0, 1.0])],
    ids=["nothing", "one size", "one size twice", "a zero"],
)
def test_what_makes_no_line_has_no_exponent(sizes: list[float], values: list[float]) -> None:
    assert exponent(sizes, values) is None
