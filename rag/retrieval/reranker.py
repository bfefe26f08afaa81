"""Reranks passages by how their text matches the question's words, added to the retrieval score.

The weights are learnt (training/fit_ranking.py). Knows the words of a question, not its meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.retrieval.excerpts import Excerpt
from rag.retrieval.term_matching import TermMatcher

RERANKED = 30
"""Hits whose text is read from the archive: reranking more finds no more (eval/LOG.md)."""
WEIGHTS: Mapping[str, float] = {
    "coverage": 0.101,
    "article": 0.114,
    "pairs": 0.108,
    "names": 0.048,
    "sentence": 0.119,
    "neighbours": 0.093,
}


def rerank(matcher: TermMatcher, excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Best first, each hit with its new score; ties keep their order."""
    articles = held_by_articles(excerpts)
    scored = [_rescored(each, signals(matcher, each, articles)) for each in excerpts]
    return sorted(scored, key=lambda excerpt: -excerpt.hit.score)


def signals(
    matcher: TermMatcher, excerpt: Excerpt, articles: Mapping[str, frozenset[str]]
) -> dict[str, float]:
    """Features of a passage by name, each in [0, 1]."""
    terms = excerpt.terms
    sentences = [frozenset(sentence.terms) for sentence in excerpt.sentences]
    pairs = zip([frozenset[str](), *sentences], sentences, strict=False)
    return {
        "coverage": matcher.coverage(excerpt.held),
        "article": matcher.coverage(articles[excerpt.article.id]),
        "pairs": matcher.pairing(terms),
        "names": matcher.naming(terms),
        "sentence": max(map(matcher.coverage, sentences), default=0.0),
        "neighbours": max((matcher.coverage(one | two) for one, two in pairs), default=0.0),
    }


def held_by_articles(excerpts: Sequence[Excerpt]) -> dict[str, frozenset[str]]:
    """The terms of all excerpts of each article."""
    held: dict[str, frozenset[str]] = {}
    for excerpt in excerpts:
        held[excerpt.article.id] = held.get(excerpt.article.id, frozenset()) | excerpt.held
    return held


def _rescored(excerpt: Excerpt, found: Mapping[str, float]) -> Excerpt:
    hit, added = excerpt.hit, {name: weight * found[name] for name, weight in WEIGHTS.items()}
    score = hit.score + sum(added.values())
    return replace(excerpt, hit=replace(hit, score=score, parts={**hit.parts, **added}))
