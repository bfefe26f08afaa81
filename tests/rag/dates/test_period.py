"""Which dates a question speaks of, asked on Wednesday 18 September 2024."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Filter
from rag.dates.period import period_in

ASKED = datetime(2024, 9, 18, 15, 30, tzinfo=UTC)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants naive bounds
UNITS = ("week", "month", "quarter", "year")


def read(text: str, as_of: datetime = ASKED) -> tuple[str, str | None, str | None] | None:
    """The words, and the first and the last day."""
    period = period_in(text, as_of)
    if period is None:
        return None
    first, end = period.filter.published_from, period.filter.published_to
    return (
        period.span.of(text),
        first.date().isoformat() if first else None,
        (end - timedelta(days=1)).date().isoformat() if end else None,
    )


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2024-09-18", "2024-09-18"),
        ("yesterday", "2024-09-17", "2024-09-17"),
        ("the day before yesterday", "2024-09-16", "2024-09-16"),
        ("last night", "2024-09-17", "2024-09-18"),
        ("this week", "2024-09-16", "2024-09-22"),
        ("last week", "2024-09-09", "2024-09-15"),
        ("earlier this month", "2024-09-01", "2024-09-30"),
        ("last month", "2024-08-01", "2024-08-31"),
        ("last quarter", "2024-04-01", "2024-06-30"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("over the weekend", "2024-09-14", "2024-09-15"),
        ("last weekend", "2024-09-14", "2024-09-15"),
        ("in the past week", "2024-09-11", "2024-09-18"),
        ("in the last three days", "2024-09-15", "2024-09-18"),
        ("in the last 36 hours", "2024-09-16", "2024-09-18"),
        ("two weeks ago", "2024-09-02", "2024-09-08"),
        ("a year ago today", "2023-09-18", "2023-09-18"),
        ("two weeks ago today", "2024-09-04", "2024-09-04"),
        ("this day last month", "2024-08-18", "2024-08-18"),
        ("a fortnight ago", "2024-09-02", "2024-09-08"),
        ("three days ago", "2024-09-15", "2024-09-15"),
        ("a month ago", "2024-08-01", "2024-08-31"),
        ("on Tuesday", "2024-09-17", "2024-09-17"),
        ("on Wednesday", "2024-09-18", "2024-09-18"),
        ("last Wednesday", "2024-09-11", "2024-09-11"),
        ("last Friday", "2024-09-13", "2024-09-13"),
        ("on friday night", "2024-09-13", "2024-09-13"),
        ("since Monday", "2024-09-16", None),
        ("since last month", "2024-08-01", None),
        ("before yesterday", None, "2024-09-16"),
        ("until last Friday", None, "2024-09-13"),
        ("between Monday and Wednesday", "2024-09-16", "2024-09-18"),
        ("between Friday and Monday", "2024-09-13", "2024-09-16"),
        ("in May", "2024-05-01", "2024-05-31"),
        ("in September", "2024-09-01", "2024-09-30"),
        ("in October", "2023-10-01", "2023-10-31"),
        ("in mid-June", "2024-06-01", "2024-06-30"),
        ("by March", None, "2024-03-31"),
        ("between November and February", "2023-11-01", "2024-02-29"),
        ("on 3 March", "2024-03-03", "2024-03-03"),
        ("on December 24th", "2023-12-24", "2023-12-24"),
        ("on 29 February", "2024-02-29", "2024-02-29"),
        ("last week on Monday", "2024-09-09", "2024-09-09"),
        ("on Monday last week", "2024-09-09", "2024-09-09"),
        ("on Friday of last week", "2024-09-13", "2024-09-13"),
        ("this week on Tuesday", "2024-09-17", "2024-09-17"),
        ("two weeks ago on Friday", "2024-09-06", "2024-09-06"),
        ("in May and June", "2024-05-01", "2024-06-30"),
        ("in May, June and July", "2024-05-01", "2024-07-31"),
        ("on Monday and Tuesday", "2024-09-16", "2024-09-17"),
        ("from May to July", "2024-05-01", "2024-07-31"),
        ("3 to 9 June", "2024-06-03", "2024-06-09"),
        ("June 3-9", "2024-06-03", "2024-06-09"),
        ("from 3rd to 9th June", "2024-06-03", "2024-06-09"),
        ("between 3 and 9 June", "2024-06-03", "2024-06-09"),
        ("between June 3 and June 9", "2024-06-03", "2024-06-09"),
        ("from 28 May to 3 June", "2024-05-28", "2024-06-03"),
        ("on 25 to 30 September", "2023-09-25", "2023-09-30"),
        ("in the first week of May", "2024-05-01", "2024-05-07"),
        ("in the last week of April", "2024-04-24", "2024-04-30"),
        ("in the first two weeks of May", "2024-05-01", "2024-05-14"),
        ("in the second half of June", "2024-06-16", "2024-06-30"),
        ("at the end of May", "2024-05-21", "2024-05-31"),
        ("in the last weekend of August", "2024-08-24", "2024-08-25"),
        ("over the weekend of 1 June", "2024-06-01", "2024-06-02"),
        ("on the weekend of June 3", "2024-06-01", "2024-06-02"),
        ("on the weekend of 7 June", "2024-06-08", "2024-06-09"),
        ("in the week of 5 June", "2024-06-03", "2024-06-09"),
        ("in the week ending 9 June", "2024-06-03", "2024-06-09"),
        ("in early May", "2024-05-01", "2024-05-31"),
        ("in mid May", "2024-05-01", "2024-05-31"),
    ],
)
def test_an_incomplete_date_depends_on_the_day_of_asking(
    words: str, first: str | None, last: str | None
) -> None:
    question = f"What did the council decide {words}?"

    period = period_in(question, ASKED)

    assert read(question) == (words, first, last)
    assert period is not None
    assert period.derived
    assert period_in(question) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("between July 2024 and March 2024", "2024-03-01", "2024-07-31"),
        ("in Q2 2024", "2024-04-01", "2024-06-30"),
        ("in the third quarter of 2023", "2023-07-01", "2023-09-30"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("on Monday, 2 September 2024", "2024-09-02", "2024-09-02"),
        ("between March and September 2023", "2023-03-01", "2023-09-30"),
        ("from November to March 2023", "2022-11-01", "2023-03-31"),
        ("in May and June 2023", "2023-05-01", "2023-06-30"),
        ("in 2019 and 2020", "2019-01-01", "2020-12-31"),
        ("on 3-9 June 2023", "2023-06-03", "2023-06-09"),
        ("from June 3 - 9, 2023", "2023-06-03", "2023-06-09"),
        ("between 3 June and 9 June 2023", "2023-06-03", "2023-06-09"),
        ("in the second week of May 2023", "2023-05-08", "2023-05-14"),
        ("in the first three months of 2023", "2023-01-01", "2023-03-31"),
    ],
)
def test_a_date_with_a_year_needs_no_day_of_asking(words: str, first: str, last: str) -> None:
    period = period_in(f"What happened {words}?", ASKED)

    assert read(f"What happened {words}?") == (words, first, last)
    assert period is not None
    assert not period.derived


@pytest.mark.parametrize(
    "text",
    [
        "What has changed since the summit?",
        "What may happen?",
        "What was said by May?",
        "What did Theresa May say after May resigned?",
        "Who may march in March Madness?",
        "Who spoke in April Jones's case?",
        "What was on Black Friday?",
        "Who wrote it in the Sunday Times?",
        "What does USA Today say?",
        "What did he do in his last year as mayor?",
        "What happened in the last week of the campaign?",
        "What is in last year's budget?",
        "What happens next week?",
        "What opens this Friday?",
        "What was said recently?",
        "What was said a few days ago?",
        "What happened last summer?",
        "What happened since 9/11?",
        "How much did the fair lose from 3 to 9 people?",
        "What did May and June say?",
        "Who was it from May?",
        "What was decided between 30 and 31 June?",
        "Who won 3 to 1?",
        "Who said “we met last week” about it?",
        "Were over 2019 jobs lost?",
        "What was decided at this 2019 summit?",
    ],
)
def test_a_doubtful_date_is_not_a_period(text: str) -> None:
    assert period_in(text, ASKED) is None


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("What did yesterday's vote decide?", "yesterday's", "2024-09-17"),
        ("Who opposed it at Friday’s meeting?", "Friday’s", "2024-09-13"),
        ("Who lost in last week's vote?", "in last week's", "2024-09-09"),
    ],
)
def test_a_possessive_date_starts_a_period_without_an_end(
    text: str, words: str, first: str
) -> None:
    assert read(text) == (words, first, None)


def test_days_are_in_utc() -> None:
    early = datetime(2024, 9, 18, 3, tzinfo=timezone(timedelta(hours=9)))

    assert read("yesterday", early) == ("yesterday", "2024-09-16", "2024-09-16")


@pytest.mark.parametrize(
    "edge", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
@pytest.mark.parametrize("words", ["a century of 999 years ago", "last year", "since yesterday"])
def test_the_first_and_last_instants_do_not_fail(edge: datetime, words: str) -> None:
    period = period_in(f"What happened {words}, this week?", edge)

    assert period is None or not period.searched.empty


def test_a_range_is_searched_some_days_longer_and_a_year_without_an_end() -> None:
    month, year = period_in("in May 2024"), period_in("last year", ASKED)
    week = period_in("this week", ASKED)

    assert month is not None
    assert month.searched == Filter(
        datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 6, 4, tzinfo=UTC)
    )
    assert week is not None
    assert week.searched == Filter(
        datetime(2024, 9, 12, tzinfo=UTC), datetime(2024, 9, 26, tzinfo=UTC)
    )
    assert year is not None
    assert year.searched == Filter(published_from=datetime(2023, 1, 1, tzinfo=UTC))


def test_a_bare_year_does_not_limit_publication() -> None:
    told = {words: period_in(words, ASKED) for words in ("in 1966", "in the 1990s", "last year")}

    assert {words: period and period.of_publication for words, period in told.items()} == {
        "in 1966": False,
        "in the 1990s": False,
        "last year": True,
    }


@given(instants, st.sampled_from(UNITS))
def test_this_week_contains_the_day_of_asking_and_last_week_ends_where_it_begins(
    as_of: datetime, unit: str
) -> None:
    this, last = period_in(f"this {unit}", as_of), period_in(f"last {unit}", as_of)

    assert this is not None
    assert last is not None
    assert this.filter.published_from is not None
    assert this.filter.published_to is not None
    assert this.filter.published_from <= as_of < this.filter.published_to
    assert last.filter.published_to == this.filter.published_from


@given(instants, st.integers(1, 400), st.sampled_from(("day", *UNITS)))
def test_the_last_n_days_end_with_the_day_of_asking(as_of: datetime, count: int, unit: str) -> None:
    period = period_in(f"in the last {count} {unit}s", as_of)

    assert period is not None
    first, end = period.filter.published_from, period.filter.published_to
    assert end is not None
    assert end - timedelta(days=1) <= as_of < end
    assert first is not None
    assert first <= as_of - timedelta(days=count - 1)


@given(
    instants,
    st.sampled_from("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
)
def test_a_weekday_is_the_latest_such_day(as_of: datetime, name: str) -> None:
    on, last = read(f"on {name}", as_of), read(f"last {name}", as_of)

    assert on is not None
    assert last is not None
    day, earlier = date.fromisoformat(on[1] or ""), date.fromisoformat(last[1] or "")
    assert (f"{day:%A}", f"{earlier:%A}") == (name, name)
    assert timedelta() <= as_of.date() - day < timedelta(days=7)
    assert timedelta() < as_of.date() - earlier <= timedelta(days=7)


@given(
    instants,
    st.lists(
        st.sampled_from(
            "in on since last this the 3 May 2024 week ago two 's to between and".split()
        ),
        max_size=8,
    ),
)
def test_no_order_of_date_words_fails(as_of: datetime, words: list[str]) -> None:
    period = period_in(" ".join(words), as_of)

    assert period is None or period.filter != Filter()


@pytest.mark.parametrize(
    "question",
    [
        "What happened on 29 February 2023?",
        "What happened on 2024-13-45?",
        "Will the ferry sail on Friday?",
        "Will the strike last 3 days?",
        "What will open in May?",
    ],
)
def test_impossible_and_future_days_are_not_periods(question: str) -> None:
    assert read(question) is None


def test_a_statement_of_last_week_about_the_future_is_of_last_week() -> None:
    assert read("What did the board say last week will happen?") is not None


def test_a_year_before_the_29th_of_february_is_the_28th() -> None:
    leap = datetime(2024, 2, 29, 12, tzinfo=UTC)

    assert read("What happened a year ago today?", leap) == (
        "a year ago today",
        "2023-02-28",
        "2023-02-28",
    )
