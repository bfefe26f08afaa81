"""The sentences that answer "why" and "how": one seldom does. Knows no short answer."""

from index.documents import Span
from index.text.sentences import sentences
from rag.query.answer_type import AnswerType, gives_reason
from rag.query.query import Query
from rag.reading.evidence import Evidence

SENTENCES = 2


def with_explanation(best: Evidence) -> Span:
    """With the next sentence of its paragraph."""
    text = best.article.text
    ends = [
        span.end
        for span in sentences(text, best.passage)
        if span.start >= best.span.start and "\n" not in text[best.span.end : span.end]
    ]
    return Span(best.span.start, max([best.span.end, *ends[:SENTENCES]]))


def explains_nothing(query: Query, evidence: Evidence) -> bool:
    """Whether a reason is asked for, and no word of the explanation introduces one."""
    if query.answer_type is not AnswerType.REASON:
        return False
    return not gives_reason(with_explanation(evidence).of(evidence.article.text))
