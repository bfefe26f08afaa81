"""Passages -> sentences, the best evidence first. Knows the words of a question, not its meaning.

A lexical first version: a sentence is worth the inverse-document-frequency weight of the question's
words in it and around it, plus what retrieval thought of its passage.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.documents import Article, Span
from index.stores.analysis import analyze
from index.text.sentences import sentences
from rag.names import holds
from rag.question import SPEECH, Query, Wanted
from rag.retrieve import Hit

PASSAGES_READ = 12
SENTENCE, AROUND, RETRIEVAL = 0.45, 0.2, 0.35
"""Weights of the parts of a score: training/fit_reading.py found none that is clearly better."""
SPEECH_BONUS = 0.25
"""For a sentence that reports speech and names whom the question names."""
KIND_BONUS = 0.15
"""For a sentence with a number where an amount is asked for, a time where a time is."""
SHORTEST_WORDS = 4
HAS_AMOUNT = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|hundred|thousand"
    r"|million|billion|once|twice|double|triple)\b",
    re.IGNORECASE,
)
HAS_TIME = re.compile(
    r"\d|\b(today|yesterday|tomorrow|tonight|week|month|year|century|morning|noon|night|spring"
    r"|summer|autumn|winter|mon|tues|wednes|thurs|fri|satur|sun)(day)?\b"
    r"|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
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


def read(
    query: Query,
    hits: Sequence[Hit],
    *,
    article_of: Callable[[Hit], Article],
    weights: Mapping[str, float],
) -> list[Evidence]:
    """Every sentence of the first passages as evidence, best first; ties by place in the hits.

    `weights` gives the inverse document frequency of each content term.
    """
    found: dict[tuple[str, Span], Evidence] = {}
    for hit in hits[:PASSAGES_READ]:
        for evidence in _of_passage(query, hit, article_of(hit), weights):
            place = (evidence.article.id, evidence.span)
            if place not in found or evidence.score > found[place].score:
                found[place] = evidence
    return sorted(found.values(), key=lambda evidence: -evidence.score)


def coverage(text: str, weights: Mapping[str, float]) -> float:
    """The weighted share of the terms that the text holds; 0 when there is none to hold."""
    total = sum(weights.values())
    held = set(analyze(text))
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def _of_passage(
    query: Query, hit: Hit, article: Article, weights: Mapping[str, float]
) -> list[Evidence]:
    passage = hit.passage.span
    whole = coverage(f"{article.title}\n{article.text[passage.start : passage.end]}", weights)
    return [
        Evidence(
            article, span, passage, hit, _score(query, hit, article, span, whole, weights), whole
        )
        for span in sentences(article.text, passage)
        if len(article.text[span.start : span.end].split()) >= SHORTEST_WORDS
    ]


def _score(
    query: Query,
    hit: Hit,
    article: Article,
    span: Span,
    whole: float,
    weights: Mapping[str, float],
) -> float:
    text = article.text[span.start : span.end]
    own = coverage(text, weights)
    bonus = KIND_BONUS * _of_kind(text, query.wanted) + SPEECH_BONUS * _reports_speech(text, query)
    return SENTENCE * own + AROUND * whole + RETRIEVAL * hit.score + bonus


def _of_kind(text: str, wanted: Wanted) -> bool:
    match wanted:
        case Wanted.AMOUNT:
            return bool(HAS_AMOUNT.search(text))
        case Wanted.TIME:
            return bool(HAS_TIME.search(text))
        case Wanted.ANYTHING:
            return False


def _reports_speech(text: str, query: Query) -> bool:
    """Whether the sentence quotes or has a verb of speech, and names whom was asked for."""
    if not query.about_speech:
        return False
    terms = set(analyze(text))
    named = not query.names or any(holds(terms, part) for n in query.names for part in n.split())
    return named and (bool(SPEECH.search(text)) or any(mark in text for mark in QUOTES))
