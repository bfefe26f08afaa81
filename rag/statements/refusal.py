"""A request that no statement answers -> why, and the nearest statements or names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches
from functools import partial
from math import inf

from index.documents import Filter
from index.language.calendar import day_words
from index.language.names import name_key, name_words
from index.statements import Act, Polarity, SourceType, Speaker
from index.stores.search.statements import StatementQuery
from rag.replies import RefusalReason
from rag.statements.ranking.search import ScoredStatement
from rag.statements.request import MIN_COVERAGE, StatementRequest
from rag.statements.speakers.lookup import similar_speakers

MUCH_BETTER = 0.15
"""Coverage above `MIN_COVERAGE` from which another speaker's statement is what was meant."""
FEWEST_TERMS, ENOUGH_TERMS = 2, 4
"""Of a topic, to tell one of several other speakers by it; and to say that these very words are
theirs."""
MOST_OTHERS = 5
MOST_NEAR = 5
LEAST_NEAR = 0.15
"""Share of the topic from which a statement is near it."""
ALIKE = 0.8
"""Similarity (Ratcliff and Obershelp) from which one word may be a spelling of another."""
AMBIGUOUS = "the words below may be somebody else's."
_DESCRIPTION = re.compile(r"(?:the|an?|his|her|their) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatementRefusal:
    """A refusal before anything is cited."""

    reason: RefusalReason
    message: str
    nearest: tuple[ScoredStatement, ...] = ()
    names: tuple[Speaker, ...] = ()
    """Speakers with similar names, if nobody of this name is quoted."""


def refuse(request: StatementRequest) -> StatementRefusal:
    """Each reason is tried in turn, from the speaker to the topic."""
    name, index = _name(request), request.collection.index
    until = Filter(as_of=request.filter.as_of)
    ever = replace(request.query, filter=until, acts=(), polarity=None)
    count = 0 if request.speaker_match.is_empty else index.count(ever)
    if not count and request.intent.speaker:
        similar = similar_speakers(request.intent.speaker, index)
        message = _no_such_speaker(name, [speaker.name for speaker in similar])
        return StatementRefusal(RefusalReason.NO_SUCH_SPEAKER, message, names=similar)
    any_date = replace(request.query, filter=request.filter)
    if request.intent.when and (found := request.on_topic(any_date)):
        nearest = sorted(found, key=partial(_days_from, request.intent.period))
        message = _outside_dates(request, nearest[0])
        return StatementRefusal(RefusalReason.OUTSIDE_DATES, message, tuple(nearest))
    if found := request.on_topic(replace(request.query, filter=until)):
        message = f"{_quoted_on_this(request)}, but not in the dates and outlets chosen."
        return StatementRefusal(RefusalReason.OUTSIDE_FILTERS, message, tuple(found))
    if found := request.ambiguous():
        message = f"{_quoted(request, count)}, but never for certain on this: {AMBIGUOUS}"
        return StatementRefusal(RefusalReason.NOT_ABOUT_TOPIC, message, tuple(found))
    if other := _by_another(request):
        message = _said_by_other(other.statement.speaker or "", name, request)
        return StatementRefusal(RefusalReason.SAID_BY_OTHER, message, (other,))
    return _unheard(request, ever, count)


def _unheard(request: StatementRequest, ever: StatementQuery, count: int) -> StatementRefusal:
    """To say "never" takes that no statement has a part of the topic, under any spelling."""
    no_comment = request.on_topic(replace(ever, polarity=Polarity.NEGATIVE))
    declined = any(each.statement.act is not Act.DENY for each in no_comment)
    message, nearest = _not_about_topic(request, count, no_comment=declined), no_comment
    if not no_comment and (near := _near(request, ever)):
        message = f"No statement by {_name(request)} on this was found; the nearest is below."
        nearest = near
    return StatementRefusal(RefusalReason.NOT_ABOUT_TOPIC, message, tuple(nearest))


def _near(request: StatementRequest, ever: StatementQuery) -> list[ScoredStatement]:
    """Statements with a part of the topic, by the speaker or under a name spelt alike.

    With any, nobody can say that the speaker never spoke on it.
    """
    if not request.topic.terms:
        return []
    alike = tuple(each.key for each in _spelt_alike(request))
    theirs = request.select(ever)
    others = request.select(replace(ever, speakers=alike, speaker_words=())) if alike else []
    found = [each for each in (*others, *theirs) if each.reach >= LEAST_NEAR]
    return sorted(found, key=lambda each: -each.reach)[:MOST_NEAR]


def _spelt_alike(request: StatementRequest) -> list[Speaker]:
    """Speakers whose names have every word of the name asked for, or one spelt nearly so."""
    asked, known = name_words(request.intent.speaker), request.speaker_match.keys
    if not request.speaker_match.people or not asked:
        return []
    near = similar_speakers(request.intent.speaker, request.collection.index)
    people = (each for each in near if each.type is SourceType.PERSON and each.key not in known)
    return [each for each in people if _is_alike(asked, each.name)]


def _is_alike(asked: Sequence[str], other: str) -> bool:
    """Whether the other name has every word of the one asked for, or one spelt nearly so."""
    words = name_words(other)
    return all(get_close_matches(word, words, n=1, cutoff=ALIKE) for word in asked)


def _by_another(request: StatementRequest) -> ScoredStatement | None:
    """A statement by somebody else that would answer the question, were it not for the speaker.

    Its own words must hold the topic: what only the paragraph around it holds may be another's. A
    topic of one word tells who it was only if a single other speaker said it.
    """
    if not request.topic.terms:
        return None
    query = replace(request.query, speakers=(), speaker_words=(), polarity=Polarity.POSITIVE)
    found = [each for each in request.find(query, MOST_OTHERS) if _is_by_another(each, request)]
    if len(request.topic.terms) >= FEWEST_TERMS:
        least = MIN_COVERAGE + MUCH_BETTER
        return next((each for each in found if _answers(each, request, least)), None)
    full = [each for each in found if _answers(each, request, 1.0)]
    return full[0] if full and len({each.key for each in found}) == 1 else None


def _answers(scored: ScoredStatement, request: StatementRequest, least: float) -> bool:
    return scored.coverage >= least and request.topic.coverage(scored.content_terms) >= least


def _is_by_another(scored: ScoredStatement, request: StatementRequest) -> bool:
    other = scored.statement.speaker or ""
    has_name = any(map(str.isupper, other))  # unlike "people"
    written = name_words(request.intent.speaker)
    asked, given = set(written), set(name_words(other))
    namesake = bool(asked) and (  # "Lee", "Ana Lee's office", "Anna Lee"
        asked <= given or given <= asked or _is_alike(written, other)
    )
    known = scored.key in request.speaker_match.keys
    return bool(scored.key) and has_name and not namesake and not known


def _name(request: StatementRequest) -> str:
    """The archive's if it means one speaker, else the question's."""
    if len(request.speaker_match.people) == 1:
        return request.speaker_match.people[0].speaker.name
    return request.intent.speaker or "anyone"


def _no_such_speaker(name: str, similar: list[str]) -> str:
    listed = " and ".join(filter(None, [", ".join(similar[:-1]), *similar[-1:]]))
    suggestion = f" Similar names: {listed}." if similar else ""
    if _DESCRIPTION.match(name):
        return f"Nobody is quoted as “{name}” in the archive: ask by name.{suggestion}"
    return f"No statement by {name} is in the archive.{suggestion}"


def _days_from(period: Filter, scored: ScoredStatement) -> float:
    """From the nearer end of the period; infinite for an undated article."""
    date = scored.article.published_at
    ends = (period.published_from, period.published_to)
    return min((abs(date - end) / timedelta(days=1) for end in ends if date and end), default=inf)


def _outside_dates(request: StatementRequest, nearest: ScoredStatement) -> str:
    date = nearest.article.published_at
    found = f"; the nearest is from {day_words(date)}" if date else ""
    return f"{_quoted_on_this(request)}, but not {request.intent.when}{found}."


def _said_by_other(other: str, name: str, request: StatementRequest) -> str:
    if len(request.topic.terms) < ENOUGH_TERMS:
        return f"{other} is quoted on this, not {name}."
    return f"That was said by {other}, not by {name}."


def _not_about_topic(request: StatementRequest, count: int, *, no_comment: bool) -> str:
    if not count:  # the question names no speaker
        return "Nobody is quoted on this."
    declined = " A request for comment was declined, as quoted below." if no_comment else ""
    return f"{_quoted(request, count)}, {_never(request)} on this.{declined}"


def _quoted(request: StatementRequest, count: int) -> str:
    """As "Ada Obi is quoted twice"; a description or a part of a name is no single speaker."""
    name, people = _name(request), request.speaker_match.people
    if not people:
        return f"Statements by {name} were found {_times(count)}"
    bearers = [each for each in people if each.speaker.key != name_key(name)]
    if len(bearers) > 1:
        return f"{len(bearers)} speakers of the name {name} are quoted {_times(count)} in all"
    return f"{_capital(name)} is quoted {_times(count)}"


def _quoted_on_this(request: StatementRequest) -> str:
    name, people = _name(request), request.speaker_match.people
    if not people:
        return f"Statements by {name} on this were found"
    return f"{_capital(name)} is quoted on this"


def _never(request: StatementRequest) -> str:
    return "never" if request.speaker_match.people else "none"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
