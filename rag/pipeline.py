"""The one way through: parse, retrieve, read, decide, cite."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from index.documents import Article, Filter, Span
from index.embedding import Embedder
from index.stores.archive import Archive
from index.stores.generation import Generation, Generations
from index.text.sentences import sentences
from rag.answer import Answer, Citation, Found, IndexState, Refusal, Reply, SearchReply
from rag.cite import cite
from rag.decide import admissible, confidence, refuse
from rag.question import Query, parse
from rag.read import PASSAGES_READ, Evidence, read
from rag.retrieve import Hit, retrieve
from rag.timing import Stopwatch

EVERYTHING = Filter()
NEAREST = 3
EXPLANATION_SENTENCES = 2


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
        query = parse(question, longest=self._longest)
        generation = self._open(watch)
        hits = self._hits(generation, query, filter, watch) if query.content else []
        with watch("read"):
            ranked = self._read(generation, query, hits)
        with watch("decide"):
            fit = admissible(query, ranked)
            refused = refuse(query, ranked, fit, filter=filter, occurs=_occurs_in(generation))
        with watch("cite"):
            if refused:
                outcome: Answer | Refusal = Refusal(
                    *refused, _cited(_one_per_article(ranked)[:NEAREST])
                )
                shown: tuple[Citation, ...] = ()
            else:
                outcome = _answer(query, fit[0])
                shown = _cited(_one_per_article(fit)[1 : alternatives + 1])
        return Reply(query.text, outcome, shown, state_of(generation), watch.timings_ms)

    def search(self, question: str, *, filter: Filter = EVERYTHING, limit: int = 10) -> SearchReply:
        """Passages, nothing decided."""
        watch = Stopwatch()
        query = parse(question, longest=self._longest)
        generation = self._open(watch)
        hits = self._hits(generation, query, filter, watch)[:limit]
        with watch("cite"):
            found = tuple(
                Found(cite(article, hit.passage.span), hit.score, hit.lexical, hit.dense)
                for hit, article in zip(hits, self._articles(hits), strict=True)
            )
        return SearchReply(query.text, found, state_of(generation), watch.timings_ms)

    def _open(self, watch: Stopwatch) -> Generation:
        with watch("open"):
            return self._generations().current()

    def _hits(
        self, generation: Generation, query: Query, filter: Filter, watch: Stopwatch
    ) -> list[Hit]:
        """Hits whose article was not taken down since the generation was published."""
        with watch("embed"):
            vector = self._embedder().embed_questions([query.text])[0]
        with watch("retrieve"):
            hits = retrieve(generation, query, vector, filter=filter)
            live = self._archive().live({hit.passage.article_id for hit in hits})
        return [hit for hit in hits if hit.passage.article_id in live]

    def _read(self, generation: Generation, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        first = hits[:PASSAGES_READ]
        articles = dict(zip(first, self._articles(first), strict=True))
        weights = term_weights(generation, query.content)
        return read(query, first, article_of=articles.__getitem__, weights=weights)

    def _articles(self, hits: Iterable[Hit]) -> list[Article]:
        known: dict[tuple[str, str], Article] = {}
        for hit in hits:
            place = (hit.passage.article_id, hit.passage.revision)
            if place not in known:
                known[place] = self._archive().article(*place)
        return [known[hit.passage.article_id, hit.passage.revision] for hit in hits]


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
