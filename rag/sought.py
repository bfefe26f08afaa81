"""What the words of a question ask of a text: how many it holds, how near each other."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from index.stores.analysis import analyze
from rag.question import Query

NEAR = 3
"""Words from one to the next that still make a pair: two may stand between."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sought:
    """Every measure is a share in [0, 1], 0 where the question has nothing of the sort."""

    weights: Mapping[str, float]
    """Inverse document frequency of each content term."""
    pairs: Mapping[Pair, float]
    """Terms that follow each other in the question, by what both weigh."""
    names: tuple[tuple[str, ...], ...]
    """Each name's terms, in order."""

    def coverage(self, held: AbstractSet[str]) -> float:
        """The weighted share of the terms that are held."""
        return _share(sum(w for term, w in self.weights.items() if term in held), self.weights)

    def pairing(self, terms: Sequence[str]) -> float:
        """The weighted share of the pairs that stand near each other, in the question's order.

        The ordered windows of the sequential dependence model (Metzler and Croft 2005).
        """
        near = {
            pair for gap in range(1, NEAR + 1) for pair in zip(terms, terms[gap:], strict=False)
        }
        return _share(sum(w for pair, w in self.pairs.items() if pair in near), self.pairs)

    def naming(self, terms: Sequence[str]) -> float:
        """The share of the names that stand there whole."""
        text = f" {' '.join(terms)} "
        found = sum(f" {' '.join(name)} " in text for name in self.names)
        return found / len(self.names) if self.names else 0.0


def sought(query: Query, weights: Mapping[str, float]) -> Sought:
    """`weights` gives the inverse document frequency of each content term of the query."""
    terms = analyze(query.text)
    pairs = {
        pair: weights.get(pair[0], 0.0) + weights.get(pair[1], 0.0)
        for pair in pairwise(terms)
        if pair[0] != pair[1]
    }
    names = (tuple(analyze(name)) for name in query.names)
    return Sought(weights, pairs, tuple(name for name in names if name))


def _share(held: float, weights: Mapping[str, float] | Mapping[Pair, float]) -> float:
    total = sum(weights.values())
    return held / total if total else 0.0
