"""Reranks passages by how their text matches the question's words, added to the retrieval score.

The weights are learnt (training/fit_ranking.py). Knows the words of a question, not its meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.retrieval.excerpts import Excerpt
from rag.retrieval.term_matching import TermMatcher

Terms = frozenset[str]

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
    found = signals(matcher, excerpts)
    scored = [_rescored(*each) for each in zip(excerpts, found, strict=True)]
    return sorted(scored, key=lambda excerpt: -excerpt.hit.score)


def signals(matcher: TermMatcher, excerpts: Sequence[Excerpt]) -> list[dict[str, float]]:
    """Features of each passage by name, each in [0, 1]; passages of an article share `article`."""
    counted = [_counted(matcher, each) for each in excerpts]
    articles: dict[str, Terms] = {}
    for excerpt, terms in zip(excerpts, counted, strict=True):
        known = articles.get(excerpt.article.id, frozenset())
        articles[excerpt.article.id] = known | terms.passage
    return [
        _signals(matcher, excerpt, terms, articles[excerpt.article.id])
        for excerpt, terms in zip(excerpts, counted, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What `TermMatcher.counted` leaves of a passage: few terms, so joining them is quick."""

    sentences: tuple[Terms, ...]
    passage: Terms
    """With the title of its article."""


def _counted(matcher: TermMatcher, excerpt: Excerpt) -> _Counted:
    sentences = tuple(matcher.counted(sentence.terms) for sentence in excerpt.sentences)
    return _Counted(sentences, matcher.counted(excerpt.title).union(*sentences))


def _signals(
    matcher: TermMatcher, excerpt: Excerpt, counted: _Counted, article: Terms
) -> dict[str, float]:
    terms, sentences = excerpt.terms, counted.sentences
    pairs = {one | two for one, two in zip([frozenset[str](), *sentences], sentences, strict=False)}
    return {
        "coverage": matcher.coverage_of(counted.passage),
        "article": matcher.coverage_of(article),
        "pairs": matcher.pairing(terms),
        "names": matcher.naming(terms),
        "sentence": max(map(matcher.coverage_of, sentences), default=0.0),
        "neighbours": max(map(matcher.coverage_of, pairs), default=0.0),
    }


def _rescored(excerpt: Excerpt, found: Mapping[str, float]) -> Excerpt:
    hit, added = excerpt.hit, {name: weight * found[name] for name, weight in WEIGHTS.items()}
    score = hit.score + sum(added.values())
    return replace(excerpt, hit=replace(hit, score=score, parts={**hit.parts, **added}))
