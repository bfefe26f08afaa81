"""One question through its stages: statements where someone's words are asked for, else passages.

A stage runs when it is first needed: a question that statements answer is never embedded.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from rag.answering.date_check import interpreted_dates, is_within
from rag.answering.from_passages import (
    FINAL_REFUSALS,
    Limits,
    PassageAnswer,
    PassageBranch,
    Resources,
)
from rag.answering.reply_builder import (
    CitedOutcome,
    build_answer,
    build_refusal,
    scored_sentence,
    under_guarantee,
)
from rag.answering.speaker_check import has_for_subject
from rag.answering.story_copies import StoryCopies
from rag.citations import cite
from rag.query.intent import IntentKind
from rag.query.query import Query, respelt
from rag.query.respelling import Respelling
from rag.reading.evidence import Evidence
from rag.replies import (
    InterpretedDates,
    RankedStatement,
    Refusal,
    RefusalReason,
    Reply,
    SearchHit,
    SearchReply,
    state_of,
)
from rag.retrieval.excerpts import with_articles
from rag.retrieval.scope import DateScope
from rag.statement_branch import StatementBranch
from rag.statements.answer import StatementAnswer
from rag.statements.as_of import statement_collection
from rag.statements.refusal import StatementRefusal
from rag.statements.reply import cite_statements, cited_answer, speakers_of
from rag.statements.request import StatementRequest
from rag.timing import Stopwatch
from rag.trace import Trace

NEARLY = "Nothing quoted answers this with enough certainty; the nearest is below."
MOST_LOOKED_THROUGH = 30
"""Sentences, best first, in which a speaker may be the subject before "never" is said."""
NEAREST = 3
"""Statements cited beside a refusal."""


class QuestionRun:
    """For one question; not for several threads."""

    def __init__(
        self, query: Query, resources: Resources, limits: Limits, watch: Stopwatch
    ) -> None:
        self.resources = resources
        self.watch = watch
        self._query = query
        self._limits = limits
        self._generation = resources.generation
        self._collection = statement_collection(
            self._generation, resources.articles, limits.filter.as_of, resources.embedder
        )
        self._statements = StatementBranch(query, resources, self._collection, limits, watch)
        self._copies = StoryCopies(
            self._generation.passage_table, resources.articles, limits.filter, limits.cited
        )

    def reply(self, most_alternatives: int) -> Reply:
        """One answer or one refusal."""
        statements = self._statement_answer
        if statements is None or statements.refusal:
            reply = self._reply_from_passages(most_alternatives)
        else:
            reply = self._reply_from_statements(statements, most_alternatives)
        return under_guarantee(reply, self._limits.guarantee)

    def search(self, limit: int) -> SearchReply:
        """Passages, nothing decided."""
        passages, articles = self._branch(self._query), self.resources.articles
        found = passages.found  # not part of the stage "cite"
        articles.raise_if_damaged(found.ranked_articles[:limit])
        with self.watch("cite"):
            shown = tuple(
                SearchHit(self._copies.with_copies(cite(article, hit.passage.span)), hit)
                for hit, article in with_articles(found.hits, articles, limit)
            )
        return SearchReply(
            self._query.text,
            shown,
            state_of(self._generation),
            self.watch.timings_ms,
            self._dates(narrowed=passages.scopes[0].name is DateScope.DATES),
            passages.nothing_visible if shown else passages.no_hits(),
        )

    @cached_property
    def trace(self) -> Trace:
        """Everything up to the decision."""
        return Trace(self._statement_answer, self._passages.answer())

    def trace_within(self, only: AbstractSet[str]) -> Trace:
        """As if there were no other articles than these."""
        return Trace(self._statement_answer, self._passages.answer(only))

    @cached_property
    def _passages(self) -> PassageBranch:
        """By the right name, if the question misspells a speaker's."""
        return self._branch(self._read)

    def _branch(self, query: Query) -> PassageBranch:
        return PassageBranch(
            query, self.resources, self._limits, self.watch, self._statements.unattributed
        )

    @cached_property
    def _read(self) -> Query:
        return respelt(self._query, self._respelling) if self._respelling else self._query

    @property
    def _respelling(self) -> Respelling | None:
        return self._request.respelling if self._request else None

    @property
    def _request(self) -> StatementRequest | None:
        return self._statements.request

    @property
    def _statement_answer(self) -> StatementAnswer | None:
        return self._statements.answer

    def _reply_from_statements(self, statements: StatementAnswer, most_alternatives: int) -> Reply:
        period, articles = self._query.period, self.resources.articles
        if self._query.intent and self._query.intent.kind is IntentKind.WHO:
            articles.raise_if_damaged_before(statements.statements[0].article.id)
        else:  # what somebody said is given whole or not at all
            articles.raise_if_damaged()
        with self.watch("cite"):
            outcome = cited_answer(statements, self._collection)
            unsure = cite_statements(statements.ambiguous, self._collection)
            others = (*statements.places, *unsure)[:most_alternatives]
        narrowed = period and all(is_within(each.article, period) for each in statements.statements)
        return Reply(
            self._query.text,
            outcome,
            others,
            state_of(self._generation),
            self.watch.timings_ms,
            speakers_of(statements, self._collection),
            namesakes=tuple(each.speaker for each in statements.speaker_match.others),
            respelling=self._respelling,
            total=statements.total,
            period=self._dates(narrowed=bool(narrowed)),
            ranked_statements=tuple(
                RankedStatement(each.statement, each.score, each.parts)
                for each in statements.statements
            ),
        )

    def _reply_from_passages(self, most_alternatives: int) -> Reply:
        statements, passages = self.trace.statements, self.trace.passages
        self._raise_if_damage_matters()
        with self.watch("cite"):
            cited = self._outcome(most_alternatives)
            outcome = self._copies.in_outcome(cited.outcome)
            alternatives, more = map(self._copies.in_citations, (cited.alternatives, cited.more))
        return Reply(
            self._query.text,
            outcome,
            alternatives,
            state_of(self._generation),
            self.watch.timings_ms,
            speakers_of(statements, self._collection) if statements else (),
            respelling=self._respelling,
            total=cited.total,
            total_articles=cited.total_articles,
            more=more,
            period=self._dates(narrowed=passages.narrowed),
            hits=self.trace.hits,
            reading=passages.reading,
            sentences=tuple(map(scored_sentence, passages.candidates.evidence)),
        )

    def _raise_if_damage_matters(self) -> None:
        """ArchiveError if a damaged article ranks above the answer, or may be what is missing."""
        passages, articles = self.trace.passages, self.resources.articles
        if passages.refusal is None:
            ranked, best = passages.found.ranked_articles, passages.candidates.best.article.id
            articles.raise_if_damaged(ranked[: ranked.index(best)] if best in ranked else ranked)
        elif passages.refusal[0] not in FINAL_REFUSALS:
            articles.raise_if_damaged()

    def _outcome(self, most_alternatives: int) -> CitedOutcome:
        """An answer and what is cited beside it, or the refusal that explains more."""
        passages = self.trace.passages
        if passages.refusal is None:
            return build_answer(
                passages.candidates,
                min_confidence=self._limits.min_confidence,
                most_alternatives=most_alternatives,
            )
        return CitedOutcome(self._refused(passages, passages.refusal))

    def _refused(self, passages: PassageAnswer, refusal: tuple[RefusalReason, str]) -> Refusal:
        """The refusal of the branch that explains more."""
        unsaid = self.trace.statements.refusal if self.trace.statements else None
        if unsaid is None or refusal[0] in FINAL_REFUSALS:
            names = unsaid.names if unsaid else ()
            return build_refusal(refusal, passages.ranked, names)
        if _denies(unsaid) and self._may_have_said_it(passages.ranked):
            return build_refusal((RefusalReason.LOW_CONFIDENCE, NEARLY), passages.ranked)
        nearest = cite_statements(unsaid.nearest[:NEAREST], self._collection)
        if nearest:
            return Refusal(unsaid.reason, unsaid.message, nearest, unsaid.names)
        return build_refusal((unsaid.reason, unsaid.message), passages.ranked, unsaid.names)

    def _may_have_said_it(self, ranked: Sequence[Evidence]) -> bool:
        """Whether one of the sentences read is the speaker's: then nobody can say "never"."""
        return any(has_for_subject(self._read, each) for each in ranked[:MOST_LOOKED_THROUGH])

    def _dates(self, *, narrowed: bool) -> InterpretedDates | None:
        """The dates the question names; `narrowed` where only articles of them were searched."""
        period = self._query.period
        return interpreted_dates(self._query.text, period, narrowed=narrowed) if period else None


def _denies(refusal: StatementRefusal) -> bool:
    """Whether it says that somebody never said this, and shows no statement that may be theirs."""
    return refusal.reason is RefusalReason.NOT_ABOUT_TOPIC and not refusal.nearest
