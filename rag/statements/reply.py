"""Statements -> their citations, and the answer and the speakers of a reply. Decides nothing."""

from collections.abc import Iterable
from dataclasses import replace

from index.documents import Span
from index.statements import Speaker
from rag.citations import Citation, cite
from rag.replies import Answer, AnswerKind
from rag.statements.answer import StatementAnswer
from rag.statements.quote_spans import quote_span
from rag.statements.ranking.search import ScoredStatement, StatementCollection

MOST_STATEMENTS = 8


def cited_answer(answer: StatementAnswer, collection: StatementCollection) -> Answer:
    """The first statement is the answer's text."""
    citations = cite_statements(answer.statements[:MOST_STATEMENTS], collection)
    kind: AnswerKind = "statement" if len(citations) == 1 else "statements"
    return Answer(citations[0].quote, kind, answer.statements[0].confidence, citations)


def cite_statements(
    statements: Iterable[ScoredStatement], collection: StatementCollection
) -> tuple[Citation, ...]:
    return tuple(
        replace(
            cite(each.article, _quote_span(each, collection)),
            statement=each.statement,
            copies=each.copies,
        )
        for each in statements
    )


def _quote_span(scored: ScoredStatement, collection: StatementCollection) -> Span:
    """Boilerplate is read only for a quote of several lines: it is a line of its own."""
    article = scored.article
    span = quote_span(article, scored.statement, ())
    if "\n" not in span.of(article.text):
        return span
    return quote_span(
        article, scored.statement, collection.boilerplate(article.id, article.revision)
    )


def speakers_of(answer: StatementAnswer, collection: StatementCollection) -> tuple[Speaker, ...]:
    """Those quoted, in their order, then the others the name may mean."""
    known = answer.speaker_match.by_key
    keys = (each.key for each in answer.statements if each.key)
    quoted = (known.get(key) or collection.index.speaker(key) for key in keys)
    found = filter(None, [*quoted, *answer.speaker_match.speakers])
    return tuple({speaker.key: speaker for speaker in found}.values())
