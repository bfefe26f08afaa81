"""Passages in the order of what their words say for them, beside what retrieval thought.

The weights are learnt (training/fit_ranking.py). Knows the words of a question, not its meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.replies import Hit
from rag.retrieval.excerpts import Excerpt
from rag.retrieval.term_matching import TermMatcher

EXAMINED = 30
"""Hits whose text is looked at: more find no more (eval/LOG.md)."""
WEIGHTS: Mapping[str, float] = {
    "coverage": 0.101,
    "article": 0.114,
    "pairs": 0.108,
    "names": 0.048,
    "sentence": 0.119,
    "neighbours": 0.093,
}


def rerank(sought: TermMatcher, examined: Sequence[Excerpt]) -> list[Excerpt]:
    """Best first, each hit with what was added to its score; ties keep their order."""
    articles = held_by_articles(examined)
    scored = [_rescored(each, signals(sought, each, articles)) for each in examined]
    return sorted(scored, key=lambda excerpt: -excerpt.hit.score)


def signals(
    sought: TermMatcher, excerpt: Excerpt, articles: Mapping[str, frozenset[str]]
) -> dict[str, float]:
    """What may add to the score of a passage, each in [0, 1]."""
    terms = excerpt.terms
    sentences = [frozenset(sentence.terms) for sentence in excerpt.sentences]
    pairs = zip([frozenset[str](), *sentences], sentences, strict=False)
    return {
        "coverage": sought.coverage(excerpt.held),
        "article": sought.coverage(articles[excerpt.article.id]),
        "pairs": sought.pairing(terms),
        "names": sought.naming(terms),
        "sentence": max(map(sought.coverage, sentences), default=0.0),
        "neighbours": max((sought.coverage(one | two) for one, two in pairs), default=0.0),
    }


def held_by_articles(examined: Sequence[Excerpt]) -> dict[str, frozenset[str]]:
    """The terms of all examined passages of each article."""
    held: dict[str, frozenset[str]] = {}
    for excerpt in examined:
        held[excerpt.article.id] = held.get(excerpt.article.id, frozenset()) | excerpt.held
    return held


def _rescored(excerpt: Excerpt, found: Mapping[str, float]) -> Excerpt:
    added = {name: weight * found[name] for name, weight in WEIGHTS.items()}
    return replace(excerpt, hit=_with(excerpt.hit, added))


def _with(hit: Hit, added: Mapping[str, float]) -> Hit:
    score = hit.score + sum(added.values())
    return replace(hit, score=score, parts={**hit.parts, **added})
