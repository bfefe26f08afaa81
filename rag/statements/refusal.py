"""Why the statements hold no answer, and what is nearest to one."""

import re
from dataclasses import dataclass, replace

from index.documents import Filter
from index.language.calendar import day_words
from index.statements import Polarity, Speaker
from rag.replies import RefusalReason
from rag.statements.request import ENOUGH, StatementRequest
from rag.statements.search import ScoredStatement
from rag.statements.speaker_lookup import nearest

MUCH_BETTER = 0.15
"""How much more than enough of the topic another's statement covers, to be what was meant."""
FEWEST_WORDS = 2
"""Of a topic, that one of several others can be told by."""
OTHERS = 5
_DESCRIBED = re.compile(r"(?:the|an?|his|her|their) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatementRefusal:
    """A refusal before anything is cited."""

    reason: RefusalReason
    message: str
    nearest: tuple[ScoredStatement, ...] = ()
    names: tuple[Speaker, ...] = ()
    """Of those who are quoted, the nearest to one who is not."""


def refusal_of_statements(asked: StatementRequest) -> StatementRefusal:
    """What the statements lack to answer."""
    name, index = _name(asked), asked.record.index
    ever = replace(asked.query, filter=Filter(), acts=(), polarity=None)
    count = 0 if asked.matched.anybody else index.count(ever)
    if not count and asked.intent.speaker:
        near = tuple(nearest(asked.intent.speaker, index))
        message = _no_such_speaker(name, [speaker.name for speaker in near])
        return StatementRefusal(RefusalReason.NO_SUCH_SPEAKER, message, names=near)
    if asked.intent.when and (others := asked.on_topic(replace(asked.query, filter=asked.filter))):
        message = _of_other_dates(name, asked.intent.when, others[0])
        return StatementRefusal(RefusalReason.OUTSIDE_DATES, message, tuple(others))
    if outside := asked.on_topic(replace(asked.query, filter=Filter())):
        message = _outside(name)
        return StatementRefusal(RefusalReason.OUTSIDE_FILTERS, message, tuple(outside))
    if possible := asked.possible():
        message = _not_for_certain(name, count)
        return StatementRefusal(RefusalReason.NOT_ABOUT_TOPIC, message, tuple(possible))
    if other := _other(asked):
        message = _by_other(other.statement.speaker or "", name, asked)
        return StatementRefusal(RefusalReason.SAID_BY_OTHER, message, (other,))
    silent = asked.on_topic(replace(ever, polarity=Polarity.NEGATIVE))
    message = _not_about_topic(name, count, silent=bool(silent))
    return StatementRefusal(RefusalReason.NOT_ABOUT_TOPIC, message, tuple(silent))


def _other(asked: StatementRequest) -> ScoredStatement | None:
    """Who did say it, where a statement of another covers the topic much better.

    One word may be in anybody's mouth: it tells somebody only where nobody else has said it.
    """
    if not asked.topic.terms:
        return None
    query = replace(asked.query, speakers=(), speaker_words=(), polarity=Polarity.POSITIVE)
    found = [told for told in asked.find(query, OTHERS) if _is_of_another(told, asked)]
    if len(asked.topic.terms) >= FEWEST_WORDS:
        return next((told for told in found if told.coverage >= ENOUGH + MUCH_BETTER), None)
    said = [told for told in found if told.coverage >= 1.0]
    return said[0] if said and len({told.key for told in found}) == 1 else None


def _is_of_another(told: ScoredStatement, asked: StatementRequest) -> bool:
    named = any(map(str.isupper, told.statement.speaker or ""))  # "people" tells nobody
    return bool(told.key) and named and told.key not in asked.matched.keys


def _by_other(other: str, name: str, asked: StatementRequest) -> str:
    if len(asked.topic.terms) < FEWEST_WORDS:
        return f"On this {other} is quoted, not {name}."
    return f"That was said by {other}, not by {name}."


def _name(asked: StatementRequest) -> str:
    """As the archive has it, where it is clear who is meant."""
    if len(asked.matched.people) == 1:
        return asked.matched.people[0].speaker.name
    return asked.intent.speaker or "anyone"


def _no_such_speaker(name: str, near: list[str]) -> str:
    listed = " and ".join(filter(None, [", ".join(near[:-1]), *near[-1:]]))
    quoted = f" Quoted by nearly that name: {listed}." if near else ""
    if _DESCRIBED.match(name):
        return f"Nobody is quoted as “{name}” in the archive: ask by name.{quoted}"
    return f"No statement by {name} is in the archive.{quoted}"


def _not_about_topic(name: str, count: int, *, silent: bool) -> str:
    if not count:  # anybody's would have done
        return "Nobody is quoted on this."
    would_not = " Asked about it, no comment was given, as quoted below." if silent else ""
    return f"{_capital(name)} is quoted {_times(count)}, never on this.{would_not}"


def _not_for_certain(name: str, count: int) -> str:
    quoted = f"{_capital(name)} is quoted {_times(count)}"
    return f"{quoted}, never for certain on this: whose the words below are is left open."


def _of_other_dates(name: str, when: str, nearest: ScoredStatement) -> str:
    date = nearest.article.published_at
    found = f"; the nearest is of {day_words(date)}" if date else ""
    return f"{_capital(name)} is quoted on this, but not {when}{found}."


def _outside(name: str) -> str:
    return f"{_capital(name)} is quoted on this, but not in the dates and outlets chosen."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
