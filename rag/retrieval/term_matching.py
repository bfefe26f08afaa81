"""How well a text matches the words of a question: how many it holds, and how near each other."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

from index.language.synonyms import synonyms
from index.language.terms import analyze
from rag.query.query import Query

NEAR = 3
"""Greatest distance of a pair in words: two others may stand between."""

SYNONYM = 0.6
"""Of the weight of the question's own word."""

Pair = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class TermMatcher:
    """Every measure is in [0, 1], and 0 where the question has no such terms, pairs or names."""

    weights: Mapping[str, float]
    """Inverse document frequency of each content term, scaled to sum to 1."""
    pairs: Mapping[Pair, float]
    """Neighbouring terms of the question by their summed weights, scaled to sum to 1."""
    names: tuple[tuple[str, ...], ...]
    """Each name's terms, in order."""
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Other words for a term, each of one or more terms."""

    @cached_property
    def _paired(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(self.pairs))

    @cached_property
    def _counted(self) -> frozenset[str]:
        """The terms of the question and of its synonyms: no other changes the coverage."""
        others = chain.from_iterable(chain.from_iterable(self.synonyms.values()))
        return frozenset(chain(self.weights, others))

    @cached_property
    def _coverages(self) -> dict[frozenset[str], float]:
        """By the counted terms that a text holds: most texts hold the same few."""
        return {}

    def counted(self, terms: Iterable[str]) -> frozenset[str]:
        """Of a text's terms, those that change its coverage; texts are joined by joining these."""
        return self._counted.intersection(terms)

    def coverage(self, held: Iterable[str]) -> float:
        """The weighted share of the terms that the text holds; a synonym counts `SYNONYM`."""
        return self.coverage_of(self.counted(held))

    def coverage_of(self, counted: frozenset[str]) -> float:
        """The same for what `counted` leaves of a text."""
        if counted not in self._coverages:
            self._coverages[counted] = sum(
                weight * self._held(term, counted) for term, weight in self.weights.items()
            )
        return self._coverages[counted]

    def _held(self, term: str, held: AbstractSet[str]) -> float:
        if term in held:
            return 1.0
        others = self.synonyms.get(term, ())
        return SYNONYM if any(held >= set(other) for other in others) else 0.0

    def pairing(self, terms: Sequence[str]) -> float:
        """The weighted share of the pairs that stand near each other in the question's order.

        The ordered windows of the sequential dependence model (Metzler and Croft 2005).
        """
        if self._paired.isdisjoint(terms):
            return 0.0
        places: dict[str, list[int]] = {}
        paired = self._paired
        for place, term in enumerate(terms):
            if term in paired:
                places.setdefault(term, []).append(place)
        return sum(
            weight
            for (one, other), weight in self.pairs.items()
            if _near(places.get(one, ()), places.get(other, ()))
        )

    def naming(self, terms: Sequence[str]) -> float:
        """The share of the names that the text has word for word."""
        if not self.names:
            return 0.0
        text = f" {' '.join(terms)} "
        found = sum(f" {' '.join(name)} " in text for name in self.names)
        return found / len(self.names)


def term_matcher(query: Query, weights: Mapping[str, float]) -> TermMatcher:
    """`weights` gives the inverse document frequency of each content term of the query."""
    pairs = {
        pair: weights.get(pair[0], 0.0) + weights.get(pair[1], 0.0)
        for pair in pairwise(analyze(query.text))
        if pair[0] != pair[1]
    }
    names = (tuple(analyze(name)) for name in query.names)
    return TermMatcher(
        _shares(weights),
        _shares(pairs),
        tuple(name for name in names if name),
        {term: others for term in weights if (others := synonyms(term))},
    )


def _shares(weights: Mapping[T, float]) -> dict[T, float]:
    total = sum(weights.values())
    return {each: weight / total for each, weight in weights.items()} if total else {}


def _near(ones: Sequence[int], others: Sequence[int]) -> bool:
    return any(0 < other - one <= NEAR for one in ones for other in others)
