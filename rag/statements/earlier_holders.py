"""An office without a time -> what its earlier holders said while they held it, on the topic.

"How did the prime minister react to the flood?" asks for who held the office at the flood.
"""

import re
from dataclasses import replace

from index.stores.timestamps import day_of, seconds
from rag.statements.ranking.search import ScoredStatement
from rag.statements.request import StatementRequest
from rag.statements.speakers.lookup import SpeakerMatch, earlier_holders, of_these
from rag.statements.speakers.office_holders import held_on

_NOW = re.compile(r"\b(?:now|new|newly|current|currently|incumbent|present|today)\b", re.IGNORECASE)


def said_by_earlier_holders(
    request: StatementRequest, *, above: float
) -> tuple[StatementRequest, list[ScoredStatement]] | None:
    """The request for those who answer, and their statements, best first.

    None if the question tells a time, or if none has more than `above` of the topic.
    """
    if above >= 1 or _tells_a_time(request):
        return None
    match = earlier_holders(request.speaker_match, request.collection.index)
    if not match.people:
        return None
    asked = replace(request, speaker_match=match)
    found = asked.on_topic(asked.query) or asked.of_the_story(asked.query)
    held = [each for each in found if _is_held(match, each) and asked.story_reach(each) > above]
    days = {each.key: _day(each) for each in reversed(held)}
    theirs = of_these(match, days, request.collection.index)
    return (replace(asked, speaker_match=theirs), held) if theirs.people else None


def _tells_a_time(request: StatementRequest) -> bool:
    asked = request.filter.narrowed_to(request.intent.period)
    dated = asked.published_from or asked.published_to or request.intent.when
    return bool(dated) or _NOW.search(request.intent.speaker) is not None


def _is_held(match: SpeakerMatch, scored: ScoredStatement) -> bool:
    """Whether the speaker held the office on the day of the article."""
    office, day = match.office, _day(scored)
    pairs = zip(match.people, match.holders, strict=True)
    theirs = (holder for person, holder in pairs if scored.key in person.keys)
    return office is not None and any(held_on(office, holder, day) for holder in theirs)


def _day(scored: ScoredStatement) -> int:
    date = scored.article.published_at
    return day_of(seconds(date)) if date else 0
