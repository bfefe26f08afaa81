"""A scope of one question -> its passages: retrieved, one article per story, reranked."""

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.neural.embedder import Embedder
from index.stores.generation.generation import Generation
from rag.articles import ArticleCache
from rag.replies import Hit
from rag.retrieval.excerpts import Excerpt, excerpts, with_articles
from rag.retrieval.hybrid import POOL, retrieve
from rag.retrieval.reranker import RERANKED, rerank
from rag.retrieval.scope import DateScope, Scope
from rag.retrieval.story_dedup import one_article_per_story
from rag.retrieval.term_matching import TermMatcher, term_matcher
from rag.timing import Stopwatch

SMALLEST = 1000
"""Passages from which frequencies of words mean something."""
WIDER, WIDEST = 4, 1600
"""Factor by which a pool full of copies is widened, and the size at which widening ends."""


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """The passages of a scope: the best with their text, and all candidates."""

    term_matcher: TermMatcher
    excerpts: tuple[Excerpt, ...]
    """Best first, as reranked."""
    candidates: tuple[Hit, ...]
    """Best first, as the hybrid search ranked them."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every candidate: the reranked ones first, then the others in their order."""
        first = tuple(excerpt.hit for excerpt in self.excerpts)
        known = {hit.passage.id for hit in first}
        return first + tuple(hit for hit in self.candidates if hit.passage.id not in known)

    @property
    def ranked_articles(self) -> list[str]:
        """The ids of their articles as the hybrid search ranked them, before any was read."""
        return list(dict.fromkeys(hit.passage.article_id for hit in self.candidates))


@dataclass(frozen=True, slots=True)
class _Candidates:
    """All hits of a scope, and those left with one article per story."""

    hits: Sequence[Hit]
    one_per_story: tuple[Hit, ...]


@dataclass
class Retriever:
    """For one question; not for several threads."""

    question: str
    generation: Generation
    articles: ArticleCache
    embedder: Callable[[], Embedder]
    asked_at: datetime | None
    watch: Stopwatch
    _by_scope: dict[DateScope, _Candidates] = field(default_factory=dict)

    def find(self, scope: Scope, only: AbstractSet[str] | None = None) -> RetrievalResult:
        """The passages of the scope; with `only`, as if there were no other articles than these."""
        candidates = self._candidates(scope)
        hits = candidates.one_per_story
        if only is not None:
            hits = self._one_per_story([h for h in candidates.hits if h.passage.article_id in only])
        with self.watch("rerank"):
            matcher = self._term_matcher(scope)
            found = excerpts(with_articles(hits, self.articles, RERANKED))
            return RetrievalResult(matcher, tuple(rerank(matcher, found)), hits)

    def nothing(self, scope: Scope) -> RetrievalResult:
        """For a question without a word to search for."""
        return RetrievalResult(self._term_matcher(scope), (), ())

    def _term_matcher(self, scope: Scope) -> TermMatcher:
        return term_matcher(scope.query, term_weights(self.generation, scope.query.content))

    def _candidates(self, scope: Scope) -> _Candidates:
        if scope.name not in self._by_scope:
            self._by_scope[scope.name] = self._of_enough_stories(scope)
        return self._by_scope[scope.name]

    def _of_enough_stories(self, scope: Scope) -> _Candidates:
        """The pool is widened while the copies of a few stories fill it."""
        vector, pool = self._vector, POOL
        while True:
            with self.watch("retrieve"):
                hits = retrieve(self.generation, scope, vector, asked_at=self.asked_at, pool=pool)
            left = self._one_per_story(hits)
            if len(left) >= RERANKED or len(hits) < pool or pool >= WIDEST:
                return _Candidates(hits, left)
            pool *= WIDER

    def _one_per_story(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        with self.watch("stories"):
            return one_article_per_story(hits, self.generation.passage_table, self.articles)

    @cached_property
    def _vector(self) -> NDArray[np.float32]:
        with self.watch("embed"):
            vector: NDArray[np.float32] = self.embedder().embed_questions([self.question])[0]
            return vector


def term_weights(generation: Generation, terms: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency over passages, as in BM25 (Robertson and Zaragoza 2009).

    A small archive counts as a larger one: in a handful of passages no word is frequent, and one
    that none of them has would weigh several times as much as the others.
    """
    size = max(SMALLEST, generation.terms.size)
    counts = generation.terms.document_frequency(terms)
    return {
        term: math.log(1 + (size - count + 0.5) / (count + 0.5))
        for term, count in zip(terms, counts, strict=True)
    }
