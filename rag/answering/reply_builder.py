"""Evidence -> the answer or refusal of a reply, every quote cited. Decides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.documents import Span
from index.statements import Speaker
from rag.answering.candidates import AnswerCandidates
from rag.answering.qualifying import qualifying
from rag.answering.quoting.quoted_span import quoted_span, with_context
from rag.answering.short_answer import resolved_days, short_answer
from rag.citations import Citation, cite
from rag.guarantee.guarantee import Guarantee
from rag.query.answer_type import AnswerType
from rag.query.query import Query
from rag.reading.evidence import Evidence, one_per_article
from rag.replies import Answer, AnswerKind, Refusal, RefusalReason, Reply, ScoredSentence

MOST_NEAREST = 3
NEAR = 0.25
"""The least share of the question's words that a passage has to be shown beside a refusal."""
DATED = frozenset({AnswerType.TIME, AnswerType.ANYTHING})
"""Answer types whose short answer may be a date: "on Tuesday" does not answer "who"."""


@dataclass(frozen=True, slots=True)
class CitedOutcome:
    """What the passages say, with all that is cited beside it."""

    outcome: Answer | Refusal
    alternatives: tuple[Citation, ...] = ()
    total: int | None = None
    """Sentences that qualify, and their articles; None for a refusal."""
    total_articles: int | None = None
    more: tuple[Citation, ...] = ()
    """The first of those that nothing before has cited."""


def build_refusal(
    refused: tuple[RefusalReason, str], ranked: Sequence[Evidence], names: tuple[Speaker, ...] = ()
) -> Refusal:
    """With the nearest sentences, as far as they are near."""
    near = (each for each in ranked if each.coverage >= NEAR)
    nearest = one_per_article(list(near))[:MOST_NEAREST]
    reason, message = refused
    if not nearest:
        message = message.replace("; the nearest is below", "")
    return Refusal(reason, message, tuple(cite(each.article, each.span) for each in nearest), names)


def build_answer(
    candidates: AnswerCandidates, *, min_confidence: float, most_alternatives: int
) -> CitedOutcome:
    """The best sentence beside what other stories have; then the alternatives, best first."""
    query, best = candidates.query, candidates.best
    stories = candidates.compared(min_confidence=min_confidence)
    span = quoted_span(query, best)
    citation = _with_short_answer(query, best, span)
    kind: AnswerKind = "sentence" if span == best.span else "sentences"
    answer = Answer(
        citation.quote,
        kind,
        candidates.confidence,
        (citation,),
        stories.agreement,
        _cited(query, stories.agreeing),
        _cited(query, stories.differing),
    )
    shown = [citation, *answer.agreeing, *answer.differing]
    alternatives = _not_shown(query, stories.further, shown)[:most_alternatives]
    sentences = qualifying(candidates, stories, min_confidence=min_confidence)
    more = _not_shown(query, sentences, [*shown, *alternatives])
    return CitedOutcome(
        answer,
        tuple(alternatives),
        total=len(sentences),
        total_articles=len(one_per_article(sentences)),
        more=tuple(more),
    )


def under_guarantee(reply: Reply, guarantee: Guarantee | None) -> Reply:
    """With the guarantee; an answer that is less sure than it takes becomes a refusal.

    What would be shown is decided before, as the answers that it was chosen on were.
    """
    outcome = reply.outcome
    if guarantee is None or isinstance(outcome, Refusal):
        return replace(reply, guarantee=guarantee)
    least = guarantee.threshold.least_confidence
    if outcome.confidence >= least:
        return replace(reply, guarantee=guarantee)
    message = (
        f"The nearest answer has a confidence of {outcome.confidence:.2f}; at least {least:.2f} is "
        f"shown, {guarantee.words}. It is below."
    )
    nearest = outcome.citations[:MOST_NEAREST]
    refusal = Refusal(RefusalReason.LOW_CONFIDENCE, message, nearest)
    return replace(
        reply,
        outcome=refusal,
        alternatives=(),
        total=None,
        total_articles=None,
        more=(),
        guarantee=guarantee,
    )


def scored_sentence(evidence: Evidence) -> ScoredSentence:
    article = evidence.article
    return ScoredSentence(
        article.id, article.revision, evidence.span, evidence.score, evidence.preferences
    )


def _cited(query: Query, evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
    return tuple(_with_short_answer(query, each, with_context(query, each)) for each in evidence)


def _not_shown(
    query: Query, evidence: Iterable[Evidence], shown: Sequence[Citation]
) -> list[Citation]:
    """Those whose sentence is not quoted yet, without the sentence before it where that one is."""
    found: list[Citation] = []
    for each in evidence:
        alone = _with_short_answer(query, each, each.span)
        if not _overlaps(alone, [*shown, *found]):
            whole = _with_short_answer(query, each, with_context(query, each))
            found.append(alone if _overlaps(whole, [*shown, *found]) else whole)
    return found


def _overlaps(citation: Citation, others: Iterable[Citation]) -> bool:
    """Whether one of the others quotes a part of it, in the same article."""
    return any(
        each.article.id == citation.article.id
        and each.start < citation.end
        and citation.start < each.end
        for each in others
    )


def _with_short_answer(query: Query, evidence: Evidence, span: Span) -> Citation:
    article, short = evidence.article, short_answer(query, evidence)
    citation = cite(article, span)
    if short is None:
        return citation
    days = resolved_days(article, evidence.span, short) if query.answer_type in DATED else None
    return replace(citation, short=short, resolved=days)
