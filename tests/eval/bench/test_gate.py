"""The gate on our speed: ratios against the plain script, never absolute times."""

import pytest

from eval.bench.gate import FLOORS, measured, shortfalls
from eval.bench.peers import PeerRatios
from eval.bench.ratios import Ratio


def comparison(build: float, search: float) -> PeerRatios:
    build_ratio, search_ratio = (Ratio(mean, None, None, 1) for mean in (build, search))
    return PeerRatios("plain", build_ratio, build_ratio, build_ratio, search_ratio)


def test_ratios_at_their_floors_pass() -> None:
    assert list(shortfalls(comparison(1.0, 2.0), {"build": 1.0, "search": 2.0})) == []


def test_each_ratio_below_its_floor_is_named() -> None:
    [said] = shortfalls(comparison(0.7, 2.0), {"build": 1.0, "search": 2.0})

    assert (
        said == "build: the plain script takes 0.70 times as long as we do, expected at least 1.0"
    )


def test_the_floors_are_of_ratios_that_there_are() -> None:
    assert FLOORS.keys() < PeerRatios.__dataclass_fields__.keys()


@pytest.mark.slow
@pytest.mark.real
def test_the_plain_script_runs_beside_us() -> None:
    report = measured(articles=3, rounds=1)

    [found] = report.comparisons
    assert found.build.mean > 0
    assert [each.name for each in report.systems][-1] == "plain"
