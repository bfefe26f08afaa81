"""A threshold is chosen so that few answers are wrong, and broken promises are as rare as said."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom

from rag.guarantee.threshold import (
    DOUBT,
    JudgedAnswer,
    binomial_tail,
    choose,
    fewest_wanted,
    least_promised,
    upper_limit,
)

JUDGED = st.lists(
    st.builds(JudgedAnswer, st.sampled_from([each / 20 for each in range(21)]), st.booleans()),
    max_size=200,
)


def answers(*right: bool) -> list[JudgedAnswer]:
    """The first is the surest."""
    return [JudgedAnswer(1 - place / 10_000, each) for place, each in enumerate(right)]


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.01, 0.99))
def test_the_tail_is_that_of_the_binomial_distribution(
    wrong: int, shown: int, share: float
) -> None:
    assert binomial_tail(wrong, shown, share) == pytest.approx(binom.cdf(wrong, shown, share))


@pytest.mark.parametrize(("wrong", "shown"), [(0, 29), (1, 40), (7, 100), (3, 4), (60, 1000)])
def test_the_upper_limit_is_that_of_clopper_and_pearson(wrong: int, shown: int) -> None:
    exact = beta.ppf(1 - DOUBT, wrong + 1, shown - wrong)

    assert upper_limit(wrong, shown) == pytest.approx(exact, abs=1e-5)


def test_if_all_are_wrong_anything_may_be() -> None:
    assert upper_limit(5, 5) == 1.0


@pytest.mark.parametrize(
    ("max_wrong", "wrong", "wanted"), [(0.1, 0, 29), (0.1, 1, 46), (0.05, 0, 59), (0.2, 0, 14)]
)
def test_so_many_judged_answers_are_wanted(max_wrong: float, wrong: int, wanted: int) -> None:
    assert fewest_wanted(max_wrong, wrong) == wanted


@given(st.floats(0.02, 0.5))
def test_the_fewest_wanted_just_show_it(max_wrong: float) -> None:
    n = fewest_wanted(max_wrong)

    assert (1 - max_wrong) ** n <= DOUBT < (1 - max_wrong) ** (n - 1)


def test_twenty_right_answers_show_no_tenth() -> None:
    assert choose(answers(*[True] * 20), 0.1) is None
    assert choose(answers(*[True] * 29), 0.1) is not None


def test_all_are_shown_where_all_are_right() -> None:
    chosen = choose(answers(*[True] * 100), 0.1)

    assert chosen is not None
    assert (chosen.shown, chosen.wrong, chosen.judged) == (100, 0, 100)


def test_the_lowest_threshold_that_holds_is_chosen() -> None:
    chosen = choose(answers(*[True] * 200, *[False] * 200), 0.1)

    assert chosen is not None
    assert (chosen.shown, chosen.wrong) == (200, 0)


def test_nothing_is_shown_where_too_many_are_wrong_anywhere() -> None:
    assert choose(answers(*[False] * 40, *[True] * 200), 0.1) is None


def test_a_few_wrong_among_the_surest_do_not_end_the_search() -> None:
    chosen = choose(answers(*[False] * 20, *[True] * 800), 0.1)

    assert chosen is not None
    assert chosen.shown == 820


@given(st.integers(29, 400))
def test_so_many_are_enough_however_many_more_there_are(number: int) -> None:
    chosen = choose(answers(*[True] * number), 0.1)

    assert chosen is not None
    assert chosen.shown == number


def test_a_part_that_holds_hands_its_share_of_the_doubt_to_the_next() -> None:
    """Three wrong of 80 hold at 5 % and not at 2.5 %, which is what each half has."""
    assert 0.025 < binomial_tail(3, 80, 0.1) < 0.05
    handed_on = choose(answers(*[True] * 40, *[False] * 3, *[True] * 37), 0.1)
    nothing_to_hand_on = choose(answers(*[True] * 37, *[False] * 3, *[True] * 40), 0.1)

    assert handed_on is not None
    assert handed_on.shown == 80
    assert nothing_to_hand_on is None


@given(JUDGED, st.sampled_from([0.05, 0.1, 0.2, 0.3]))
def test_what_is_chosen_holds_for_the_answers_it_was_chosen_on(
    judged: list[JudgedAnswer], max_wrong: float
) -> None:
    chosen = choose(judged, max_wrong)

    if chosen is not None:
        shown = [each for each in judged if each.confidence >= chosen.least_confidence]
        assert chosen.shown == len(shown)
        assert chosen.wrong == sum(not each.right for each in shown)
        assert upper_limit(chosen.wrong, chosen.shown) <= max_wrong + 1e-5


@given(JUDGED, st.randoms(use_true_random=False))
def test_the_order_in_which_they_were_judged_does_not_matter(
    judged: list[JudgedAnswer], chance: random.Random
) -> None:
    shuffled = chance.sample(judged, len(judged))

    assert choose(shuffled, 0.2) == choose(judged, 0.2)


def test_answers_that_are_equally_sure_are_shown_together() -> None:
    judged = [JudgedAnswer(0.5, right=place % 7 > 0) for place in range(100)]

    chosen = choose([replace(each, right=True) for each in judged], 0.1)
    assert choose(judged, 0.1) is None
    assert chosen is not None
    assert chosen.shown == 100


def test_the_least_that_can_be_promised_is_found_in_hundredths() -> None:
    least = least_promised(answers(*[True] * 29))

    assert least is not None
    assert least.max_wrong == 0.1
    assert least_promised([]) is None


def test_a_promise_is_broken_at_most_once_in_twenty_where_the_truth_is_known() -> None:
    """A confidence that is a little too sure, at the edge: the bound is just not held anywhere."""
    chance = random.Random(7)  # noqa: S311  repeatable, not secret
    broken = 0
    for _ in range(400):
        sure = [chance.random() for _ in range(300)]
        judged = [JudgedAnswer(each, chance.random() > 0.11) for each in sure]
        broken += choose(judged, 0.1) is not None

    assert broken <= 0.05 * 400 + 2 * (400 * 0.05 * 0.95) ** 0.5
