"""Columns against the plain reading of the same facts, one passage at a time."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.documents import Filter, Passage, Span
from index.errors import DamagedIndexError
from index.stores.search.columns import write_columns
from index.stores.search.passage_table import MISSING, PassageTable, columns_of
from index.stores.timestamps import instant, seconds

OUTLETS = ("Straße", "The Gazette", "the gazette", "Zürcher Bote\x00")
instants = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
names = st.sampled_from([*OUTLETS, "STRASSE", "Elsewhere"])
filters = st.builds(
    Filter,
    published_from=st.none() | instants,
    published_to=st.none() | instants,
    outlets=st.lists(names, max_size=3).map(tuple),
    as_of=st.none() | instants,
)


@st.composite
def some_columns(draw: st.DrawFn) -> PassageTable:
    ids = draw(st.lists(st.text(max_size=5), max_size=5, unique=True))
    passages = draw(st.sets(st.integers(1, 10**12), max_size=12)) if ids else set()
    n, m = len(passages), len(ids)
    starts = draw(st.lists(st.integers(0, 1000), min_size=n, max_size=n))
    dates = draw(st.lists(st.none() | instants, min_size=m, max_size=m))
    return PassageTable(
        passage=np.array(sorted(passages), np.int64),
        article=np.array(draw(st.lists(rows(m), min_size=n, max_size=n)), np.int32),
        start=np.array(starts, np.int32),
        end=np.array(starts, np.int32) + np.int32(7),
        embedded=np.array(starts, np.int32) % 2 == 0,
        article_ids=tuple(ids),
        revisions=tuple(f"revision of {article_id}" for article_id in ids),
        published=np.array([MISSING if day is None else seconds(day) for day in dates], np.int64),
        outlet=np.array(draw(st.lists(rows(5), min_size=m, max_size=m)), np.int32) - np.int32(1),
        outlets=OUTLETS,
        statement=np.array(sorted(draw(st.sets(st.integers(1, 10**12), max_size=5))), np.int64),
        story=np.where(draw(st.lists(st.booleans(), min_size=m, max_size=m)), 0, range(m)).astype(
            np.int32
        ),
    )


def rows(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, max(count - 1, 0))


def three_passages() -> PassageTable:
    return PassageTable(
        passage=np.array([3, 5, 9], np.int64),
        article=np.array([0, 0, 1], np.int32),
        start=np.array([0, 10, 0], np.int32),
        end=np.array([10, 25, 8], np.int32),
        embedded=np.array([True, False, True]),
        article_ids=("a", "b"),
        revisions=("r1", "r2"),
        published=np.array([seconds(datetime(2024, 5, 1, tzinfo=UTC)), MISSING], np.int64),
        outlet=np.array([0, -1], np.int32),
        outlets=("The Gazette",),
        statement=np.array([2, 7], np.int64),
        story=np.array([0, 0], np.int32),
    )


def seen(columns: PassageTable, wanted: Filter) -> list[bool]:
    mask = columns.mask(wanted)
    if mask is None:
        return [True] * len(columns)
    assert mask.dtype == np.bool_
    return list(mask.tolist())


def test_a_filter_that_all_articles_pass_needs_no_mask() -> None:
    dated = replace(three_passages(), published=np.array([5, 6], np.int64))
    now = datetime(2025, 1, 1, tzinfo=UTC)

    assert dated.mask(Filter(as_of=now)) is None
    assert three_passages().mask(Filter(as_of=now)) is not None  # one has no date


def same(left: PassageTable, right: PassageTable) -> bool:
    pairs = [(getattr(left, name), getattr(right, name)) for name in PassageTable.__slots__]
    return all(
        (a.dtype == b.dtype and np.array_equal(a, b)) if isinstance(a, np.ndarray) else a == b
        for a, b in pairs
    )


def visible(columns: PassageTable, row: int, wanted: Filter) -> bool:
    """The rule as a reader would state it."""
    article = columns.article[row]
    second, outlet = int(columns.published[article]), int(columns.outlet[article])
    date = None if second == MISSING else instant(second)
    after = wanted.published_from is None or (date is not None and date >= wanted.published_from)
    before = wanted.published_to is None or (date is not None and date < wanted.published_to)
    known_by_then = wanted.as_of is None or (date is not None and date <= wanted.as_of)
    folded = {name.casefold() for name in wanted.outlets}
    known = not folded or (outlet >= 0 and columns.outlets[outlet].casefold() in folded)
    return after and before and known and known_by_then


@given(some_columns(), filters)
def test_a_mask_shows_exactly_the_passages_the_filter_describes(
    columns: PassageTable, wanted: Filter
) -> None:
    mask = columns.mask(wanted)

    expected = [visible(columns, row, wanted) for row in range(len(columns))]
    assert all(expected) if mask is None else mask.tolist() == expected


@given(some_columns(), st.lists(st.integers(0, 10**12), max_size=5))
def test_rows_finds_each_passage_it_holds_and_no_other(
    columns: PassageTable, others: list[int]
) -> None:
    held = columns.passage.tolist()
    asked = [*others, *held[::-1]]

    found = columns.rows(np.array(asked, np.int64))

    assert found.dtype == np.int64
    assert found.tolist() == [held.index(each) if each in held else -1 for each in asked]


@given(some_columns())
def test_what_is_saved_is_what_is_loaded(columns: PassageTable) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "columns.bin"

        columns.save(path)

        assert same(PassageTable.load(path), columns)


@given(st.data())
def test_a_damaged_file_is_named_damaged_or_is_a_table_of_other_values(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "columns.bin"
        three_passages().save(path)
        content = bytearray(path.read_bytes())
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(content[: data.draw(st.integers(0, len(content)))])

        try:
            columns = PassageTable.load(path)
        except DamagedIndexError:
            return

        assert same(columns, three_passages())


def test_a_passage_stands_at_its_row() -> None:
    columns = three_passages()

    passage = columns.passage_at(1)

    assert len(columns) == 3
    assert passage == Passage(5, "a", "r1", Span(10, 25))
    assert type(passage.id) is int
    assert type(passage.span.end) is int


def test_passages_come_in_the_order_of_their_rows() -> None:
    columns = three_passages()

    passages = columns.passages_at(np.array([2, 0, 1], np.int64))

    assert passages == [columns.passage_at(row) for row in (2, 0, 1)]


def test_the_end_of_a_date_range_is_left_out_and_its_beginning_kept() -> None:
    day, next_day = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC)

    assert seen(three_passages(), Filter(day, next_day)) == [True, True, False]
    assert seen(three_passages(), Filter(published_to=day)) == [False] * 3


def test_a_bound_inside_a_second_is_not_rounded_down() -> None:
    midnight = datetime(2024, 5, 1, tzinfo=UTC)
    just_after = midnight + timedelta(microseconds=1)

    assert seen(three_passages(), Filter(published_from=just_after)) == [False] * 3
    assert seen(three_passages(), Filter(published_to=just_after)) == [True, True, False]


def test_a_bound_in_another_zone_is_the_same_instant() -> None:
    tokyo = datetime(2024, 5, 1, 9, tzinfo=timezone(timedelta(hours=9)))

    assert seen(three_passages(), Filter(published_from=tokyo)) == [True, True, False]


def test_an_article_without_a_date_matches_no_date_bound() -> None:
    ever = Filter(published_to=datetime(9999, 1, 1, tzinfo=UTC))

    assert seen(three_passages(), ever) == [True, True, False]


def test_no_columns_answer_every_question_with_nothing(tmp_path: Path) -> None:
    nothing = np.array([], np.int32)
    columns = PassageTable(
        nothing.astype(np.int64), nothing, nothing, nothing, nothing.astype(np.bool_), (), (),
        nothing.astype(np.int64), nothing, (), nothing.astype(np.int64), nothing,
    )  # fmt: skip

    columns.save(tmp_path / "columns.bin")

    assert len(PassageTable.load(tmp_path / "columns.bin")) == 0
    assert columns.rows(np.array([4], np.int64)).tolist() == [-1]
    assert seen(columns, Filter(outlets=("The Gazette",))) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("passage", np.array([3, 5, 9], np.int32)),
        ("passage", np.array([5, 3, 9], np.int64)),
        ("passage", np.array([3, 9], np.int64)),
        ("end", np.array([10, 10, 8], np.int32)),
        ("article", np.array([0, 0, 2], np.int32)),
        ("outlet", np.array([0, 1], np.int32)),
        ("published", np.array([0], np.int64)),
        ("statement", np.array([7, 7], np.int64)),
        ("story", np.array([0, 2], np.int32)),
        ("story", np.array([1, 0], np.int32)),
        ("story", np.array([0], np.int32)),
        ("embedded", np.array([1, 0, 2], np.uint8).view(np.bool_)),
        ("embedded", np.array([True])),
        ("outlets.ends", np.array([4], np.int64)),
        ("article_ids.ends", np.array([2, 1], np.int64)),
        ("revisions.ends", np.array([4], np.int64)),
        ("outlets.bytes", np.zeros(9, np.uint8)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_columns_that_do_not_fit_together_are_damaged(
    tmp_path: Path, name: str, value: NDArray[Any]
) -> None:
    path = tmp_path / "columns.bin"
    write_columns(path, columns_of(three_passages()) | {name: value})

    with pytest.raises(DamagedIndexError, match="rebuild"):
        PassageTable.load(path)


def test_a_missing_array_and_a_missing_file_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "columns.bin"
    columns = columns_of(three_passages())
    del columns["end"]
    write_columns(path, columns)

    with pytest.raises(DamagedIndexError, match="end"):
        PassageTable.load(path)
    with pytest.raises(DamagedIndexError, match=r"gone\.npz"):
        PassageTable.load(tmp_path / "gone.npz")


def test_a_plain_array_and_pickled_objects_are_not_columns(tmp_path: Path) -> None:
    np.save(tmp_path / "plain.npy", np.arange(3))
    np.savez(tmp_path / "pickled.npz", passage=np.array([object()]))

    for name in ("plain.npy", "pickled.npz"):
        with pytest.raises(DamagedIndexError, match=name):
            PassageTable.load(tmp_path / name)
