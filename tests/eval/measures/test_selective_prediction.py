"""Refusing: SQuAD 2.0 worked by hand, areas against their definitions, calibration."""

import math
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.calibration import Bin, brier, ece, reliability
from eval.measures.selective_prediction import (
    REFUSE_ALL,
    Point,
    at_threshold,
    aurc,
    auroc,
    average_precision,
    coverage_at,
    fit_threshold,
    risk_coverage,
)
from eval.measures.squad import Attempt, squad2

Answered = list[tuple[float, bool]]

answered = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]), st.booleans()))
some = answered.filter(bool)


def apart(pairs: Answered) -> tuple[list[float], list[bool]]:
    return [confidence for confidence, _ in pairs], [right for _, right in pairs]


ATTEMPTS = [
    Attempt("red boat", 0.9, ("the red boat",)),
    Attempt("blue cat", 0.6, ("blue boat",)),
    Attempt("green", 0.7, ()),
    Attempt("", 0.1, ()),
    Attempt("grey", 0.2, ("grey",)),
]


def test_squad2_answering_everything() -> None:
    figures = squad2(ATTEMPTS)

    assert figures["exact"] == pytest.approx(3 / 5)
    assert figures["f1"] == pytest.approx(3.5 / 5)
    assert figures["HasAns_exact"] == pytest.approx(2 / 3)
    assert figures["HasAns_f1"] == pytest.approx(2.5 / 3)
    assert figures["NoAns_exact"] == figures["NoAns_f1"] == 1 / 2
    assert [figures[f"{part}total"] for part in ("", "HasAns_", "NoAns_")] == [5, 3, 2]


def test_squad2_abstains_above_the_threshold_only() -> None:
    figures = squad2(ATTEMPTS, threshold=1 - 0.7)

    assert figures["HasAns_f1"] == pytest.approx(1 / 3)
    assert figures["NoAns_f1"] == 1 / 2
    assert squad2(ATTEMPTS, threshold=0.29)["NoAns_f1"] == 1


def test_squad2_best_threshold() -> None:
    """Abstaining scores 2; then +1, -1, +0 or +.5, +1, and +0 for the empty text."""
    figures = squad2(ATTEMPTS)

    assert figures["best_exact"] == pytest.approx(3 / 5)
    assert figures["best_exact_thresh"] == pytest.approx(0.1)
    assert figures["best_f1"] == pytest.approx(3.5 / 5)
    assert figures["best_f1_thresh"] == pytest.approx(0.8)


def test_squad2_where_abstaining_is_best() -> None:
    figures = squad2([Attempt("boat", 0.9, ()), Attempt("cat", 0.8, ("dog",))])

    assert (figures["best_f1"], figures["best_f1_thresh"]) == (1 / 2, 0)


def test_a_missing_attempt_counts_nothing_even_where_silence_is_right() -> None:
    figures = squad2([Attempt(None, 0.0, ()), Attempt(None, 0.0, ("boat",))], threshold=0.5)

    assert figures["f1"] == figures["NoAns_f1"] == figures["HasAns_f1"] == figures["best_f1"] == 0
    assert figures["total"] == 2


def test_parts_without_questions_have_no_figures() -> None:
    assert "NoAns_f1" not in squad2([Attempt("boat", 0.9, ("boat",))])
    assert squad2([]) == {}


def test_a_hand_worked_auroc_with_a_tie() -> None:
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)


@given(answered)
def test_auroc_is_the_share_of_pairs_in_order(pairs: Answered) -> None:
    above = [confidence for confidence, right in pairs if right]
    below = [confidence for confidence, right in pairs if not right]
    wins = sum((a > b) + (a == b) / 2 for a in above for b in below)

    area = auroc(*apart(pairs))

    if above and below:
        assert area == pytest.approx(wins / len(above) / len(below))
    else:
        assert math.isnan(area)


def test_a_hand_worked_average_precision() -> None:
    assert average_precision([4, 3, 2, 1], [True, False, True, False]) == pytest.approx(
        (1 + 2 / 3) / 2
    )


@given(some.filter(lambda pairs: any(right for _, right in pairs)))
def test_average_precision_of_equal_confidences_is_the_base_rate(pairs: Answered) -> None:
    _, right = apart(pairs)

    assert average_precision([0.5] * len(pairs), right) == pytest.approx(sum(right) / len(right))


def test_average_precision_of_nothing_positive_is_not_a_number() -> None:
    assert math.isnan(average_precision([], []))
    assert math.isnan(average_precision([0.5], [False]))


def test_a_hand_worked_risk_coverage_curve() -> None:
    points = risk_coverage([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0])

    assert points == [Point(0.9, 1 / 4, 1.0), Point(0.5, 3 / 4, 2 / 3), Point(0.1, 1.0, 1 / 2)]
    assert [point.risk for point in points] == pytest.approx([0, 1 / 3, 1 / 2])


@given(some)
def test_each_point_of_the_curve_is_the_result_of_its_threshold(pairs: Answered) -> None:
    confidences, right = apart(pairs)

    points = risk_coverage(confidences, right)

    assert points[-1].coverage == 1
    assert all(strict.coverage < loose.coverage for strict, loose in pairwise(points))
    for point in points:
        assert point == at_threshold(confidences, right, point.threshold)


def test_a_hand_worked_aurc() -> None:
    assert aurc([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0]) == pytest.approx(
        (0 + 1 / 2 + 1 / 3 + 2 / 4) / 4
    )


@given(st.lists(st.tuples(st.sampled_from([0.3, 0.6]), st.booleans()), min_size=1, max_size=5))
def test_aurc_with_ties_is_the_mean_over_their_orders(pairs: Answered) -> None:
    areas = []
    for order in permutations(pairs):
        surest = sorted(order, key=lambda pair: -pair[0])
        wrong = [sum(not right for _, right in surest[:n]) / n for n in range(1, len(pairs) + 1)]
        areas.append(sum(wrong) / len(wrong))

    assert aurc(*apart(pairs)) == pytest.approx(sum(areas) / len(areas))


def test_coverage_is_the_largest_at_which_the_accuracy_holds() -> None:
    confidences, right = [0.9, 0.8, 0.7, 0.6, 0.5], [True, False, True, True, False]

    assert coverage_at(confidences, right, 0.75) == 4 / 5
    assert coverage_at(confidences, right, 0.9) == 1 / 5
    assert coverage_at(confidences, right, 0.6) == 1


def test_an_accuracy_out_of_reach_covers_nothing_and_refuses_everything() -> None:
    assert coverage_at([0.9, 0.8], [False, True], 0.8) == coverage_at([], [], 0.8) == 0
    assert fit_threshold([0.9, 0.8], [False, True], 0.8) == REFUSE_ALL
    assert at_threshold([0.9, 1.0], [True, True], REFUSE_ALL) == Point(REFUSE_ALL, 0.0, 0.0)


@pytest.mark.parametrize(("right", "n"), [(8, 10), (9, 10), (19, 20), (95, 100)])
def test_an_accuracy_met_exactly_is_met(right: int, n: int) -> None:
    assert coverage_at([0.5] * n, [1] * right + [0] * (n - right), right / n) == 1


@given(some, st.sampled_from([0.5, 0.8, 0.95]))
def test_a_fitted_threshold_reaches_the_promised_coverage(pairs: Answered, accuracy: float) -> None:
    confidences, right = apart(pairs)

    point = at_threshold(confidences, right, fit_threshold(confidences, right, accuracy))

    assert point.coverage == coverage_at(confidences, right, accuracy)
    assert point.accuracy >= accuracy or point.coverage == 0


def test_a_threshold_fitted_on_one_part_is_frozen_for_the_other() -> None:
    threshold = fit_threshold([0.9, 0.6, 0.3], [True, True, False], 0.9)

    assert threshold == 0.6
    assert at_threshold([0.8, 0.6, 0.5], [True, False, True], threshold) == Point(0.6, 2 / 3, 1 / 2)


def test_a_hand_worked_reliability_diagram() -> None:
    bins = reliability([0.1, 0.3, 0.5, 1.0], [0, 1, 1, 1], bins=2)

    assert bins == [Bin(0.0, 0.5, 2, 0.2, 0.5), Bin(0.5, 1.0, 2, 0.75, 1.0)]


def test_a_hand_worked_ece_and_brier() -> None:
    confidences, right = [0.1, 0.3, 0.5, 1.0], [0, 1, 1, 1]

    assert ece(confidences, right, bins=2) == pytest.approx((2 * 0.3 + 2 * 0.25) / 4)
    assert brier(confidences, right) == pytest.approx((0.01 + 0.49 + 0.25 + 0) / 4)


@given(some)
def test_perfect_confidence_has_no_error_and_its_opposite_all(pairs: Answered) -> None:
    _, right = apart(pairs)
    wrong = [not each for each in right]

    assert ece(right, right) == brier(right, right) == 0
    assert ece(right, wrong) == brier(right, wrong) == 1


@given(some)
def test_bins_hold_every_question_once(pairs: Answered) -> None:
    bins = reliability(*apart(pairs))

    assert sum(each.n for each in bins) == len(pairs)
    assert all(each.low <= each.confidence <= each.high for each in bins)


def test_nothing_to_measure_is_not_a_number() -> None:
    assert all(math.isnan(measure([], [])) for measure in (auroc, aurc, ece, brier))
    assert not risk_coverage([], [])
    assert not reliability([], [])
