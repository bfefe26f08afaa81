"""One question to the service -> a prediction with everything needed for scoring.

Knows of the gold only which articles are relevant, to read those alone as well.
"""

from collections.abc import Sequence

from eval.datasets.questions import Question
from eval.runs.predictions import PredictedCitation, PredictedStatement, Prediction, RankedItem
from index.documents import Filter, Span
from index.statements import Statement
from rag.citations import Citation, Claim
from rag.reading.evidence import Evidence
from rag.replies import Answer, Hit, Refusal, Reply
from rag.service import Service
from rag.statements.ranking.search import is_certain
from rag.trace import Trace

PASSAGES_KEPT = 100
SENTENCES_KEPT = 50


def ask(service: Service, question: Question, *, as_of: bool) -> Prediction:
    """Asks the service; an exception becomes the prediction's error."""
    try:
        return _asked(service, question, Filter(as_of=question.as_of if as_of else None))
    except Exception as error:  # noqa: BLE001  a crash is a finding, counted beside the others
        return Prediction(question.id, error=f"{type(error).__name__}: {error}")


def _asked(service: Service, question: Question, filter: Filter) -> Prediction:
    relevant = frozenset(article for article, grade in question.relevant.items() if grade > 0)
    asked = service.ask_with_trace(question.text, filter=filter, only=relevant or None)
    reply, trace, outcome = asked.reply, asked.trace, asked.reply.outcome
    return Prediction(
        question=question.id,
        passages=tuple(_passage(hit) for hit in trace.hits[:PASSAGES_KEPT]),
        sentences=_sentences(trace),
        gold_sentences=_sentences(asked.gold) if asked.gold else (),
        answered=isinstance(outcome, Answer),
        text=(outcome.short or outcome.text) if isinstance(outcome, Answer) else "",
        confidence=outcome.confidence if isinstance(outcome, Answer) else trace.confidence,
        citations=_cited(service, outcome.citations) if isinstance(outcome, Answer) else (),
        others=_cited(service, _below(reply)),
        speakers=tuple(speaker.name for speaker in reply.speakers),
        reason=outcome.reason.value if isinstance(outcome, Refusal) else None,
        timings_ms=dict(reply.timings_ms),
    )


def _below(reply: Reply) -> Sequence[Citation]:
    """What is cited below an answer, in the order of the page."""
    outcome = reply.outcome
    if isinstance(outcome, Refusal):
        return ()
    return (*outcome.agreeing, *outcome.differing, *reply.alternatives)


def _passage(hit: Hit) -> RankedItem:
    span = hit.passage.span
    return RankedItem(
        hit.passage.article_id, span.start, span.end, hit.score, hit.lexical, hit.dense
    )


def _sentences(trace: Trace) -> tuple[RankedItem, ...]:
    return tuple(_sentence(evidence) for evidence in trace.passages.ranked[:SENTENCES_KEPT])


def _sentence(evidence: Evidence) -> RankedItem:
    """With its own score and those of its passage."""
    span, hit = evidence.span, evidence.hit
    return RankedItem(
        article=evidence.article.id,
        start=span.start,
        end=span.end,
        score=evidence.score,
        lexical=hit.lexical,
        dense=hit.dense,
        short=_place(evidence.reading.answer) if evidence.reading else None,
    )


def _cited(service: Service, citations: Sequence[Citation]) -> tuple[PredictedCitation, ...]:
    verdicts = service.verify([_claim(citation) for citation in citations])
    return tuple(
        _citation(citation, verbatim=verdict.verified)
        for citation, verdict in zip(citations, verdicts, strict=True)
    )


def _claim(citation: Citation) -> Claim:
    article = citation.article
    return Claim(article.id, article.revision, citation.start, citation.end, citation.quote)


def _citation(citation: Citation, *, verbatim: bool) -> PredictedCitation:
    article = citation.article
    published = article.published_at
    return PredictedCitation(
        article=article.id,
        revision=article.revision,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        outlet=article.outlet,
        published_at=published.isoformat() if published else None,
        verbatim=verbatim,
        said=_said(citation.statement) if citation.statement else None,
        short=_place(citation.short) if citation.short else None,
    )


def _said(statement: Statement) -> PredictedStatement:
    return PredictedStatement(
        speaker=statement.speaker,
        resolution=statement.resolution.value,
        kind=statement.kind.value,
        sure=statement.sure,
        confidence=statement.confidence,
        content=tuple(map(_place, statement.content)),
        certain=is_certain(statement),
    )


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end
