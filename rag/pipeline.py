"""The one way through: parse, retrieve, read, decide, cite."""

import math
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from index.documents import Article, Filter, Span
from index.embedding import Embedder
from index.errors import UnknownArticleError
from index.stores.archive import Archive
from index.stores.generation import Generation, Generations
from index.text.sentences import sentences
from rag.answer import (
    Answer,
    Citation,
    Found,
    IndexState,
    Refusal,
    RefusalReason,
    Reply,
    SearchReply,
)
from rag.cite import cite
from rag.decide import admissible, confidence, refuse, sure_enough
from rag.question import Query, parse
from rag.read import PASSAGES_READ, Evidence, read
from rag.retrieve import Hit, retrieve
from rag.timing import Stopwatch

EVERYTHING = Filter()
NEAREST = 3
EXPLANATION_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Trace:
    """What one question went through before anything was cited."""

    query: Query
    generation: Generation
    hits: tuple[Hit, ...]
    """The whole pool of candidates, best first."""
    ranked: tuple[Evidence, ...]
    """Sentences of the passages read, best first."""
    fit: tuple[Evidence, ...]
    """Those that may be given as an answer."""
    refused: tuple[RefusalReason, str] | None


class Pipeline:
    """Answers from whatever generation is current when a question arrives; safe from threads."""

    def __init__(
        self,
        archive: Callable[[], Archive],
        generations: Callable[[], Generations],
        embedder: Callable[[], Embedder],
        *,
        longest_question: int,
    ) -> None:
        self._archive = archive
        self._generations = generations
        self._embedder = embedder
        self._longest = longest_question

    def ask(self, question: str, *, filter: Filter = EVERYTHING, alternatives: int = 3) -> Reply:
        """One answer or one refusal. QuestionError, GenerationError or ModelError otherwise."""
        watch = Stopwatch()
        trace = self.trace(question, filter=filter, watch=watch)
        with watch("cite"):
            outcome = _outcome(trace)
            shown = () if trace.refused else _cited(_others(trace.fit)[:alternatives])
        return Reply(trace.query.text, outcome, shown, state_of(trace.generation), watch.timings_ms)

    def trace(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        only: AbstractSet[str] | None = None,
        watch: Stopwatch | None = None,
    ) -> Trace:
        """Everything up to the decision; `only` keeps the candidates of these articles alone."""
        watch = watch or Stopwatch()
        query = parse(question, longest=self._longest)
        generation = self._open(watch)
        hits = self._hits(generation, query, filter, watch) if query.content else []
        if only is not None:
            hits = [hit for hit in hits if hit.passage.article_id in only]
        with watch("read"):
            ranked = self._read(generation, query, hits)
        with watch("decide"):
            fit = admissible(query, ranked)
            refused = refuse(query, ranked, fit, filter=filter, occurs=_occurs_in(generation))
        return Trace(query, generation, tuple(hits), tuple(ranked), tuple(fit), refused)

    def search(self, question: str, *, filter: Filter = EVERYTHING, limit: int = 10) -> SearchReply:
        """Passages, nothing decided."""
        watch = Stopwatch()
        query = parse(question, longest=self._longest)
        generation = self._open(watch)
        hits = self._hits(generation, query, filter, watch)
        with watch("cite"):
            found = tuple(
                Found(cite(article, hit.passage.span), hit.score, hit.lexical, hit.dense)
                for hit, article in self._held(hits, limit)
            )
        return SearchReply(query.text, found, state_of(generation), watch.timings_ms)

    def _open(self, watch: Stopwatch) -> Generation:
        with watch("open"):
            return self._generations().current()

    def _hits(
        self, generation: Generation, query: Query, filter: Filter, watch: Stopwatch
    ) -> list[Hit]:
        with watch("embed"):
            vector = self._embedder().embed_questions([query.text])[0]
        with watch("retrieve"):
            return retrieve(generation, query, vector, filter=filter)

    def _read(self, generation: Generation, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        articles = dict(self._held(hits, PASSAGES_READ))
        weights = term_weights(generation, query.content)
        return read(query, list(articles), article_of=articles.__getitem__, weights=weights)

    def _held(self, hits: Iterable[Hit], limit: int) -> list[tuple[Hit, Article]]:
        """The first hits with their articles, past any taken down since the generation was made."""
        held: list[tuple[Hit, Article]] = []
        known: dict[tuple[str, str], Article | None] = {}
        for hit in hits:
            if len(held) == limit:
                break
            place = (hit.passage.article_id, hit.passage.revision)
            if place not in known:
                known[place] = self._article(*place)
            if (article := known[place]) is not None:
                held.append((hit, article))
        return held

    def _article(self, article_id: str, revision: str) -> Article | None:
        try:
            return self._archive().article(article_id, revision)
        except UnknownArticleError:
            return None


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


def _outcome(trace: Trace) -> Answer | Refusal:
    if trace.refused:
        return Refusal(*trace.refused, _cited(_one_per_article(trace.ranked)[:NEAREST]))
    return _answer(trace.query, trace.fit[0])


def _answer(query: Query, best: Evidence) -> Answer:
    span = _explained(best) if query.wants_explanation else best.span
    citation = cite(best.article, span)
    kind: Literal["sentence", "sentences"] = "sentence" if span == best.span else "sentences"
    return Answer(citation.quote, kind, confidence(best), (citation,))


def _explained(best: Evidence) -> Span:
    """A "why" or "how" is seldom answered in one sentence: the next one goes along."""
    following = [
        span for span in sentences(best.article.text, best.passage) if span.start >= best.span.start
    ][:EXPLANATION_SENTENCES]
    return Span(best.span.start, following[-1].end if following else best.span.end)


def _others(fit: Sequence[Evidence]) -> list[Evidence]:
    """What could have been the answer too, from other articles."""
    return [evidence for evidence in _one_per_article(fit)[1:] if sure_enough(evidence)]


def _one_per_article(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best of each article, in their order."""
    best: dict[str, Evidence] = {}
    for evidence in ranked:
        best.setdefault(evidence.article.id, evidence)
    return list(best.values())


def _occurs_in(generation: Generation) -> Callable[[str], bool]:
    return lambda term: generation.terms.document_frequency([term]) != [0]


def _cited(ranked: Sequence[Evidence]) -> tuple[Citation, ...]:
    return tuple(cite(evidence.article, evidence.span) for evidence in ranked)
