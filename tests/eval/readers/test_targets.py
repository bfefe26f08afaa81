"""Whether a target is met, for measures of which more is better and of which less is."""

import pytest

from eval.readers.targets import TARGETS, Target
from eval.scoring.abstention import STATISTICS
from eval.scoring.measures_by_name import ALL


@pytest.mark.parametrize(
    ("value", "at_most", "verdict"),
    [(0.5, False, "met"), (0.4, False, "missed"), (0.5, True, "met"), (0.6, True, "missed")],
)
def test_a_target_is_met_on_its_own_side(value: float, at_most: bool, verdict: str) -> None:
    assert Target("one", "a/b", 0.5, None, at_most).verdict(value) == verdict


def test_a_row_that_is_only_watched_has_no_verdict() -> None:
    assert Target("one", "a/b", None, None).verdict(0.5) is None


def test_every_target_of_a_set_is_a_measure_of_runs() -> None:
    known = {measure.name for measure in ALL} | STATISTICS.keys()
    sets = ("newsqa/", "onestopqa/", "realtimeqa-as-of/", "polnear/")
    named = {t.measure.partition("/")[2] for t in TARGETS if t.measure.startswith(sets)}

    assert named - known <= {"crag", "crag_always"}
