"""A server under load in miniature: the real program over a copy of the sample."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench.soak.soaking import Soak, soak

HELD = Soak(
    minutes=1,
    idle={"statuses": {"200": 9}},
    writing={"statuses": {"200": 9, "503": 1}},
    rebuilding={"statuses": {"200": 9}},
    rebuild="done",
    crowd={"200": 900, "503": 100},
    added=50,
    lost=(),
    shown=(),
    resident_mb=(300.0, 310.0),
    dead_maps=0,
    exit_code=0,
)


@pytest.mark.parametrize(
    "worse",
    [
        {"lost": ("a1",)},
        {"shown": ("a1",)},
        {"exit_code": 1},
        {"rebuild": "failed"},
        {"rebuilding": {"statuses": {"200": 9, "RemoteDisconnected": 1}}},
        {"crowd": {"200": 999, "500": 1}},
        {"writing": {"statuses": {"ConnectionResetError": 1}}},
    ],
)
def test_a_soak_holds_unless_something_was_lost_shown_or_answered_otherwise(
    worse: dict[str, object],
) -> None:
    assert HELD.held
    assert not replace(HELD, **worse).held  # type: ignore[arg-type]  # checked by its outcome


@pytest.mark.slow
@pytest.mark.real
@pytest.mark.server
@pytest.mark.enable_socket
def test_the_sample_is_asked_and_written_at_once_and_nothing_is_lost(sample: Path) -> None:
    found = soak(sample, minutes=0.05, size=20, batch=5)

    assert found.held, found
    assert found.added
    assert found.idle["asks"]
    assert found.writing["asks"]
    assert found.rebuilding["asks"]
    assert found.rebuilding["dropped"] == 0
    assert found.dead_maps == 0
