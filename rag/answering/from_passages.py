"""The passage branch: retrieve passages, read them, and decide whether a sentence may answer.

A question's dates give several scopes to look in; the first that answers wins.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from index.documents import Filter
from index.neural.embedder import Embedder
from index.stores.generation.generation import Generation
from rag.answering.answerability import admissible, refuse
from rag.answering.candidates import AnswerCandidates
from rag.answering.coverage import Coverage, coverage, why_nothing_visible
from rag.answering.date_check import (
    interpreted_dates,
    is_within,
    mentions_period,
    outside_dates_message,
    range_words,
)
from rag.answering.order.preferences import preferred
from rag.articles import ArticleCache
from rag.dates.period import Period
from rag.guarantee.guarantee import Guarantee
from rag.query.query import Query
from rag.reading.evidence import Evidence
from rag.reading.reader import Reader
from rag.reading.remembering_reader import RememberingReader
from rag.reading.sentence_ranker import rank_sentences
from rag.replies import HowRead, RefusalReason
from rag.retrieval.retriever import RetrievalResult, Retriever
from rag.retrieval.scope import DateScope, Scope, scopes
from rag.settings import CitedVersion
from rag.timing import Stopwatch

FINAL_REFUSALS = frozenset({RefusalReason.NO_SUCH_NAME, RefusalReason.NOT_A_QUESTION})
"""Refusals that no other scope, and no refusal of the statements, can improve on."""

Unattributed = Callable[[Sequence[Evidence]], Sequence[Evidence]]
"""Leaves out the sentences that statements attribute to a speaker already."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What a question is answered from; a model is loaded when it is first called for."""

    generation: Generation
    articles: ArticleCache
    embedder: Callable[[], Embedder]
    reader: Callable[[], Reader | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Which articles may be cited, how long reading may take, and how sure an answer must be."""

    filter: Filter
    asked_at: datetime | None
    """Articles from shortly before it are preferred; None prefers none."""
    deadline: float
    """On the clock of `time.monotonic`: passages not read by then are ranked by keywords."""
    min_confidence: float
    cited: CitedVersion
    guarantee: Guarantee | None = None
    """Answers that it keeps back become refusals."""


@dataclass(frozen=True, slots=True)
class PassageAnswer:
    """What the passages of one scope say to a question."""

    query: Query
    """As it was searched for in the scope."""
    found: RetrievalResult
    ranked: tuple[Evidence, ...]
    """Sentences of the passages read, best first."""
    candidates: AnswerCandidates
    """Of these, the sentences that may be given as an answer."""
    refusal: tuple[RefusalReason, str] | None
    """Why none is given; None where the first admissible one is the answer."""
    narrowed: bool
    """Whether only articles of the question's dates were searched."""
    reading: HowRead | None

    @property
    def unread_passage(self) -> int | None:
        """The passage of the answer, if its sentence was not read although others were."""
        if self.refusal or self.reading in {None, "none"} or self.candidates.best.reading:
            return None
        return self.candidates.best.hit.passage.id


class PassageBranch:
    """For one question; not for several threads."""

    def __init__(
        self,
        query: Query,
        resources: Resources,
        limits: Limits,
        watch: Stopwatch,
        unattributed: Unattributed,
    ) -> None:
        self._query = query
        self._resources = resources
        self._limits = limits
        self._watch = watch
        self._unattributed = unattributed
        self._table = resources.generation.passage_table
        self._retriever = Retriever(
            query.text,
            resources.generation,
            resources.articles,
            resources.embedder,
            asked_at=limits.asked_at,
            watch=watch,
        )

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        return scopes(self._query, self._table, self._limits.filter)

    @cached_property
    def nothing_visible(self) -> str | None:
        """Why no article passes the filter; None where one does."""
        return why_nothing_visible(self._table, self._limits.filter)

    @cached_property
    def found(self) -> RetrievalResult:
        """Passages of the first scope."""
        return self._retriever.find(self.scopes[0])

    def no_hits(self) -> str | None:
        """Why the first scope holds nothing, where the filter or the dates explain it."""
        period = self._query.period
        if self.nothing_visible or period is None or self.scopes[0].name is not DateScope.DATES:
            return self.nothing_visible
        days = range_words(interpreted_dates(self._query.text, period, narrowed=True))
        return f"Nothing is from these dates ({days}). The archive covers {self._covered}."

    def answer(self, only: AbstractSet[str] | None = None) -> PassageAnswer:
        """From the first scope that answers; else the refusal of the first, or of its dates.

        With `only`, as if there were no other articles than these.
        """
        first, *further = self.scopes
        best = self._within(first, only)
        if self.nothing_visible and best.query.content:
            return replace(best, refusal=(RefusalReason.OUTSIDE_FILTERS, self.nothing_visible))
        period = self._query.period
        if best.refusal is None or best.refusal[0] in FINAL_REFUSALS or period is None:
            return best
        for scope in further:
            found = self._within(scope, only)
            if scope.name is DateScope.OTHERS:
                return self._outside_dates(best, found, period)
            if found.refusal is None and mentions_period(
                found.candidates.best, self._query.text, period
            ):
                return found
        return best

    def _within(self, scope: Scope, only: AbstractSet[str] | None) -> PassageAnswer:
        """Retrieve, read and decide in one scope; a passage that would answer unread is read."""
        query, retriever = scope.query, self._retriever
        found = retriever.find(scope, only) if query.content else retriever.nothing(scope)
        answer = self._read_and_decided(scope, found)
        unread = answer.unread_passage if self._reader else None
        return answer if unread is None else self._read_and_decided(scope, found, also=unread)

    def _read_and_decided(
        self, scope: Scope, found: RetrievalResult, also: int | None = None
    ) -> PassageAnswer:
        query, limits = scope.query, self._limits
        with self._watch("read"):
            read = rank_sentences(
                query,
                found.term_matcher,
                found.excerpts,
                self._reader,
                deadline=limits.deadline,
                also=also,
            )
        with self._watch("decide"):
            evidence = self._unattributed(admissible(query, read.ranked))
            candidates = AnswerCandidates(query, tuple(preferred(query, evidence)))
            refusal = refuse(
                candidates,
                read.ranked,
                min_confidence=limits.min_confidence,
                filter=scope.filter,
                occurs=self._occurs,
            )
        found, narrowed = replace(found, excerpts=read.passages), scope.name is DateScope.DATES
        decided = read.ranked, candidates, refusal
        return PassageAnswer(query, found, *decided, narrowed, read.reading)

    @cached_property
    def _reader(self) -> Reader | None:
        reader = self._resources.reader()
        return RememberingReader(reader) if reader else None

    def _outside_dates(
        self, best: PassageAnswer, others: PassageAnswer, period: Period
    ) -> PassageAnswer:
        """The refusal with the nearest evidence of other dates; `best` where there is none."""
        ranked = others.candidates.evidence or others.ranked
        near = tuple(each for each in ranked if not is_within(each.article, period))
        if not near or (best.ranked and others.refusal):
            return best
        message = outside_dates_message(self._query.text, period, near[0].article, self._covered)
        found = best.found if best.ranked else others.found
        refusal = RefusalReason.OUTSIDE_DATES, message
        none = AnswerCandidates(best.query, ())
        return replace(best, found=found, ranked=near, candidates=none, refusal=refusal)

    @property
    def _covered(self) -> Coverage:
        """The dates of all articles there were at the filter's instant."""
        visible = self._table.visible(Filter(as_of=self._limits.filter.as_of))
        return coverage(self._table.published[visible])

    def _occurs(self, term: str) -> bool:
        """Whether the term stands in an article there was at the filter's instant."""
        terms, as_of = self._resources.generation.terms, self._limits.filter.as_of
        if as_of is None:
            return terms.document_frequency([term]) != [0]
        ids, _ = terms.search([term], 1, Filter(as_of=as_of))
        return len(ids) > 0
