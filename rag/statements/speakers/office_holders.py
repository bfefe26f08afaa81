"""An office in a question -> who held it at the time asked about, as the register tells it.

"The Fed chair" is who most articles of that time call so. Two whom as many call so are both given;
of more nobody knows who is meant. Knows no topic.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.documents import Filter
from index.language.offices import Office, offices_of
from index.statements import SourceType, Speaker
from index.stores.timestamps import day_of, last_second, seconds

MOST_LOOKED_AT = 150
"""Speakers whose roles have the words, most quoted first."""
HALF_LIFE, HALF_LIFE_OF_PERIOD = 60.0, 20.0
"""Days before today, or from the dates asked about, after which an article counts half."""
FURTHEST = 365
"""Days from the dates asked about beyond which an article tells nothing of their holder."""
UNDATED = 0.01
"""What an article without a date counts, if the question has none either."""
SAYS_MORE = 0.3
"""What "President of Tarn" counts, if "the president" is asked for."""
SHARE = 0.3
"""Whoever is called so by fewer of these articles, relative to the first, is left out."""
GRACE = 60
"""Days before the first and after the last article that tells so."""
MOST_EVER = 12
"""Of the latest holders, if the topic is to tell who is meant."""
MOST_HOLDERS = 3
"""If more are called so, nobody knows who is meant."""

_TIMES = frozenset(("former", "next", "acting"))
"""Of one office: who held it, will hold it, or holds it for the time being."""


class Offices(Protocol):
    """The part of the statement index that knows who is told to hold an office."""

    def with_office(self, terms: Sequence[str], limit: int) -> list[Speaker]: ...


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody called so in the time asked about."""

    speaker: Speaker
    weight: float
    day: int
    """The nearest day on which an article says so, in days since 1970; 0 if none is dated."""
    days: tuple[int, ...] = ()
    """All such days, ascending, where all are wanted."""

    def nearest_to(self, day: int) -> "Holder":
        return replace(self, day=min(self.days, key=lambda each: abs(each - day), default=self.day))


@dataclass(frozen=True, slots=True)
class _Told:
    """One office of one role of a speaker."""

    office: Office
    days: tuple[int, ...]


def holders_of(office: Office, offices: Offices, asked: Filter) -> tuple[Holder, ...]:
    """Most often called so first; none if nobody is, or too many are."""
    speakers = offices.with_office(office.terms, MOST_LOOKED_AT)
    told = ((each, list(_told(each))) for each in speakers if each.type is SourceType.PERSON)
    known = [
        (speaker, roles)
        for speaker, roles in told
        if any(office.is_held_by(each.office) for each in roles)
    ]
    held = (each for _, roles in known for each in roles if office.is_held_by(each.office))
    latest = max((day for each in held for day in each.days), default=0)
    weight_of = _weight_by_day(asked, latest)
    found = [_holder(office, speaker, roles, weight_of) for speaker, roles in known]
    ordered = sorted((each for each in found if each), key=lambda each: -each.weight)
    kept = [each for each in ordered if each.weight >= SHARE * ordered[0].weight]
    return tuple(kept) if len(kept) <= MOST_HOLDERS else ()


def held_ever(office: Office, offices: Offices) -> tuple[Holder, ...]:
    """Whoever is told to hold it, or to have held it by that name, at any time: latest first."""
    speakers = offices.with_office(office.terms, MOST_LOOKED_AT)
    found = ((each, _days(office, each)) for each in speakers if each.type is SourceType.PERSON)
    known = (Holder(each, len(days), days[-1], tuple(days)) for each, days in found if days)
    return tuple(sorted(known, key=lambda each: -each.day)[:MOST_EVER])


def held_on(office: Office, holder: Holder, day: int) -> bool:
    """Whether that day lies in the time in which articles tell so, and no more contradict."""
    days = holder.days
    if not days or not days[0] - GRACE <= day <= days[-1] + GRACE:
        return False
    weight_of = _from_days(day, day, HALF_LIFE_OF_PERIOD)
    return _holder(office, holder.speaker, list(_told(holder.speaker)), weight_of) is not None


def _days(office: Office, speaker: Speaker) -> list[int]:
    """Ascending, of dated articles."""
    held = (each.days for each in _told(speaker) if office.is_held_by(each.office))
    return sorted(day for days in held for day in days if day)


def _told(speaker: Speaker) -> Iterator[_Told]:
    for role in speaker.told:
        for office in offices_of(role.words):
            yield _Told(office, role.days)


def _weight_by_day(asked: Filter, latest: int) -> Callable[[int], float]:
    """By the days to the period asked about; without one, to the latest day told."""
    until = last_second(asked) if asked.published_to else None
    last = latest if until is None else day_of(until)
    first = day_of(seconds(asked.published_from)) if asked.published_from else last
    half_life = HALF_LIFE if last == first == latest else HALF_LIFE_OF_PERIOD
    undated = 0.0 if asked.published_from or asked.published_to else UNDATED
    return _from_days(first, last, half_life, undated)


def _from_days(
    first: int, last: int, half_life: float, undated: float = 0.0
) -> Callable[[int], float]:
    def weight(day: int) -> float:
        if not day:
            return undated
        days = max(first - day, day - last, 0)
        return 0.5 ** (days / half_life) if days <= FURTHEST else 0.0

    return weight


def _holder(
    office: Office, speaker: Speaker, told: Sequence[_Told], weight_of: Callable[[int], float]
) -> Holder | None:
    """None if as many articles say that it is a former office, or another one of that noun."""
    weight = against = 0.0
    days: list[int] = []
    for each in told:
        counted = sum(map(weight_of, each.days))
        if office.is_held_by(each.office):
            weight += counted if office.of == each.office.of else SAYS_MORE * counted
            days += each.days
        elif office.is_kind_of(each.office) and each.office.of <= office.of:
            weight += counted
        elif _contradicts(office, each.office):
            against += counted
    dated = [day for day in days if day]
    nearest = max(dated, key=lambda day: (weight_of(day), day), default=0)
    return Holder(speaker, weight, nearest) if weight > against else None


def _contradicts(asked: Office, told: Office) -> bool:
    """Whether both are of one place, and only one of them is former, acting or still to come."""
    same = asked.head == told.head and (asked.of <= told.of or told.of <= asked.of)
    if "next" in asked.other:  # who is to come may hold another office of that noun
        return False
    return same and asked.other != told.other and asked.other | _TIMES == told.other | _TIMES
