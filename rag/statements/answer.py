"""A question of speech -> the statements that answer it, or why none may. Knows no passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.documents import Article, Span
from index.language.calendar import FOUR_DIGITS
from index.language.speech import ANYTHING, PLAIN, family
from index.language.terms import analyze
from index.statements import SourceType, Speaker, Statement
from index.stores.search.statements import StatementQuery
from rag.dates.period import with_grace
from rag.query.intent import IntentKind
from rag.replies import RefusalReason
from rag.statements.refusal import StatementRefusal, refusal_of_statements
from rag.statements.request import SURE_ENOUGH, StatementRequest
from rag.statements.search import SEARCHED, ScoredStatement, StatementCollection, near_text, touches
from rag.statements.speaker_lookup import SpeakerMatch

WORDED = 0.7
"""Of the words asked for by "who said": less may be anybody's on the same subject."""
WELL_WORDED, WORDS = 0.9, 3
"""Where the statement is reported by another verb than asked for: so much of so many words."""
CLOSE = 0.75
"""Of the best coverage: statements that cover less are not shown beside it."""
COUNTED = 200
"""Statements read to be counted."""
OF_ARTICLE = 300
CALLED_AFTER = (SourceType.UNNAMED, SourceType.GROUP, SourceType.ORGANISATION)
UNSURE = "Whether this was said, and by whom, is less certain than asked for; it is below."


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """What the statements say to a question."""

    matched: SpeakerMatch
    answers: tuple[ScoredStatement, ...]
    """By speaker; empty where refused."""
    total: int
    """Statements that answer, shown or not."""
    refusal: StatementRefusal | None
    """Why there is no answer; None where there is one."""
    possible: tuple[ScoredStatement, ...] = ()
    """Beside an answer: what may be said by whom was asked for, or by a namesake."""


def answer_from_statements(asked: StatementRequest) -> StatementAnswer | None:
    """None where the statements cannot tell, so that other evidence is to be looked for."""
    if asked.intent.kind is IntentKind.WHO:
        return _who(asked)
    if asked.matched.anybody and not asked.topic.terms:
        return None
    if not asked.intent.certain:
        return _loosely(asked)
    return _said(asked) or StatementAnswer(asked.matched, (), 0, refusal_of_statements(asked))


def sure_enough(heard: StatementAnswer | None, least: float) -> StatementAnswer | None:
    """Without the statements of less confidence; refused where none is left."""
    if heard is None or heard.refusal:
        return heard
    kept = tuple(told for told in heard.answers if told.confidence >= least)
    if kept:
        unsure = len(heard.answers) - len(kept)
        return replace(heard, answers=kept, total=heard.total - unsure)
    refusal = StatementRefusal(RefusalReason.LOW_CONFIDENCE, UNSURE, heard.answers)
    return replace(heard, answers=(), total=0, refusal=refusal)


def speakers_of(heard: StatementAnswer, record: StatementCollection) -> tuple[Speaker, ...]:
    """Whom the answer quotes first, then the others who may have been meant."""
    meant = {key: person.speaker for person in heard.matched.people for key in person.keys}
    quoted = [
        meant.get(key) or record.index.speaker(key) for told in heard.answers if (key := told.key)
    ]
    everybody = [*quoted, *heard.matched.speakers]
    return tuple({each.key: each for each in everybody if each}.values())


def is_accounted_for(
    article: Article, span: Span, matched: SpeakerMatch, spoken: Sequence[Statement]
) -> bool:
    """Whether statements tell already whose words stand there, so that no guess is wanted.

    Those of the people meant were judged; those of others are not theirs. `spoken` is everything
    the article reports.
    """
    here = [each for each in spoken if touches(each, span)]
    if matched.people or not here:
        return bool(here)
    wanted = set(matched.described)
    return not any(wanted & set(_called(article, each)) for each in here)


def _called(article: Article, statement: Statement) -> list[str]:
    """The words for its speaker, here and where the name is."""
    source = statement.source
    here = source.of(article.text) if source else ""
    return analyze(f"{here} {statement.speaker or ''}")


def spoken_in(article: Article, record: StatementCollection) -> list[Statement]:
    """What the article reports, in this revision."""
    hits = record.index.search(StatementQuery(articles=(article.id,)), OF_ARTICLE)
    return [hit.statement for hit in hits if hit.statement.revision == article.revision]


# --- who said it -------------------------------------------------------------------------------


def _who(asked: StatementRequest) -> StatementAnswer | None:
    """The best statement by its words; None where no statement has them."""
    if not asked.topic.searched:
        return None
    found = asked.find(asked.query) or asked.find(replace(asked.query, speaker_words=()))
    fitting = [told for told in found if _is_worded_so(told, asked)]
    if not fitting or fitting[0].confidence < SURE_ENOUGH:
        return None
    best = [told for told in fitting if told.relevance >= CLOSE * fitting[0].relevance]
    ordered = tuple(sorted(best, key=lambda told: not told.statement.sure))
    return StatementAnswer(asked.matched, ordered, len(ordered), None)


def _is_worded_so(told: ScoredStatement, asked: StatementRequest) -> bool:
    """Word for word where that is asked; else most words, under a verb like the question's."""
    if asked.topic.phrases:
        return told.verbatim
    verb = asked.intent.verb
    if verb in ANYTHING or told.statement.lemma in {verb, *family(verb)}:
        return told.coverage >= WORDED
    return verb in PLAIN and told.coverage >= WELL_WORDED and len(asked.topic.terms) >= WORDS


# --- what someone said -------------------------------------------------------------------------


def _loosely(asked: StatementRequest) -> StatementAnswer | None:
    """Where speech may not be meant at all, only what clearly answers."""
    if not asked.matched.people or len(asked.topic.terms) == 0:
        return None
    heard = _said(asked)
    return heard if heard and heard.answers[0].coverage >= WELL_WORDED else None


def _said(asked: StatementRequest) -> StatementAnswer | None:
    limit = COUNTED if asked.intent.kind is IntentKind.COUNTED else SEARCHED
    query = asked.query
    found = (
        asked.on_topic(query, limit)
        or _by_description(asked)
        or _told_after(asked)
        or _of_that_year(asked)
    )
    if not found:
        return None
    best = max(told.coverage for told in found)
    shown = _in_family(asked, [told for told in found if told.coverage >= CLOSE * best])
    ordered = _by_speaker(asked.matched, shown)
    if asked.intent.polarity is None:  # what was not said answers too, if nothing was said
        ordered = sorted(ordered, key=lambda told: told.negative)
    total = len(found) if asked.topic.terms else asked.record.index.count(query)
    return StatementAnswer(
        asked.matched, tuple(ordered), max(total, len(ordered)), None, tuple(asked.possible())
    )


def _by_description(asked: StatementRequest) -> list[ScoredStatement]:
    """Of an organisation whoever is called after it: "a spokesman for the ministry"."""
    speakers = asked.matched.speakers
    if not speakers or any(speaker.type is SourceType.PERSON for speaker in speakers):
        return []
    words = tuple(analyze(speakers[0].name))
    query = replace(asked.query, speakers=(), speaker_words=words, types=CALLED_AFTER)
    return asked.on_topic(query)


def _told_after(asked: StatementRequest) -> list[ScoredStatement]:
    """What is said on a day is printed on the next."""
    within = with_grace(asked.intent.period)
    if within == asked.intent.period:
        return []
    return asked.on_topic(replace(asked.query, filter=asked.filter.narrowed_to(within)))


def _of_that_year(asked: StatementRequest) -> list[ScoredStatement]:
    """Where the date in the question is no date of publication: it is spoken of."""
    years = re.findall(FOUR_DIGITS, asked.intent.when)
    if not years:
        return []
    found = asked.on_topic(replace(asked.query, filter=asked.filter))
    return [told for told in found if all(year in near_text(told) for year in years)]


def _in_family(asked: StatementRequest, found: list[ScoredStatement]) -> list[ScoredStatement]:
    """Where a warning is asked for and there are warnings, those alone."""
    verbs = family(asked.intent.verb)
    fitting = [told for told in found if told.statement.lemma in verbs]
    return fitting if fitting and not asked.topic.terms else found


def _by_speaker(matched: SpeakerMatch, found: Sequence[ScoredStatement]) -> list[ScoredStatement]:
    """Those of one speaker together, speakers in the order of their first."""
    owner = {key: person.speaker.key for person in matched.people for key in person.keys}
    keys = [owner.get(told.key, told.key) for told in found]
    place = {key: at for at, key in reversed(list(enumerate(keys)))}
    return [
        told for _, told in sorted(zip(keys, found, strict=True), key=lambda each: place[each[0]])
    ]
