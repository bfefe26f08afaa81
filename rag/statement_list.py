"""A page of statements as a reply: on a topic, of everybody whom a name may mean."""

from index.stores.generation.generation import Generation
from rag.answering.coverage import why_nothing_visible
from rag.articles import ArticleCache
from rag.question_run import state_of
from rag.replies import StatementsReply
from rag.statements.as_of import statement_collection
from rag.statements.listing import ListingRequest, list_statements
from rag.timing import Stopwatch


def listed(
    generation: Generation,
    articles: ArticleCache,
    request: ListingRequest,
    watch: Stopwatch,
    *,
    limit: int,
    offset: int,
) -> StatementsReply:
    """ArchiveError if an article of one of them is damaged."""
    collection = statement_collection(generation, articles, request.filter.as_of)
    with watch("statements"):
        found = list_statements(collection, request, limit=limit, offset=offset)
    articles.raise_if_damaged()
    return StatementsReply(
        found.speakers,
        found.total,
        found.citations,
        state_of(generation),
        watch.timings_ms,
        found.uncertain,
        found.similar,
        None if found.total else why_nothing_visible(generation.passage_table, request.filter),
    )
