"""The articles themselves: dates that cannot be, much boilerplate, and hardly any text."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from index.maintenance.health.findings import Finding, Grade, graded, some
from index.maintenance.health.stored_articles import ServedArticle
from index.stores.timestamps import instant, seconds

AHEAD = timedelta(days=2)
"""An article may be dated ahead by its place on the globe, and by a night's print."""
FIRST_YEAR = 1900
MOST_UNDATED = 0.5
"""Above, the dates of a question do not choose articles (`rag.retrieval.scope.MOSTLY`)."""
MOST_BOILERPLATE = 0.5
"""Of an article's characters: above, the page may have been extracted badly."""
FEWEST = 200
"""Characters without boilerplate below which an article can hardly answer anything."""
MANY = 0.05
"""Of all articles: fewer are as in any archive."""


def content_findings(served: Sequence[ServedArticle], now: datetime) -> Iterator[Finding]:
    if not served:
        return
    yield from _date_findings(served, now)
    share = sum(each.boilerplate for each in served) / max(1, sum(each.length for each in served))
    covered = [each.id for each in served if each.boilerplate > MOST_BOILERPLATE * each.length]
    yield graded(
        "boilerplate",
        f"{len(covered):,} articles are mostly boilerplate, as if extracted badly: {some(covered)}."
        if len(covered) > MANY * len(served)
        else "",
        fine=f"{share:.1%} of all text is boilerplate; {len(covered):,} articles are mostly that.",
        grade=Grade.WARN,
        mend="onrecord show ID",
    )
    empty = [each.id for each in served if each.length - each.boilerplate < FEWEST]
    yield graded(
        "near-empty articles",
        f"{len(empty):,} articles have fewer than {FEWEST} characters of their own: {some(empty)}."
        if len(empty) > MANY * len(served)
        else "",
        fine=f"{len(empty):,} of {len(served):,} articles have fewer than {FEWEST} characters.",
        grade=Grade.WARN,
        mend="onrecord show ID",
    )


def _date_findings(served: Sequence[ServedArticle], now: datetime) -> Iterator[Finding]:
    latest = seconds(now + AHEAD)
    earliest = seconds(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
    dated = [(each.published, each.id) for each in served if each.published is not None]
    ahead = sorted(f"{name} ({_day(at)})" for at, name in dated if at > latest)
    old = sorted(f"{name} ({_day(at)})" for at, name in dated if at < earliest)
    wrong = [f"{len(ahead):,} articles are dated ahead: {some(ahead)}."] if ahead else []
    if old:
        wrong.append(f"{len(old):,} are dated before {FIRST_YEAR}: {some(old)}.")
    days = sorted(at for at, _ in dated if earliest <= at <= latest)
    range_ = f", from {_day(days[0])} to {_day(days[-1])}" if days else ""
    yield graded(
        "dates",
        " ".join(wrong),
        fine=f"{len(dated):,} of {len(served):,} articles have a date{range_}.",
        grade=Grade.WARN,
        mend="onrecord index add FILE",
    )
    undated = len(served) - len(dated)
    yield graded(
        "undated articles",
        f"{undated:,} of {len(served):,} articles have no date, so that dates in questions do not "
        "choose articles."
        if undated > MOST_UNDATED * len(served)
        else "",
        fine=f"{undated:,} articles have no date.",
        grade=Grade.WARN,
        mend="onrecord index add FILE",
    )


def _day(second: int) -> str:
    try:
        return f"{instant(second):%Y-%m-%d}"
    except OverflowError:
        return "a year that no calendar has"
