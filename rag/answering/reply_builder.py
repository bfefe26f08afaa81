"""What was found -> what is given back, every quote cited. Decides nothing."""

from collections.abc import Sequence
from dataclasses import replace

from index.documents import Span
from index.statements import Speaker
from index.text.sentences import sentences
from rag.answering.agreement import compared
from rag.answering.confidence import by_itself, confidence
from rag.answering.short_answer import resolved, short_answer
from rag.citations import Citation, cite
from rag.query.answer_type import AnswerType
from rag.query.query import Query
from rag.reading.evidence import Evidence, one_per_article
from rag.replies import Answer, AnswerKind, Refusal, RefusalReason

NEAREST = 3
EXPLANATION_SENTENCES = 2
DATED = frozenset({AnswerType.TIME, AnswerType.ANYTHING})
"""Wanted, where the short answer may be a date: "on Tuesday" told of "who" is none."""


def refusal(
    refused: tuple[RefusalReason, str], ranked: Sequence[Evidence], names: tuple[Speaker, ...] = ()
) -> Refusal:
    """With the nearest sentences there are."""
    return Refusal(*refused, cited(one_per_article(ranked)[:NEAREST]), names)


def answer(query: Query, fit: Sequence[Evidence], *, least: float) -> Answer:
    """The best sentence, and what other stories have to the same question."""
    best = fit[0]
    sources = compared(query, best, others(query, fit, least))
    span = _explained(best) if query.wants_explanation else best.span
    citation = _marked(query, best, span)
    kind: AnswerKind = "sentence" if span == best.span else "sentences"
    return Answer(
        citation.quote,
        kind,
        confidence(query, fit),
        (citation,),
        sources.agreement,
        tuple(_marked(query, each, each.span) for each in sources.agreeing),
        tuple(_marked(query, each, each.span) for each in sources.differing),
    )


def others(query: Query, fit: Sequence[Evidence], least: float) -> list[Evidence]:
    """What could have been the answer too, from other articles."""
    return [each for each in one_per_article(fit)[1:] if by_itself(query, each) >= least]


def alternatives(
    query: Query, fit: Sequence[Evidence], answer: Answer, *, least: float
) -> tuple[Citation, ...]:
    """Of those that `answer` does not tell already."""
    told = {each.article.id for each in (*answer.agreeing, *answer.differing)}
    left = (each for each in others(query, fit, least) if each.article.id not in told)
    return tuple(_marked(query, each, each.span) for each in left)


def _marked(query: Query, evidence: Evidence, span: Span) -> Citation:
    """With its short answer, where it has one."""
    citation, short = cite(evidence.article, span), short_answer(query, evidence)
    if short is None:
        return citation
    days = resolved(evidence.article, evidence.span, short) if query.answer_type in DATED else None
    return replace(citation, short=short, resolved=days)


def cited(ranked: Sequence[Evidence]) -> tuple[Citation, ...]:
    return tuple(cite(evidence.article, evidence.span) for evidence in ranked)


def _explained(best: Evidence) -> Span:
    """A "why" or "how" is seldom answered in one sentence: the next of its paragraph goes along."""
    text = best.article.text
    ends = [
        span.end
        for span in sentences(text, best.passage)
        if span.start >= best.span.start and "\n" not in text[best.span.end : span.end]
    ]
    return Span(best.span.start, max([best.span.end, *ends[:EXPLANATION_SENTENCES]]))
