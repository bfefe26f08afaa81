"""Passages -> sentences, the best evidence first. Knows the words of a question, not its meaning.

A sentence is worth the words of the question in it and in the one before, what its passage is
worth, and whether it holds the kind of thing that is asked for. The weights are learnt
(training/fit_ranking.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.documents import Article, Span
from rag.excerpts import Excerpt, Sentence
from rag.hit import Hit
from rag.names import holds
from rag.question import SPEECH, Query
from rag.retrieve import OPENING
from rag.sought import Sought
from rag.wanted import Wanted, holds_wanted

PASSAGES_READ = 12
WEIGHTS: Mapping[str, float] = {
    "passage": 1.0,
    "own": 0.302,
    "context": 0.643,
    "pairs": 0.204,
    "dense": 0.493,
    "lead": 0.195,
    Wanted.AMOUNT: 0.300,
    Wanted.TIME: 0.088,
    Wanted.PERSON: 0.092,
    Wanted.PLACE: 0.126,
    Wanted.REASON: 0.159,
}
SPEECH_BONUS = 0.25
"""For a sentence that reports speech and names whom the question names."""
SHORTEST_WORDS = 4
QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer; `score` is comparable within one question only."""

    article: Article
    span: Span
    passage: Span
    hit: Hit
    score: float
    coverage: float
    """Share in [0, 1] of the question's weighted content words that the passage and title hold."""


def read(query: Query, sought: Sought, passages: Sequence[Excerpt]) -> list[Evidence]:
    """Every sentence of the first passages as evidence, best first; ties by place in the hits."""
    found: dict[tuple[str, Span], Evidence] = {}
    for excerpt in passages[:PASSAGES_READ]:
        for evidence in _of_passage(query, sought, excerpt):
            place = (evidence.article.id, evidence.span)
            if place not in found or evidence.score > found[place].score:
                found[place] = evidence
    return sorted(found.values(), key=lambda evidence: -evidence.score)


def signals(
    query: Query, sought: Sought, excerpt: Excerpt, before: Sentence | None, sentence: Sentence
) -> dict[str, float]:
    """What speaks for a sentence, each in [0, 1] but the scores of its passage."""
    held = frozenset(sentence.terms)
    text = excerpt.article.text[sentence.span.start : sentence.span.end]
    fits = holds_wanted(query.wanted, text, asked=query.terms)
    return {
        "passage": excerpt.hit.score,
        "own": sought.coverage(held),
        "context": sought.coverage(held.union(before.terms if before else ())),
        "pairs": sought.pairing(sentence.terms),
        "dense": excerpt.hit.dense,
        "lead": 1 / (1 + sentence.span.start / OPENING),
        query.wanted: float(fits),
    }


def _of_passage(query: Query, sought: Sought, excerpt: Excerpt) -> Iterator[Evidence]:
    covered = sought.coverage(excerpt.held)
    for before, sentence in with_the_one_before(excerpt):
        found = signals(query, sought, excerpt, before, sentence)
        score = sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())
        yield Evidence(
            excerpt.article,
            sentence.span,
            excerpt.hit.passage.span,
            excerpt.hit,
            score + SPEECH_BONUS * _reports_speech(query, excerpt.article, sentence),
            covered,
        )


def with_the_one_before(excerpt: Excerpt) -> Iterator[tuple[Sentence | None, Sentence]]:
    """Sentences long enough to be quoted."""
    for before, sentence in zip((None, *excerpt.sentences), excerpt.sentences, strict=False):
        span = sentence.span
        if len(excerpt.article.text[span.start : span.end].split()) >= SHORTEST_WORDS:
            yield before, sentence


def _reports_speech(query: Query, article: Article, sentence: Sentence) -> bool:
    """Whether the sentence quotes or has a verb of speech, and names whom was asked for."""
    if not query.about_speech:
        return False
    text, terms = article.text[sentence.span.start : sentence.span.end], set(sentence.terms)
    named = not query.names or any(holds(terms, part) for n in query.names for part in n.split())
    return named and (bool(SPEECH.search(text)) or any(mark in text for mark in QUOTES))
