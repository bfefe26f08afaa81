"""Sentences that statements already attribute to a speaker, so that nobody has to guess."""

from collections.abc import Sequence

from index.documents import Article, Span
from index.language.terms import analyze
from index.statements import Statement
from index.stores.search.statements import StatementQuery
from rag.reading.evidence import Evidence
from rag.statements.ranking.search import StatementCollection
from rag.statements.speakers.lookup import SpeakerMatch, own_name

MOST_PER_ARTICLE = 300


def unattributed(
    evidence: Sequence[Evidence], match: SpeakerMatch, collection: StatementCollection
) -> list[Evidence]:
    """Without the sentences whose speaker is known: theirs were considered, others' are wrong."""
    articles = {each.article.id: each.article for each in evidence}
    statements = {id: _statements_in(article, collection) for id, article in articles.items()}
    return [
        each
        for each in evidence
        if not _is_attributed(each.article, each.span, match, statements[each.article.id])
    ]


def _statements_in(article: Article, collection: StatementCollection) -> list[Statement]:
    """All of this revision."""
    hits = collection.index.search(StatementQuery(articles=(article.id,)), MOST_PER_ARTICLE)
    return [hit.statement for hit in hits if hit.statement.revision == article.revision]


def _is_attributed(
    article: Article, span: Span, match: SpeakerMatch, statements: Sequence[Statement]
) -> bool:
    """Whether a statement's content is there; for a description, by a source without its words."""
    here = [each for each in statements if any(part.touches(span) for part in each.content)]
    if match.people or not here:
        return bool(here)
    described = set(match.description)
    return all(described.isdisjoint(_source_words(article, each)) for each in here)


def _source_words(article: Article, statement: Statement) -> set[str]:
    """Those that say what the speaker is: "the pope" is not Lena Pope."""
    source = statement.source.of(article.text) if statement.source else ""
    return set(analyze(f"{source} {statement.speaker or ''}")) - own_name(statement)
