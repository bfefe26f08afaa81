"""The articles themselves: dates that cannot be, much boilerplate, and hardly any text."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from index.language.numbers import counted
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
    words = f"{counted(len(covered), 'article', 'are', of=len(served))} mostly boilerplate"
    yield _unless_many(
        "boilerplate",
        covered,
        among=len(served),
        found=f"{words}, as if extracted badly",
        fine=f"{share:.1%} of all text is boilerplate; {words}.",
    )
    empty = [each.id for each in served if each.length - each.boilerplate < FEWEST]
    words = f"{counted(len(empty), 'article', 'have', of=len(served))} fewer than {FEWEST}"
    words = f"{words} characters of their own"
    yield _unless_many(
        "near-empty articles", empty, among=len(served), found=words, fine=f"{words}."
    )


def _unless_many(check: str, ids: Sequence[str], *, among: int, found: str, fine: str) -> Finding:
    """Articles of which a few are as in any archive."""
    fault = f"{found}: {some(ids)}." if len(ids) > MANY * among else ""
    return graded(check, fault, fine=fine, grade=Grade.WARN, mend="onrecord show ID")


def _date_findings(served: Sequence[ServedArticle], now: datetime) -> Iterator[Finding]:
    latest = seconds(now + AHEAD)
    earliest = seconds(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
    dated = [(each.published, each.id) for each in served if each.published is not None]
    ahead = sorted(f"{name} ({_day(at)})" for at, name in dated if at > latest)
    old = sorted(f"{name} ({_day(at)})" for at, name in dated if at < earliest)
    wrong = [
        f"{counted(len(names), 'article', 'are')} dated {when}: {some(names)}."
        for names, when in ((ahead, "ahead"), (old, f"before {FIRST_YEAR}"))
        if names
    ]
    days = sorted(at for at, _ in dated if earliest <= at <= latest)
    range_ = f", from {_day(days[0])} to {_day(days[-1])}" if days else ""
    yield graded(
        "dates",
        " ".join(wrong),
        fine=f"{counted(len(dated), 'article', 'have', of=len(served))} a date{range_}.",
        grade=Grade.WARN,
        mend="onrecord index add FILE",
    )
    undated = len(served) - len(dated)
    words = f"{counted(undated, 'article', 'have', of=len(served))} no date"
    yield graded(
        "undated articles",
        f"{words}, so that dates in questions do not choose articles."
        if undated > MOST_UNDATED * len(served)
        else "",
        fine=f"{words}.",
        grade=Grade.WARN,
        mend="onrecord index add FILE",
    )


def _day(second: int) -> str:
    try:
        return f"{instant(second):%Y-%m-%d}"
    except OverflowError:
        return "a year that no calendar has"
