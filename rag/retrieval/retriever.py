"""Passages for one question: retrieved, one article a story, in the order of what they say."""

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from index.neural.embedder import Embedder
from index.stores.generation.generation import Generation
from rag.articles import ArticleCache
from rag.replies import Hit
from rag.retrieval.excerpts import Excerpt, excerpts
from rag.retrieval.hybrid import POOL, retrieve
from rag.retrieval.reranker import EXAMINED, rerank
from rag.retrieval.scope import DateScope, Scope
from rag.retrieval.story_dedup import Stories
from rag.retrieval.term_matching import TermMatcher, term_matcher
from rag.timing import Stopwatch

WIDER, WIDEST = 4, 1600
"""How much wider a pool that copies fill is made at a time, and where that ends."""


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """What a scope brought: the best with their text, and all candidates."""

    term_matcher: TermMatcher
    """What the question's words ask of a text."""
    examined: tuple[Excerpt, ...]
    """Best first."""
    candidates: tuple[Hit, ...]
    """Best first by what their index knows."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every candidate: those examined in their new order, then the rest in the old one."""
        first = tuple(excerpt.hit for excerpt in self.examined)
        known = {hit.passage.id for hit in first}
        return first + tuple(hit for hit in self.candidates if hit.passage.id not in known)


@dataclass(frozen=True, slots=True)
class _Retrieved:
    """All candidates of a scope, and those left where each story is one article."""

    hits: Sequence[Hit]
    one_each: tuple[Hit, ...]


class Retriever:
    """For one question; not for several threads."""

    def __init__(
        self,
        text: str,
        generation: Generation,
        library: ArticleCache,
        stories: Stories,
        embedder: Callable[[], Embedder],
        *,
        as_of: datetime | None,
        watch: Stopwatch,
    ) -> None:
        self._text = text
        self._generation = generation
        self._library = library
        self._stories = stories
        self._embedder = embedder
        self._as_of = as_of
        self._watch = watch
        self._retrieved: dict[DateScope, _Retrieved] = {}
        self._vector: NDArray[np.float32] | None = None

    def find(self, scope: Scope, only: AbstractSet[str] | None = None) -> RetrievalResult:
        """What the scope holds; with `only`, as if there were no other articles than these."""
        retrieved = self._candidates(scope)
        hits = retrieved.one_each
        if only is not None:
            hits = self._one_each([h for h in retrieved.hits if h.passage.article_id in only])
        with self._watch("rerank"):
            wanted = self.term_matcher(scope)
            held = excerpts(self._library.held(hits, EXAMINED))
            return RetrievalResult(wanted, tuple(rerank(wanted, held)), hits)

    def nothing(self, scope: Scope) -> RetrievalResult:
        """For what is not worth looking for."""
        return RetrievalResult(self.term_matcher(scope), (), ())

    def term_matcher(self, scope: Scope) -> TermMatcher:
        return term_matcher(scope.query, term_weights(self._generation, scope.query.content))

    def _candidates(self, scope: Scope) -> _Retrieved:
        if scope.name not in self._retrieved:
            self._retrieved[scope.name] = self._of_enough_stories(scope)
        return self._retrieved[scope.name]

    def _of_enough_stories(self, scope: Scope) -> _Retrieved:
        """From a wider pool where the copies of a few stories fill it."""
        vector, pool = self._encoded(), POOL
        while True:
            with self._watch("retrieve"):
                found = retrieve(
                    self._generation,
                    scope.query,
                    vector,
                    filter=scope.filter,
                    as_of=self._as_of,
                    pool=pool,
                )
            left = self._one_each(found)
            if len(left) >= EXAMINED or len(found) < pool or pool >= WIDEST:
                return _Retrieved(found, left)
            pool *= WIDER

    def _one_each(self, found: Sequence[Hit]) -> tuple[Hit, ...]:
        with self._watch("stories"):
            return self._stories.one_each(found)

    def _encoded(self) -> NDArray[np.float32]:
        if self._vector is None:
            with self._watch("embed"):
                self._vector = self._embedder().embed_questions([self._text])[0]
        return self._vector


def term_weights(generation: Generation, terms: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency over passages, as BM25 has it (Robertson and Zaragoza 2009)."""
    size = generation.terms.size
    counts = generation.terms.document_frequency(terms)
    return {
        term: math.log(1 + (size - count + 0.5) / (count + 0.5))
        for term, count in zip(terms, counts, strict=True)
    }
