"""What was said: an answer to a query that asks for somebody's words, or a page of a listing.

The branch is apart from the run that owns it, so that no circle of references keeps an index
mapped.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial

from index.documents import Filter
from index.stores.generation.generation import Generation
from rag.answering.coverage import why_nothing_visible
from rag.answering.from_passages import Limits, Resources
from rag.articles import ArticleCache
from rag.query.intent import ANY_TIME
from rag.query.query import Query
from rag.reading.evidence import Evidence
from rag.replies import StatementsReply, state_of
from rag.retrieval.retriever import term_weights
from rag.retrieval.scope import is_dated
from rag.retrieval.written_names import is_written
from rag.statements.answer import StatementAnswer, answer_from_statements, with_min_confidence
from rag.statements.as_of import statement_collection
from rag.statements.attributed import unattributed
from rag.statements.listing import ListingRequest, list_statements
from rag.statements.ranking.search import StatementCollection
from rag.statements.request import StatementRequest, statement_request
from rag.timing import Stopwatch


class StatementBranch:
    """For one question; not for several threads."""

    def __init__(
        self,
        query: Query,
        resources: Resources,
        collection: StatementCollection,
        limits: Limits,
        watch: Stopwatch,
    ) -> None:
        self._query = query
        self._resources = resources
        self._collection = collection
        self._limits = limits
        self._watch = watch

    @cached_property
    def answer(self) -> StatementAnswer | None:
        if self.request is None:
            return None
        with self._watch("statements"):
            answer = answer_from_statements(self.request)
            return with_min_confidence(answer, self._limits.min_confidence)

    @cached_property
    def request(self) -> StatementRequest | None:
        """None if the question asks for nobody's words, or there are none."""
        intent, period, filter = self._query.intent, self._query.period, self._limits.filter
        generation, articles = self._resources.generation, self._resources.articles
        table = generation.passage_table
        if intent is None or why_nothing_visible(table, filter) or not self._collection.index.size:
            return None
        if period and period.derived and not is_dated(table):
            intent = replace(intent, period=ANY_TIME, when="")
        until = Filter(as_of=filter.as_of)
        with self._watch("statements"):
            return statement_request(
                intent,
                self._collection,
                filter=filter,
                term_weights=partial(term_weights, generation),
                is_written=partial(is_written, generation, articles, until),
                asked_at=self._limits.asked_at or filter.as_of,
            )

    def unattributed(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Without what the statements show to be somebody else's words."""
        if self.answer is None or self.answer.speaker_match.is_empty:
            return evidence
        return unattributed(evidence, self.answer.speaker_match, self._collection)


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
