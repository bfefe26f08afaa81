"""One question on its way: statements where words are asked for, else passages and sentences.

Every stage runs when it is first needed, so that a question statements answer is never embedded.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from index.documents import Filter
from index.neural.embedder import Embedder
from index.stores.generation.generation import Generation
from index.stores.search.passage_table import PassageTable
from rag.answering.answerability import admissible, refuse
from rag.answering.coverage import Coverage, coverage, nothing_seen
from rag.answering.date_check import days_words, is_within, outside_dates, tells_of, understood
from rag.answering.reply_builder import alternatives as alternatives_of
from rag.answering.reply_builder import answer, answer_of_statements, cited_statements, refusal
from rag.articles import ArticleCache
from rag.citations import Citation
from rag.query.intent import ANY_TIME
from rag.query.query import NOT_CONTENT, Query
from rag.reading.evidence import Evidence
from rag.reading.reader import Reader
from rag.reading.sentence_ranker import rank_sentences
from rag.replies import Answer, Hit, IndexState, InterpretedDates, Refusal, RefusalReason, Reply
from rag.retrieval.retriever import Retriever, term_weights
from rag.retrieval.scope import DateScope, Scope, is_dated, scopes
from rag.retrieval.story_dedup import Stories
from rag.settings import Shown
from rag.statements.answer import (
    StatementAnswer,
    answer_from_statements,
    is_accounted_for,
    speakers_of,
    spoken_in,
    sure_enough,
)
from rag.statements.as_of import record_of
from rag.statements.request import statement_request
from rag.statements.search import StatementCollection
from rag.timing import Stopwatch
from rag.trace import Trace

SAYS_MORE = frozenset({RefusalReason.NO_SUCH_NAME, RefusalReason.NOT_A_QUESTION})
"""Refusals for want of passages that tell more than those for want of statements."""
NEAREST = 3


class QuestionRun:
    """For one question; not for several threads."""

    def __init__(
        self,
        query: Query,
        generation: Generation,
        library: ArticleCache,
        embedder: Callable[[], Embedder],
        reader: Callable[[], Reader | None],
        *,
        filter: Filter,
        as_of: datetime | None,
        watch: Stopwatch,
        until: float,
        least: float,
        shown: Shown = "best",
    ) -> None:
        self.query = query
        self.generation = generation
        self.library = library
        self.stories = Stories(generation.columns, library, filter, shown)
        self._filter = filter
        self._watch = watch
        self._reader = reader
        self._until = until
        self._least = least
        self._finder = Retriever(
            query.text, generation, library, self.stories, embedder, as_of=as_of, watch=watch
        )

    @cached_property
    def record(self) -> StatementCollection:
        return record_of(self.generation, self.library, self._filter.as_of)

    @cached_property
    def unseen(self) -> str | None:
        """Why the filters let no article through; None where they let one."""
        return nothing_seen(self.generation.columns, self._filter)

    @cached_property
    def heard(self) -> StatementAnswer | None:
        intent = self.query.intent
        if intent is None or self.unseen or self.record.index.size == 0:
            return None
        if self.query.period and self.query.period.derived and not is_dated(self._columns):
            intent = replace(intent, period=ANY_TIME, when="")
        with self._watch("statements"):
            asked = statement_request(
                intent, self.record, filter=self._filter, weigh=self._weigh, unasked=NOT_CONTENT
            )
            return sure_enough(answer_from_statements(asked), self._least)

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Where to look, one after the other."""
        return scopes(self.query, self._columns, self._filter)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Passages, best first; of the question's dates, where it names some that tell."""
        return self._finder.find(self.scopes[0]).hits

    def trace(self, only: AbstractSet[str] | None = None) -> Trace:
        """Everything up to the decision; `only` keeps the candidates of these articles alone."""
        return self._whole if only is None else self._looked_for(only)

    @cached_property
    def _whole(self) -> Trace:
        return self._looked_for(None)

    def _looked_for(self, only: AbstractSet[str] | None) -> Trace:
        first, *further = self.scopes
        inside = self._trace(first, only)
        if inside.refused is None or inside.refused[0] in SAYS_MORE or self.unseen:
            return inside
        for scope in further:
            found = self._trace(scope, only)
            if scope.name is DateScope.OTHERS:
                return self._of_other_dates(inside, found)
            if found.refused is None and self._tells_of_dates(found.fit[0]):
                return found
        return inside

    def understood(self, *, narrowed: bool) -> InterpretedDates | None:
        """What the question says of dates, and whether it was heeded."""
        period = self.query.period
        return understood(self.query.text, period, narrowed=narrowed) if period else None

    def none_of_dates(self) -> str | None:
        """That nothing is of the question's dates, where they choose articles."""
        period = self.understood(narrowed=True)
        if period is None or self.scopes[0].name is not DateScope.DATES:
            return None
        return (
            f"Nothing is from these dates ({days_words(period)}). "
            f"The archive covers {self._covered}."
        )

    def reply(self, alternatives: int) -> Reply:
        """One answer or one refusal."""
        if self.heard is None or self.heard.refusal:
            return self._from_passages(self.trace(), alternatives)
        with self._watch("cite"):
            outcome = answer_of_statements(self.heard, self.record)
            shown = cited_statements(self.heard.possible[:alternatives], self.record)
        return Reply(
            self.query.text,
            outcome,
            shown,
            state_of(self.generation),
            self._watch.timings_ms,
            speakers_of(self.heard, self.record),
            self.heard.total,
            self.understood(narrowed=self._heard_then(self.heard)),
        )

    def _from_passages(self, trace: Trace, alternatives: int) -> Reply:
        with self._watch("cite"):
            outcome, shown = self._outcome(trace, alternatives)
            outcome, shown = self.stories.told(outcome), self.stories.all_told(shown)
        speakers = speakers_of(trace.heard, self.record) if trace.heard else ()
        state = state_of(self.generation)
        return Reply(
            trace.query.text,
            outcome,
            shown,
            state,
            self._watch.timings_ms,
            speakers,
            period=self.understood(narrowed=trace.narrowed),
            hits=trace.hits,
            reading=trace.reading,
        )

    def _outcome(
        self, trace: Trace, alternatives: int
    ) -> tuple[Answer | Refusal, tuple[Citation, ...]]:
        if trace.refused is None:
            query, fit, least = trace.query, trace.fit, self._least
            given = answer(query, fit, least=least)
            return given, alternatives_of(query, fit, given, least=least)[:alternatives]
        lack = trace.heard.refusal if trace.heard else None
        if lack is None or trace.refused[0] in SAYS_MORE:
            return refusal(trace.refused, trace.ranked, lack.names if lack else ()), ()
        near = cited_statements(lack.nearest[:NEAREST], self.record)
        reason = lack.reason, lack.message
        if near:
            return Refusal(*reason, near, lack.names), ()
        return refusal(reason, trace.ranked, lack.names), ()

    @property
    def _columns(self) -> PassageTable:
        return self.generation.columns

    @property
    def _covered(self) -> Coverage:
        """What there is as of then."""
        seen = self._columns.visible(Filter(as_of=self._filter.as_of))
        return coverage(self._columns.published[seen])

    def _trace(self, scope: Scope, only: AbstractSet[str] | None) -> Trace:
        query, finder = scope.query, self._finder
        found = finder.find(scope, only) if query.content else finder.nothing(scope)
        with self._watch("read"):
            seen = rank_sentences(
                query, found.term_matcher, found.examined, self._reader(), until=self._until
            )
            found, ranked = replace(found, examined=seen.passages), seen.ranked
        with self._watch("decide"):
            fit = self._fit(query, ranked)
            refused = refuse(
                query, ranked, fit, least=self._least, filter=scope.filter, occurs=self._occurs
            )
        if self.unseen and query.content:
            refused = RefusalReason.OUTSIDE_FILTERS, self.unseen
        decided = ranked, tuple(fit), refused, scope.name is DateScope.DATES
        return Trace(query, self.generation, self.heard, found, *decided, seen.reading)

    def _of_other_dates(self, inside: Trace, others: Trace) -> Trace:
        """That nothing of the dates answers, and what is nearest; unless nothing else does."""
        period = self.query.period
        told = others.fit or others.ranked
        near = [each for each in told if period and not is_within(each.article, period)]
        if period is None or not near or (inside.ranked and others.refused):
            return inside
        message = outside_dates(self.query.text, period, near[0].article, self._covered)
        refused = RefusalReason.OUTSIDE_DATES, message
        found = inside.found if inside.ranked else others.found
        return replace(inside, found=found, ranked=tuple(near), fit=(), refused=refused)

    def _tells_of_dates(self, evidence: Evidence) -> bool:
        period = self.query.period
        return period is not None and tells_of(evidence, self.query.text, period)

    def _heard_then(self, heard: StatementAnswer) -> bool:
        """Whether all that is told was published in the question's dates."""
        period = self.query.period
        return period is not None and all(is_within(each.article, period) for each in heard.answers)

    def _fit(self, query: Query, ranked: Sequence[Evidence]) -> list[Evidence]:
        """What may be said by whom was asked for, where statements do not know better."""
        fit = admissible(query, ranked)
        if self.heard is None or self.heard.matched.anybody:
            return fit
        articles = {evidence.article.id: evidence.article for evidence in fit}
        spoken = {id: spoken_in(article, self.record) for id, article in articles.items()}
        matched = self.heard.matched
        return [
            each
            for each in fit
            if not is_accounted_for(each.article, each.span, matched, spoken[each.article.id])
        ]

    def _weigh(self, terms: Sequence[str]) -> dict[str, float]:
        return term_weights(self.generation, terms)

    def _occurs(self, term: str) -> bool:
        """As far as it may be known as of then."""
        terms, as_of = self.generation.terms, self._filter.as_of
        if as_of is None:
            return terms.document_frequency([term]) != [0]
        ids, _ = terms.search([term], 1, Filter(as_of=as_of))
        return len(ids) > 0


def state_of(generation: Generation) -> IndexState:
    manifest = generation.manifest
    return IndexState(
        manifest.name,
        manifest.built_at,
        manifest.newest_article,
        manifest.articles,
        manifest.passages,
    )
