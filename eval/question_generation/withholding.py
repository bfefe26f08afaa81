"""Stories that only one article reports: withheld, they make unanswerable questions."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.documents import Article, Span
from index.language.terms import analyze
from index.text.boilerplate import find_boilerplate
from index.text.sentences import sentences

FEWEST_TERMS = 4
MOST_WORDS = 30
ECHO = 0.6
"""Share of an opening's terms, weighted by rarity, from which an article may have its story."""


@dataclass(frozen=True, slots=True)
class StoryOpening:
    """The opening of an article and a question about it."""

    words: str
    question: str


def opening_of(article: Article) -> StoryOpening | None:
    """Its title, or else its first sentence; None when neither says enough."""
    if _enough(article.title):
        title = _shortened(article.title)
        return StoryOpening(title, f"What was reported in “{title}”?")
    lead = _shortened(next(filter(_enough, _sentences(article)), ""))
    return StoryOpening(lead, f"What else was reported of this: “{lead}”?") if lead else None


def unique_stories(
    openings: Mapping[str, StoryOpening],
    articles: Iterable[Article],
    frequency: Counter[str],
    size: int,
) -> list[str]:
    """The articles whose opening no other article echoes, in the order of `openings`.

    `openings` is by article; `frequency` is in how many of `size` articles each term occurs.
    """
    weights = {name: _weights(each.words, frequency, size) for name, each in openings.items()}
    asking: dict[str, list[str]] = defaultdict(list)
    for name, terms in weights.items():
        for term in terms:
            asking[term].append(name)
    echoed: set[str] = set()
    for article in articles:
        echoed |= set(_echoes(article, weights, asking))
    return [name for name in openings if name not in echoed]


def terms_of(article: Article) -> frozenset[str]:
    return frozenset(analyze(f"{article.title}\n{article.text}"))


def _echoes(
    article: Article,
    weights: Mapping[str, Mapping[str, float]],
    asking: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    covered: dict[str, float] = defaultdict(float)
    for term in sorted(terms_of(article) & asking.keys()):
        for name in asking[term]:
            covered[name] += weights[name][term]
    for name, weight in covered.items():
        if name != article.id and weight >= ECHO * sum(weights[name].values()):
            yield name


def _weights(text: str, frequency: Counter[str], size: int) -> dict[str, float]:
    """Inverse document frequency (Spärck Jones 1972)."""
    return {term: math.log((size + 1) / (frequency[term] + 0.5)) for term in set(analyze(text))}


def _sentences(article: Article) -> Iterator[str]:
    debris = find_boilerplate(article.text)
    for span in sentences(article.text, Span(0, len(article.text))):
        if not any(mark.span.start < span.end and span.start < mark.span.end for mark in debris):
            yield span.of(article.text)


def _enough(text: str) -> bool:
    return len(set(analyze(text))) >= FEWEST_TERMS


def _shortened(text: str) -> str:
    words = text.rstrip(".?!").split()
    return " ".join(words[:MOST_WORDS])
