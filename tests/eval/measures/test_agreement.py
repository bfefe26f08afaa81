"""Agreement of two readers, by hand-worked tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.agreement import agreement

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1)


def test_kappa_is_what_is_left_of_agreement_after_chance() -> None:
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15

    found = agreement(first, second)

    assert (found.n, found.share) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)  # expected by chance: .5 * .6 + .5 * .4 = .5


def test_readers_who_always_say_the_same_one_thing_agree() -> None:
    assert agreement(["off", "off"], ["off", "off"]).kappa == 1


def test_readers_who_always_differ_are_below_chance() -> None:
    assert agreement(["yes", "no"], ["no", "yes"]).kappa == -1


def test_nothing_to_agree_on_is_an_error() -> None:
    with pytest.raises(ValueError, match="expected as many of each, and some"):
        agreement([], [])


@given(PAIRS)
def test_agreement_is_mutual_and_never_above_one(pairs: list[tuple[str, str]]) -> None:
    first, second = (list(each) for each in zip(*pairs, strict=True))

    one, other = agreement(first, second), agreement(second, first)

    assert one == other
    assert one.kappa <= 1
