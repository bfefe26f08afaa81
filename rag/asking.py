"""One question on its way: statements where words are asked for, else passages and sentences.

Every stage runs when it is first needed, so that a question statements answer is never embedded.
"""

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from index.documents import Filter
from index.embedding import Embedder
from index.stores.generation import Generation
from rag.answer import Answer, Citation, IndexState, Refusal, RefusalReason, Reply
from rag.consult import consultation
from rag.decide import admissible, confidence, refuse
from rag.excerpts import Excerpt, excerpts
from rag.hearing import Heard, hear, is_accounted_for, speakers_of, spoken_in
from rag.library import Library
from rag.outcome import answer, cited, others, refusal, told_answer, told_cited
from rag.question import NOT_CONTENT, Query
from rag.read import Evidence, read
from rag.rerank import EXAMINED, rerank
from rag.retrieve import Hit, retrieve
from rag.settings import Shown
from rag.sought import Sought, sought
from rag.statements import Record
from rag.stories import Stories
from rag.timing import Stopwatch

SAYS_MORE = frozenset({RefusalReason.NO_SUCH_NAME, RefusalReason.NOT_A_QUESTION})
"""Refusals for want of passages that tell more than those for want of statements."""
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval brought: the best with their text, and all candidates."""

    examined: tuple[Excerpt, ...]
    """Best first."""
    candidates: tuple[Hit, ...]

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every candidate: those examined in their new order, then the rest in the old one."""
        first = tuple(excerpt.hit for excerpt in self.examined)
        known = {hit.passage.id for hit in first}
        return first + tuple(hit for hit in self.candidates if hit.passage.id not in known)


@dataclass(frozen=True, slots=True)
class Trace:
    """What one question went through before anything was cited."""

    query: Query
    generation: Generation
    heard: Heard | None
    """What statements say to it; None where it is not of speech, or they cannot tell."""
    sought: Sought
    """What its words ask of a text."""
    found: Found
    ranked: tuple[Evidence, ...]
    """Sentences of the passages read, best first."""
    fit: tuple[Evidence, ...]
    """Those that may be given as an answer where no statement is."""
    refused: tuple[RefusalReason, str] | None
    """Why no sentence may be."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The whole pool of candidates, one article a story, best first."""
        return self.found.hits

    @property
    def examined(self) -> tuple[Excerpt, ...]:
        """Passages whose text was looked at, best first."""
        return self.found.examined

    @property
    def confidence(self) -> float:
        """Of what was answered, or of what came nearest."""
        if self.heard and self.heard.answers:
            return self.heard.answers[0].confidence
        best = self.fit or self.ranked
        return confidence(best[0]) if best else 0.0


class Asking:
    """For one question; not for several threads."""

    def __init__(
        self,
        query: Query,
        generation: Generation,
        library: Library,
        embedder: Callable[[], Embedder],
        *,
        filter: Filter,
        watch: Stopwatch,
        shown: Shown = "best",
    ) -> None:
        self.query = query
        self.generation = generation
        self.library = library
        self._embedder = embedder
        self._filter = filter
        self._watch = watch
        self.stories = Stories(generation.columns, library, filter, shown)

    @cached_property
    def record(self) -> Record:
        library = self.library
        return Record(self.generation.statements, library.article, library.furniture)

    @cached_property
    def heard(self) -> Heard | None:
        intent, index = self.query.intent, self.generation.statements
        if intent is None or index.size == 0:
            return None
        with self._watch("statements"):
            asked = consultation(
                intent, self.record, filter=self._filter, weigh=self._weigh, unasked=NOT_CONTENT
            )
            return hear(asked)

    @cached_property
    def candidates(self) -> tuple[Hit, ...]:
        """Passages, best first by what their index knows."""
        with self._watch("embed"):
            vector = self._embedder().embed_questions([self.query.text])[0]
        with self._watch("retrieve"):
            return tuple(retrieve(self.generation, self.query, vector, filter=self._filter))

    @cached_property
    def sought(self) -> Sought:
        return sought(self.query, self._weigh(self.query.content))

    def found(self, only: AbstractSet[str] | None = None) -> Found:
        """Passages of one article a story; `only` keeps those of these articles alone."""
        hits = self.candidates
        if only is not None:
            hits = tuple(hit for hit in hits if hit.passage.article_id in only)
        with self._watch("stories"):
            hits = self.stories.one_each(hits)
        with self._watch("rerank"):
            held = excerpts(self.library.held(hits, EXAMINED))
            return Found(tuple(rerank(self.sought, held)), hits)

    def trace(self, only: AbstractSet[str] | None = None) -> Trace:
        """Everything up to the decision; `only` keeps the candidates of these articles alone."""
        query, found = self.query, self.found(only) if self.query.content else Found((), ())
        with self._watch("read"):
            ranked = read(query, self.sought, found.examined)
        with self._watch("decide"):
            fit = self._fit(ranked)
            refused = refuse(query, ranked, fit, filter=self._filter, occurs=self._occurs)
        return Trace(
            query,
            self.generation,
            self.heard,
            self.sought,
            found,
            tuple(ranked),
            tuple(fit),
            refused,
        )

    def reply(self, alternatives: int) -> Reply:
        """One answer or one refusal."""
        if self.heard is None or self.heard.lack:
            return self._from_passages(self.trace(), alternatives)
        with self._watch("cite"):
            outcome = told_answer(self.heard, self.record)
            shown = told_cited(self.heard.possible[:alternatives], self.record)
        return Reply(
            self.query.text,
            outcome,
            shown,
            state_of(self.generation),
            self._watch.timings_ms,
            speakers_of(self.heard, self.record),
            self.heard.total,
        )

    def _from_passages(self, trace: Trace, alternatives: int) -> Reply:
        with self._watch("cite"):
            outcome, shown = self._outcome(trace, alternatives)
            outcome, shown = self.stories.told(outcome), self.stories.all_told(shown)
        speakers = speakers_of(trace.heard, self.record) if trace.heard else ()
        state = state_of(self.generation)
        return Reply(trace.query.text, outcome, shown, state, self._watch.timings_ms, speakers)

    def _outcome(
        self, trace: Trace, alternatives: int
    ) -> tuple[Answer | Refusal, tuple[Citation, ...]]:
        if trace.refused is None:
            return answer(trace.query, trace.fit[0]), cited(others(trace.fit)[:alternatives])
        lack = trace.heard.lack if trace.heard else None
        if lack is None or trace.refused[0] in SAYS_MORE:
            return refusal(trace.refused, trace.ranked, lack.names if lack else ()), ()
        near = told_cited(lack.nearest[:NEAREST], self.record)
        reason = lack.reason, lack.message
        if near:
            return Refusal(*reason, near, lack.names), ()
        return refusal(reason, trace.ranked, lack.names), ()

    def _fit(self, ranked: Sequence[Evidence]) -> list[Evidence]:
        """What may be said by whom was asked for, where statements do not know better."""
        fit = admissible(self.query, ranked)
        if self.heard is None or self.heard.whom.anybody:
            return fit
        articles = {evidence.article.id: evidence.article for evidence in fit}
        spoken = {id: spoken_in(article, self.record) for id, article in articles.items()}
        whom = self.heard.whom
        return [
            each
            for each in fit
            if not is_accounted_for(each.article, each.span, whom, spoken[each.article.id])
        ]

    def _weigh(self, terms: Sequence[str]) -> dict[str, float]:
        return term_weights(self.generation, terms)

    def _occurs(self, term: str) -> bool:
        return self.generation.terms.document_frequency([term]) != [0]


def term_weights(generation: Generation, terms: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency over passages, as BM25 has it (Robertson and Zaragoza 2009)."""
    size = generation.terms.size
    counts = generation.terms.document_frequency(terms)
    return {
        term: math.log(1 + (size - count + 0.5) / (count + 0.5))
        for term, count in zip(terms, counts, strict=True)
    }


def state_of(generation: Generation) -> IndexState:
    manifest = generation.manifest
    return IndexState(
        manifest.name,
        manifest.built_at,
        manifest.newest_article,
        manifest.articles,
        manifest.passages,
    )
