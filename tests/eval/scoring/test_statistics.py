"""Intervals and tests against hand-worked values, published tables and each other."""

import math
import random
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.scoring.statistics import (
    PairedCounts,
    detectable_effect,
    difference,
    holm,
    interval,
    intervals,
    mcnemar,
    randomisation,
    resampled,
    tally,
    wilson,
)


def apart(n: int) -> list[str]:
    """Every question its own cluster."""
    return [f"article {i}" for i in range(n)]


def normal(n: int, *, seed: int = 0) -> list[float]:
    source = random.Random(seed)  # noqa: S311  a fixed sample, no secret
    return [source.gauss(0.5, 0.1) for _ in range(n)]


def test_the_bootstrap_agrees_with_the_standard_error_of_a_mean() -> None:
    values = normal(400)

    found = interval(values, apart(400))

    reach = 1.96 * float(np.std(values)) / math.sqrt(400)
    assert found.value == pytest.approx(np.mean(values))
    assert (found.low, found.high) == pytest.approx(
        (found.value - reach, found.value + reach), abs=reach / 20
    )
    assert found.n == 400


def test_questions_about_one_article_count_as_one_observation() -> None:
    values = normal(40)
    tripled = [value for value in values for _ in range(3)]
    clusters = [name for name in apart(40) for _ in range(3)]

    alone, together = interval(values, apart(40)), interval(tripled, clusters)

    assert (together.low, together.high) == pytest.approx((alone.low, alone.high), abs=0.002)
    blind = interval(tripled, apart(120))
    assert blind.high - blind.low < 0.7 * (together.high - together.low)


def test_a_large_cluster_weighs_by_its_questions() -> None:
    assert interval([1.0, 0.5, 0.0, 0.0], ["a", "b", "b", "b"]).value == pytest.approx(0.375)


def test_the_same_seed_gives_the_same_interval_and_another_a_different_one() -> None:
    values = normal(30)

    first, again = interval(values, apart(30)), interval(values, apart(30))

    assert first == again
    assert first != interval(values, apart(30), seed=1)


def test_measures_taken_together_have_the_intervals_they_have_alone() -> None:
    one, other = normal(50), normal(50, seed=1)

    both = intervals(np.column_stack([one, other]), apart(50))

    assert [(each.low, each.high) for each in both] == [
        pytest.approx((each.low, each.high))
        for each in (interval(one, apart(50)), interval(other, apart(50)))
    ]


def test_all_right_is_not_certain() -> None:
    found = interval([1.0] * 20, apart(20))

    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.8389, abs=1e-4)


def test_all_right_on_few_articles_is_less_certain_still() -> None:
    found = interval([1.0] * 20, ["a"] * 10 + ["b"] * 10)

    assert found.low == pytest.approx(wilson(2, 2).low)
    assert found.n == 20


def test_an_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one for each"):
        interval([], [])
    with pytest.raises(ValueError, match="2 values in 1 clusters"):
        interval([1.0, 0.0], ["a"])


def test_seven_hundred_questions_take_a_moment() -> None:
    values, clusters = normal(700), apart(700)

    began = time.process_time()
    interval(values, clusters)

    assert time.process_time() - began < 2


def test_any_statistic_is_resampled_as_a_mean_is() -> None:
    values = np.array([value for value in normal(40) for _ in range(2)])
    clusters = [name for name in apart(40) for _ in range(2)]

    mean, never = resampled(lambda rows: [float(values[rows].mean()), math.nan], clusters)

    known = interval(values.tolist(), clusters)
    assert mean.value == pytest.approx(known.value)
    assert (mean.low, mean.high) == pytest.approx((known.low, known.high), abs=0.01)
    assert mean.n == 80
    assert math.isnan(never.low)


def test_a_difference_is_paired() -> None:
    a = normal(100)
    b = [value + 0.01 for value in a]

    found = difference(a, b, apart(100))

    assert (found.value, found.low, found.high) == pytest.approx((0.01, 0.01, 0.01))


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        pytest.param(81, 263, 0.2553, 0.3662, id="Newcombe 1998, table I"),
        pytest.param(15, 148, 0.0624, 0.1605, id="Newcombe 1998, second"),
        pytest.param(0, 20, 0.0, 0.1611, id="none"),
        pytest.param(1, 29, 0.0061, 0.1718, id="one"),
    ],
)
def test_wilson_gives_the_published_intervals(
    successes: int, n: int, low: float, high: float
) -> None:
    found = wilson(successes, n)

    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_own_value_and_stays_a_proportion(case: tuple[int, int]) -> None:
    found = wilson(*case)

    assert 0 <= found.low <= found.value <= found.high <= 1


def test_wilson_refuses_what_is_no_proportion() -> None:
    with pytest.raises(ValueError, match="3 successes of 2"):
        wilson(3, 2)


def test_few_questions_are_tested_exactly() -> None:
    """Five of five better by the same: two of the 32 sign patterns are as extreme."""
    assert randomisation([0.0] * 5, [1.0] * 5, apart(5)) == pytest.approx(2 / 32)


def test_a_question_without_a_difference_changes_nothing() -> None:
    assert randomisation([0.0] * 5 + [1.0], [1.0] * 6, apart(6)) == pytest.approx(2 / 32)


def test_equal_runs_do_not_differ() -> None:
    assert randomisation([0.3] * 20, [0.3] * 20, apart(20)) == 1.0


def test_questions_about_one_article_flip_together() -> None:
    assert randomisation([0.0] * 4, [1.0] * 4, ["a", "a", "b", "b"]) == pytest.approx(0.5)


def test_the_sampled_test_agrees_with_the_exact_one() -> None:
    """Zeros and ones: the sign test, which McNemar's is too."""
    a, b = [0.0] * 22 + [1.0] * 10, [1.0] * 22 + [0.0] * 10

    sampled = randomisation(a, b, apart(32))

    assert sampled == pytest.approx(mcnemar(a, b), abs=0.01)
    assert sampled == randomisation(a, b, apart(32))


def test_the_sampled_test_never_claims_certainty() -> None:
    assert randomisation([0.0] * 60, [1.0] * 60, apart(60)) == pytest.approx(1 / 10_001)


@pytest.mark.parametrize(
    ("wins", "losses", "p"),
    [
        pytest.param(0, 0, 1.0, id="no difference"),
        pytest.param(5, 0, 2 / 32, id="five to none"),
        pytest.param(8, 2, 2 * (1 + 10 + 45) / 1024, id="eight to two"),
        pytest.param(3, 3, 1.0, id="even"),
    ],
)
def test_mcnemar_counts_the_ways_a_coin_could_fall(wins: int, losses: int, p: float) -> None:
    a = [0.0] * wins + [1.0] * losses + [1.0] * 7
    b = [1.0] * wins + [0.0] * losses + [1.0] * 7

    assert mcnemar(a, b) == pytest.approx(p)
    assert mcnemar(b, a) == pytest.approx(p)


def test_mcnemar_bears_thousands_of_questions() -> None:
    assert mcnemar([0.0] * 3000 + [1.0] * 2000, [1.0] * 3000 + [0.0] * 2000) < 1e-40


def test_wins_losses_and_ties_are_of_the_second_run() -> None:
    assert tally([0.1, 0.5, 0.5, 0.2], [0.3, 0.4, 0.5, 0.2]) == PairedCounts(
        wins=1, losses=1, ties=2
    )


def test_holm_steps_down() -> None:
    """Three times .01, twice .03; .04 once would be less than the one before it."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_never_lowers_a_p_and_keeps_their_order(p_values: list[float]) -> None:
    adjusted = holm(p_values)

    assert all(p <= a <= 1 for p, a in zip(p_values, adjusted, strict=True))
    in_order = [a for _, a in sorted(zip(p_values, adjusted, strict=True))]
    assert in_order == sorted(in_order)


def test_the_detectable_effect_is_the_textbook_one_for_single_questions() -> None:
    """A standard deviation of 1 over 100 questions: (1.960 + 0.842) / 10."""
    values = [math.sqrt(0.99), -math.sqrt(0.99)] * 50

    assert detectable_effect(values, apart(100)) == pytest.approx(0.2802, abs=1e-4)


def test_questions_about_one_article_detect_less() -> None:
    values = [1.0, 1.0, -1.0, -1.0] * 25
    pairs = [f"article {i // 2}" for i in range(100)]

    assert detectable_effect(values, pairs) > 1.3 * detectable_effect(values, apart(100))


def test_one_article_detects_nothing() -> None:
    assert detectable_effect([1.0, 0.0], ["a", "a"]) == math.inf
