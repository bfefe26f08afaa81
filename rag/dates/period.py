"""The dates that a question names: "in September 2024", "last week", "since Monday".

Future dates, vague dates and events ("since the summit") are not periods: a wrong period would
hide the answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.documents import Filter, Span
from index.language.words import QuestionWord, words_of
from rag.dates.composed import composed_date_at
from rag.dates.days import DAY, DateMatch, DayRange, Grain
from rag.dates.explicit import full_date_at
from rag.dates.relative import STARTS, TRIGGER, relative_date_at
from rag.dates.underspecified import latest_date_at

GRACE = timedelta(days=3)
"""News of a day is printed the next day, news of a weekend by Tuesday."""
WEEK_BEFORE = timedelta(days=4)
"""On a Thursday, "this week" reaches back to the Friday before: of 49 dated questions in
RealTimeQA, 39 had an article in the calendar week and the days after it, 47 with these days."""
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_PREPOSITION = re.compile(
    r"\b(?P<word>in|on|during|within|throughout|since|from|after|before|until|till|by|between"
    r"|over|at)"
    r"(?: (?:the (?:year|month of)|early|late|mid(?=[- ])))?[ -]",
    re.IGNORECASE,
)
_RELATIVE_ONLY = frozenset({"over", "at"})
"""As in "over the weekend"; "over 2019 jobs" is not a date."""
_WHICH = re.compile(r"(last|this|past) ", re.IGNORECASE)
_JOINING = re.compile(r" (?:and|to|until|till|through) (?:(?:in|on) )?|\s?[-–—]\s?", re.IGNORECASE)
_LISTING = re.compile(r", (?:and )?", re.IGNORECASE)
_RANGES = frozenset({"between", "from"})
_LISTS = frozenset({"in", "on", "during", "within", "throughout"})
"""Before "May and June", "May, June and July": all of these, and what lies between."""
_POSSESSIVE = re.compile(r"['’]s\b")
FUTURE_VERBS = r"will|won['’]t|shall"
_FUTURE = re.compile(rf"\b(?:{FUTURE_VERBS}|going to|about to|due to)\b", re.IGNORECASE)
"""Before a date without a year, which may then be in the future: "will it sail on Friday"."""
_TOO_WIDE = frozenset({Grain.QUARTER, Grain.YEAR, Grain.DECADE})
"""News about "last year's budget" may be published at any time."""


@dataclass(frozen=True, slots=True)
class Period:
    """The words of a question that name dates, and the range they mean."""

    span: Span
    filter: Filter
    grain: Grain
    derived: bool = False
    """Whether the dates depend on the day of asking."""

    @property
    def of_publication(self) -> bool:
        """Whether it limits publication: a bare year may be the year of any event."""
        return self.derived or self.grain not in {Grain.YEAR, Grain.DECADE}

    @property
    def searched(self) -> Filter:
        """The publication dates to search: a few days more, and no end for a year or quarter."""
        if self.grain in _TOO_WIDE and self.filter.published_from:
            return Filter(published_from=self.filter.published_from)
        search_range = with_grace(self.filter)
        if self.grain is Grain.WEEK and search_range.published_from and search_range.published_to:
            room = search_range.published_from - _FIRST
            return Filter(
                search_range.published_from - min(WEEK_BEFORE, room), search_range.published_to
            )
        return search_range


def period_in(text: str, as_of: datetime | None = None) -> Period | None:
    """The last period that the text names outside quotation marks; days are in UTC.

    Without an instant of asking, only periods with a year are found.
    """
    today = None if as_of is None else as_of.astimezone(UTC).date()
    found = [
        *_after_preposition(text, today),
        *(_without_preposition(text, today) if today else ()),
    ]
    quoted = [word for word in words_of(text) if word.quoted] if found else []
    usable = (
        each
        for each in found
        if not _is_quoted(each.span.start, quoted)
        and not (each.derived and _FUTURE.search(text, 0, each.span.start))
    )
    return max(usable, key=lambda period: (period.span.end, -period.span.start), default=None)


def without_period(text: str, period: Period) -> str:
    """The text without the words of the period."""
    return f"{text[: period.span.start].rstrip()} {text[period.span.end :].lstrip()}".strip()


def with_grace(filter: Filter) -> Filter:
    """A range with two ends, longer by the days after which its news is printed."""
    first, end = filter.published_from, filter.published_to
    if first is None or end is None or end > _LAST - GRACE:
        return filter
    return Filter(first, end + GRACE)


def _is_quoted(place: int, quoted: Sequence[QuestionWord]) -> bool:
    """A date in a quotation counts from the day of the quotation, which is unknown."""
    return any(word.start <= place < word.end for word in quoted)


def _after_preposition(text: str, today: date | None) -> Iterator[Period]:
    """Dates after a preposition such as "in"."""
    for leading in _PREPOSITION.finditer(text):
        word = leading["word"].lower()
        dated = _date_at(text, leading.end(), word, today)
        if dated and (period := _from_to(text, leading, dated, today)):
            yield period


def _without_preposition(text: str, today: date) -> Iterator[Period]:
    """Dates that need no preposition: "last week"."""
    if TRIGGER.search(text):
        for start in STARTS.finditer(text):
            dated = _date_at(text, start.start(), "on" if start["owner"] else "", today)
            if dated and (period := _period(text, start.start(), "", dated)):
                yield period


def _from_to(
    text: str, leading: re.Match[str], dated: DateMatch, today: date | None
) -> Period | None:
    """A range, whose end gives its start the year: "from March to July 2020"."""
    word = leading["word"].lower()
    last = _joined(text, dated, word, today)
    if last is None:
        return _period(text, leading.start(), "in" if dated.closed else word, dated)
    latest = _month_or_day_at(text, leading.end(), last.days.next - DAY)
    latest = latest if latest and latest.derived else None
    first = latest or dated
    start = min(first.days.first, last.days.first)
    end = max(first.days.next, last.days.next)
    grain = min(first.grain, last.grain, key=list(Grain).index)
    derived = last.derived or (dated.derived and latest is None)
    return Period(Span(leading.start(), last.end), DayRange(start, end).filter, grain, derived)


def _joined(text: str, dated: DateMatch, word: str, today: date | None) -> DateMatch | None:
    """The last of the dates that are joined with this one; in a list all are of one kind."""
    last = None
    while word in _RANGES | _LISTS:
        end = last.end if last else dated.end
        joining = _JOINING.match(text, end)
        if joining is None and word in _LISTS:
            joining = _LISTING.match(text, end)
        found = _month_or_day_at(text, joining.end(), today) if joining else None
        if found is None or (word in _LISTS and found.grain is not dated.grain):
            break
        last = found
    return last


def _period(text: str, start: int, word: str, dated: DateMatch) -> Period | None:
    """For "Friday's vote" the news begins on Friday."""
    owning = _POSSESSIVE.match(text, dated.end)
    if owning and dated.grain in _TOO_WIDE:
        return None
    if owning and word not in {"before", "until", "till", "by"}:
        word = "since"
    span = Span(start, owning.end() if owning else dated.end)
    return Period(span, _bounds(word, dated), dated.grain, dated.derived)


def _bounds(word: str, dated: DateMatch) -> Filter:
    whole = dated.days.filter
    match word:
        case "since" | "from":
            return Filter(published_from=whole.published_from)
        case "after":
            return Filter(published_from=whole.published_to)
        case "before":
            return Filter(published_to=whole.published_from)
        case "until" | "till" | "by":
            return Filter(published_to=whole.published_to)
        case _:
            return whole


def _date_at(text: str, start: int, word: str, today: date | None) -> DateMatch | None:
    """None also for dates that the calendar cannot hold, and for the future."""
    try:
        composed = composed_date_at(text, start, today)
        if composed and (today is None or composed.days.first <= today or not composed.derived):
            return composed
        full = None if not word or word in _RELATIVE_ONLY else full_date_at(text, start)
        if full or today is None:
            return full
        dated = relative_date_at(text, start, today) or _latest_at(text, start, word, today)
    except (OverflowError, ValueError):
        return None
    return dated if dated and dated.days.first <= today else None


def _month_or_day_at(text: str, start: int, today: date | None) -> DateMatch | None:
    """One of several dates, which need no preposition each."""
    return _date_at(text, start, "in", today) or _date_at(text, start, "on", today)


def _latest_at(text: str, start: int, word: str, today: date) -> DateMatch | None:
    if which := _WHICH.match(text, start):
        return latest_date_at(text, which.end(), which[1].lower(), today)
    return latest_date_at(text, start, word, today) if word else None
