"""One question through the service -> everything it brought, written down as a prediction.

Knows nothing of gold but which articles are relevant, and that only to read those alone.
"""

from collections.abc import Sequence
from datetime import timedelta

from eval.predictions import Cited, Prediction, Ranked
from eval.questions import Question
from index.documents import Filter
from rag.answer import Answer, Citation, Refusal
from rag.assemble import Service
from rag.cite import Claim
from rag.decide import confidence
from rag.pipeline import Trace
from rag.read import Evidence
from rag.retrieve import Hit

PASSAGES_KEPT = 100
SENTENCES_KEPT = 50
RESOLUTION = timedelta(seconds=1)
"""Of a published date in the index."""


def ask(service: Service, question: Question, *, as_of: bool) -> Prediction:
    """What the service makes of it; whatever goes wrong becomes the prediction's error."""
    try:
        return _asked(service, question, _filter(question) if as_of else Filter())
    except Exception as error:  # noqa: BLE001  a crash is a finding, counted beside the others
        return Prediction(question.id, error=f"{type(error).__name__}: {error}")


def _asked(service: Service, question: Question, filter: Filter) -> Prediction:
    reply = service.ask(question.text, filter=filter)
    trace = service.trace(question.text, filter=filter)
    outcome = reply.outcome
    return Prediction(
        question=question.id,
        passages=tuple(_passage(hit) for hit in trace.hits[:PASSAGES_KEPT]),
        sentences=_sentences(trace),
        gold_sentences=_gold_sentences(service, question, filter),
        answered=isinstance(outcome, Answer),
        text=outcome.text if isinstance(outcome, Answer) else "",
        confidence=_confidence(outcome, trace),
        citations=_cited(service, outcome.citations) if isinstance(outcome, Answer) else (),
        reason=outcome.reason.value if isinstance(outcome, Refusal) else None,
        timings_ms=dict(reply.timings_ms),
    )


def _filter(question: Question) -> Filter:
    """Articles of that very second may still be seen; the filter's bound is exclusive."""
    if question.as_of is None:
        return Filter()
    return Filter(published_to=question.as_of.replace(microsecond=0) + RESOLUTION)


def _gold_sentences(service: Service, question: Question, filter: Filter) -> tuple[Ranked, ...]:
    """How the sentences stand when retrieval let through only what is relevant."""
    if not question.relevant:
        return ()
    only = {article for article, grade in question.relevant.items() if grade > 0}
    return _sentences(service.trace(question.text, filter=filter, only=only))


def _confidence(outcome: Answer | Refusal, trace: Trace) -> float:
    if isinstance(outcome, Answer):
        return outcome.confidence
    best = trace.fit or trace.ranked
    return confidence(best[0]) if best else 0.0


def _passage(hit: Hit) -> Ranked:
    span = hit.passage.span
    return Ranked(hit.passage.article_id, span.start, span.end, hit.score, hit.lexical, hit.dense)


def _sentences(trace: Trace) -> tuple[Ranked, ...]:
    return tuple(_sentence(evidence) for evidence in trace.ranked[:SENTENCES_KEPT])


def _sentence(evidence: Evidence) -> Ranked:
    """With the scores of its passage, beside its own."""
    span, hit = evidence.span, evidence.hit
    return Ranked(evidence.article.id, span.start, span.end, evidence.score, hit.lexical, hit.dense)


def _cited(service: Service, citations: Sequence[Citation]) -> tuple[Cited, ...]:
    verdicts = service.verify([_claim(citation) for citation in citations])
    return tuple(
        _citation(citation, verbatim=verdict.verified)
        for citation, verdict in zip(citations, verdicts, strict=True)
    )


def _claim(citation: Citation) -> Claim:
    article = citation.article
    return Claim(article.id, article.revision, citation.start, citation.end, citation.quote)


def _citation(citation: Citation, *, verbatim: bool) -> Cited:
    article = citation.article
    published = article.published_at
    return Cited(
        article=article.id,
        revision=article.revision,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        outlet=article.outlet,
        published_at=published.isoformat() if published else None,
        verbatim=verbatim,
    )
