"""Which segments are merged: few are left, and a row is written again a few times at most."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stores.vectors.tiers import SegmentSize, merges


def sizes(*rows: int) -> list[SegmentSize]:
    return [SegmentSize(each, each) for each in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((1, 1, 1), [], id="three of a size stay"),
        pytest.param((1, 2, 3, 1), [(0, 1, 2, 3)], id="four become one"),
        pytest.param((9000, 1, 1, 1, 1), [(1, 2, 3, 4)], id="a large one stays"),
        pytest.param(
            (5, 6, 7, 1, 1, 1, 2), [(0, 1, 2, 3, 4, 5, 6)], id="and is one of four itself"
        ),
    ],
)
def test_four_of_one_size_become_one(rows: tuple[int, ...], expected: list[object]) -> None:
    assert merges(sizes(*rows)) == expected


def test_a_segment_with_many_removed_rows_is_written_again() -> None:
    assert merges([SegmentSize(100, 74), SegmentSize(100, 75)]) == [(0,)]


def test_a_segment_without_a_live_row_is_in_no_group() -> None:
    assert merges([SegmentSize(9, 0), *sizes(1, 1, 1, 1)]) == [(1, 2, 3, 4)]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=300))
def test_rows_added_in_any_steps_are_in_few_segments_and_rarely_written_again(
    steps: list[int],
) -> None:
    segments: list[tuple[int, int]] = []
    written = 0
    for step in steps:
        segments.append((step, 0))
        groups = merges(sizes(*(rows for rows, _ in segments)))
        merged = [
            (sum(segments[n][0] for n in group), 1 + max(segments[n][1] for n in group))
            for group in groups
        ]
        left = {n for group in groups for n in group}
        segments = [each for n, each in enumerate(segments) if n not in left] + merged
        written = max(written, *(times for _, times in segments))

    classes = 1 + log(sum(steps), 4)
    assert len(segments) <= 3 * classes
    assert written <= classes
