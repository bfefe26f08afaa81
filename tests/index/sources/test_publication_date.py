import warnings
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.publication_date import parse_date

MIDNIGHT = datetime(2024, 9, 12, tzinfo=UTC)
EVENING = datetime(2024, 9, 12, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2024-09-12",
        "20240912",
        "2024-W37-4",
        "2024-256",
        "2024/09/12",
        "2024.09.12",
        "12 September 2024",
        "Sept. 12, 2024",
        "September 12th, 2024",
        "Thursday, 12 September 2024",
        "12-Sep-2024",
        " 12\u00a0September 2024\n",
    ],
)
def test_a_day_alone_is_its_midnight_in_utc(written: str) -> None:
    assert parse_date(written) == MIDNIGHT


@pytest.mark.parametrize(
    "written",
    [
        "2024-09-12T17:30:00Z",
        "2024-09-12T17:30:00+00:00",
        "2024-09-12T17:30:00.000Z",
        "20240912T173000Z",
        "2024-09-12 17:30",
        "2024-09-12T19:30:00+02:00",
        "2024-09-12 19:30 CEST",
        "2024-09-12T13:30:00-0400",
        "Thu, 12 Sep 2024 17:30:00 GMT",
        "Thu, 12 Sep 24 17:30:00 +0000",
        "Thu, 12 Sep 2024 13:30:00 -0400 (EDT)",
        "Thu Sep 12 2024 19:30:00 GMT+0200 (Central European Summer Time)",
        "2024-09-12 20:30 UTC+3",
        "Sept. 12, 2024, 5:30 p.m.",
        "12 September 2024 at 5.30pm",
        "Sept. 12, 2024, 1:30 p.m. EDT",
        "12 September 2024 18:30 BST",
    ],
)
def test_a_time_is_moved_to_utc(written: str) -> None:
    moment = parse_date(written)

    assert moment == EVENING
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("written", ["03/04/2024", "03-04-2024", "3.4.2024", "10:30 03/04/2024"])
def test_a_day_that_reads_two_ways_is_refused_naming_both(written: str) -> None:
    with pytest.raises(ValueError, match="4 March 2024 or 3 April 2024") as refusal:
        parse_date(written)

    assert "write 2024-03-04 or 2024-04-03" in str(refusal.value)


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [("13/04/2024", 4, 13), ("04/13/2024", 4, 13), ("03/03/2024", 3, 3), ("2024/03/04", 3, 4)],
)
def test_a_numeric_day_that_reads_one_way_is_taken(written: str, month: int, day: int) -> None:
    assert parse_date(written) == datetime(2024, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["September 2024", "2024-09", "12/2024", "2024-W37", "March 4", "Thursday", "10:30", "noon"],
)
def test_a_date_that_leaves_the_day_open_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="2024-09-12T17:30:00"):
        parse_date(written)


@pytest.mark.parametrize("written", ["1726156800", "1726156800.5", "2024", "20240912173000"])
def test_a_bare_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="bare number"):
        parse_date(written)


@pytest.mark.parametrize("written", ["1/2/24", "24/1/2", "13.9.24"])
def test_a_numeric_day_with_a_short_year_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="year of two digits"):
        parse_date(written)


@pytest.mark.parametrize("written", ["12 September 2024 10:00 IST", "2024-09-12 10:00 XYZ"])
def test_an_unknown_zone_is_refused_without_a_warning(written: str) -> None:
    with warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("always")
        with pytest.raises(ValueError, match="time zone"):
            parse_date(written)

    assert leaked == []


def test_a_zone_that_contradicts_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="EST is not"):
        parse_date("12 September 2024 10:00 EST-0800")


@pytest.mark.parametrize("written", ["0001-01-01", "1499-12-31", "9999-12-31T23:59:59-12:00"])
def test_a_year_no_newspaper_has_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="1500 to 2200"):
        parse_date(written)


@pytest.mark.parametrize(
    "written", ["", " ", "soon", "2024-02-30", "2024-13-04", "2024-09-12T10:00:00+25:00", "9" * 500]
)
def test_what_is_no_date_is_refused_saying_how_to_write_one(written: str) -> None:
    with pytest.raises(ValueError, match="write it like 2024-09-12"):
        parse_date(written)


@given(
    st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2199, 1, 1)),  # noqa: DTZ001 - zones are drawn apart
    st.integers(-14 * 60, 14 * 60),
)
def test_every_iso_instant_is_read_exactly(naive: datetime, minutes: int) -> None:
    instant = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    assert parse_date(instant.isoformat()) == instant


PIECES = [
    "2024",
    "12",
    "9",
    "Sep",
    "h",
    "pm",
    "T",
    "Z",
    "+",
    "-",
    "/",
    ".",
    ":",
    " ",
    "EST",
    "²",
    "1e9",
]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text(max_size=20))
def test_any_string_gives_an_instant_in_utc_or_a_value_error(written: str) -> None:
    try:
        moment = parse_date(written)
    except ValueError:
        return

    assert moment.tzinfo is UTC
