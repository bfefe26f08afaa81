"""A request -> the statements that answer it, or why none does. Knows no passages."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.language.calendar import FOUR_DIGITS
from index.language.numbers import in_digits
from index.language.offices import NATIONAL, Office
from index.language.verbs.phrasal import PHRASAL_LEMMAS
from index.language.verbs.reporting import GENERAL_VERBS, SPEECH_ONLY_VERBS, synonyms
from rag.citations import Citation
from rag.dates.period import with_grace
from rag.query.intent import IntentKind
from rag.replies import RefusalReason
from rag.statements.described import said_by_described
from rag.statements.earlier_holders import said_by_earlier_holders
from rag.statements.office_places import office_place, role_spans, tells_office
from rag.statements.other_words import in_other_words
from rag.statements.ranking.search import ScoredStatement
from rag.statements.ranking.selection import MOST_READ
from rag.statements.refusal import StatementRefusal, refuse
from rag.statements.request import MIN_CONFIDENCE, StatementRequest
from rag.statements.speakers.lookup import SpeakerMatch, head_word
from rag.statements.spokespersons import in_their_name

WHO_COVERAGE = 0.7
"""Least coverage to answer "who said"; with less, it may be anybody on the same subject."""
OTHER_VERB_COVERAGE, OTHER_VERB_TERMS = 0.9, 3
"""Least coverage, of at least so many terms, if the statement's verb is not like the question's."""
SHARE_OF_BEST = 0.75
"""Statements with less of the words asked for than this share of the most are not shown."""
SHARE_OF_REACH = 0.6
"""The same for what somebody said: its topic may stand in the paragraph around it."""
MOST_COUNTED = 200
_DIGITS = re.compile(r"\d+")
LOW_CONFIDENCE = "No statement answers this with enough certainty; the nearest is below."


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """What the statements say to a question."""

    speaker_match: SpeakerMatch
    statements: tuple[ScoredStatement, ...] = ()
    """Grouped by speaker; empty if refused."""
    total: int = 0
    """Statements that answer, shown or not."""
    refusal: StatementRefusal | None = None
    ambiguous: tuple[ScoredStatement, ...] = ()
    """Beside an answer: statements by this speaker or by a namesake."""
    places: tuple[Citation, ...] = ()
    """Where it is told that these speakers hold the office asked for."""


def answer_from_statements(request: StatementRequest) -> StatementAnswer | None:
    """None if statements cannot tell, so that passages are searched."""
    if request.intent.kind is IntentKind.WHO:
        return _who_said_it(request)
    if request.speaker_match.is_empty and not request.topic.terms:
        return None
    if not request.intent.certain:
        return _clear_answer(request)
    answer = _what_was_said(request)
    if answer is None and request.speaker_match.others:
        return answer_from_statements(request.of_everyone)
    answer = answer or _said_in_other_words(request)
    return answer or StatementAnswer(request.speaker_match, refusal=refuse(request))


def with_min_confidence(
    answer: StatementAnswer | None, min_confidence: float
) -> StatementAnswer | None:
    """Without statements of less confidence; a refusal if none is left."""
    if answer is None or answer.refusal:
        return answer
    kept = tuple(each for each in answer.statements if each.confidence >= min_confidence)
    if kept:
        removed = len(answer.statements) - len(kept)
        return replace(answer, statements=kept, total=answer.total - removed)
    refusal = StatementRefusal(RefusalReason.LOW_CONFIDENCE, LOW_CONFIDENCE, answer.statements)
    return replace(answer, statements=(), total=0, refusal=refusal)


# --- who said it -------------------------------------------------------------------------------


def _who_said_it(request: StatementRequest) -> StatementAnswer | None:
    """The statements that match the words asked for best."""
    if not request.topic.search_terms:
        return None
    query = request.query
    found = request.find(query) or request.find(replace(query, speaker_words=()))
    matching = [each for each in found if _has_words_asked_for(each, request)]
    matching = matching or [
        each for each in _about_the_year(request) if _has_words_asked_for(each, request)
    ]
    if not matching or matching[0].confidence < MIN_CONFIDENCE:
        return None
    least = SHARE_OF_BEST * matching[0].relevance
    best = [each for each in matching if each.relevance >= least]
    ordered = tuple(sorted(best, key=lambda each: not each.statement.sure))
    return StatementAnswer(request.speaker_match, ordered, len(ordered))


def _has_words_asked_for(scored: ScoredStatement, request: StatementRequest) -> bool:
    """The phrases word for word, if any; else most terms, with a verb like the question's."""
    if request.topic.phrases:
        return scored.verbatim
    numbers = _numbers(" ".join(request.topic.terms))
    if numbers and not numbers <= _numbers(scored.quoted_text):
        return False
    verb = request.intent.verb
    general = verb in GENERAL_VERBS or verb in PHRASAL_LEMMAS
    if general or scored.statement.lemma in {verb, *synonyms(verb)}:
        return scored.coverage >= WHO_COVERAGE
    enough = len(request.topic.terms) >= OTHER_VERB_TERMS
    return verb in SPEECH_ONLY_VERBS and enough and scored.coverage >= OTHER_VERB_COVERAGE


def _numbers(text: str) -> set[str]:
    """As runs of digits: 90 of "$90m"; without 1, since "one" is seldom a number."""
    return set(_DIGITS.findall(in_digits(text))) - {"1"}


# --- what someone said -------------------------------------------------------------------------


def _clear_answer(request: StatementRequest) -> StatementAnswer | None:
    """For a question that may not be about statements: only an answer that leaves no doubt."""
    if not request.speaker_match.people or not request.topic.terms:
        return None
    answer = _what_was_said(request)
    most = max(each.coverage for each in answer.statements) if answer else 0.0
    return answer if most >= OTHER_VERB_COVERAGE else None


def _what_was_said(request: StatementRequest) -> StatementAnswer | None:
    """For an office, of those who held it or of whoever an article calls so."""
    office = request.speaker_match.office
    if office is None:
        return _said_by_these(request)
    if office.of or office.head in NATIONAL:
        return _said_by_holders(request, office) or _said_by_these(request.described)
    return _said_by_these(request.described) or _said_by_holders(request, office)


def _said_by_holders(request: StatementRequest, office: Office) -> StatementAnswer | None:
    answer = _said_by_latest_or_earlier(request)
    return _with_office(answer, request, office) if answer else None


def _with_office(
    answer: StatementAnswer, request: StatementRequest, office: Office
) -> StatementAnswer:
    """With the place of the office: in the same article, else in another of that time."""
    statements = tuple(_with_role(each, office) for each in answer.statements)
    first = {each.key: each for each in reversed(statements)}
    told = {key for key, each in first.items() if each.statement.role}
    match = answer.speaker_match
    people = zip(match.people, match.holders, strict=True)
    places = (
        office_place(holder, person.keys, office, request.collection)
        for person, holder in people
        if not told & set(person.keys)
    )
    return replace(answer, statements=statements, places=tuple(filter(None, places)))


def _said_by_latest_or_earlier(request: StatementRequest) -> StatementAnswer | None:
    """Of the earlier holders only if theirs has clearly more of the topic."""
    answer = _said_by_these(request) or _said_in_story(request)
    if not request.topic.terms:
        return answer
    known = max(map(request.story_reach, answer.statements if answer else ()), default=0.0)
    earlier = said_by_earlier_holders(request, above=known / SHARE_OF_BEST)
    return _shown(*earlier) if earlier else answer


def _said_in_other_words(request: StatementRequest) -> StatementAnswer | None:
    found = in_other_words(request)
    if not found:
        return None
    answer, office = _shown(request, found), request.speaker_match.office
    return _with_office(answer, request, office) if office else answer


def _said_in_story(request: StatementRequest) -> StatementAnswer | None:
    found = request.of_the_story(request.query) if request.topic.terms else []
    return _shown(request, found) if found else None


def _with_role(scored: ScoredStatement, office: Office) -> ScoredStatement:
    """With the office for its role, if the article tells it; no other role."""
    text = scored.article.text
    spans = role_spans(scored.statement, scored.article)
    role = next((span for span in spans if tells_office(office, span.of(text))), None)
    return replace(scored, statement=replace(scored.statement, role=role))


def _said_by_these(request: StatementRequest) -> StatementAnswer | None:
    limit = MOST_COUNTED if request.intent.kind is IntentKind.COUNTED else MOST_READ
    query = request.query
    found = (
        request.on_topic(query, limit)
        or in_their_name(request)
        or said_by_described(request)
        or _published_later(request)
        or _about_the_year(request)
    )
    return _shown(request, found) if found else None


def _shown(request: StatementRequest, found: list[ScoredStatement]) -> StatementAnswer:
    least = SHARE_OF_REACH * max(each.reach for each in found)
    shown = _with_similar_verb(request, [each for each in found if each.reach >= least])
    ordered = _by_speaker(request.speaker_match, shown)
    if not request.speaker_match.people:
        ordered = sorted(ordered, key=lambda each: not _is_itself(each, request))
    if request.intent.polarity is None:  # a denial of comment answers too, if nothing else does
        ordered = sorted(ordered, key=lambda each: each.negative)
    total = len(found) if request.topic.terms else request.collection.index.count(request.query)
    return StatementAnswer(
        request.speaker_match,
        tuple(ordered),
        max(total, len(ordered)),
        ambiguous=tuple(request.ambiguous()),
    )


def _is_itself(scored: ScoredStatement, request: StatementRequest) -> bool:
    """Whether the source is what was asked for, as "the vicar" but not "the vicar's wife" is."""
    source = scored.statement.source
    words = source.of(scored.article.text) if source else scored.statement.speaker or ""
    return head_word(words) == head_word(request.intent.speaker)


def _published_later(request: StatementRequest) -> list[ScoredStatement]:
    """Published a little after the period, as what is said one day is printed the next."""
    period = with_grace(request.intent.period)
    if period == request.intent.period:
        return []
    return request.on_topic(replace(request.query, filter=request.filter.narrowed_to(period)))


def _about_the_year(request: StatementRequest) -> list[ScoredStatement]:
    """Of any date, if the text around mentions the question's years."""
    years = re.findall(FOUR_DIGITS, request.intent.when)
    if not years:
        return []
    found = request.on_topic(replace(request.query, filter=request.filter))
    return [each for each in found if all(year in each.surrounding_text for year in years)]


def _with_similar_verb(
    request: StatementRequest, found: list[ScoredStatement]
) -> list[ScoredStatement]:
    """Without a topic, only warnings if warnings are asked for and there are any."""
    verbs = synonyms(request.intent.verb)
    similar = [each for each in found if each.statement.lemma in verbs]
    return similar if similar and not request.topic.terms else found


def _by_speaker(match: SpeakerMatch, found: Sequence[ScoredStatement]) -> list[ScoredStatement]:
    """Grouped by speaker, in the order of each speaker's first."""
    speakers = match.by_key
    groups: dict[str, list[ScoredStatement]] = defaultdict(list)
    for each in found:
        known = speakers.get(each.key)
        groups[known.key if known else each.key].append(each)
    return [each for group in groups.values() for each in group]
