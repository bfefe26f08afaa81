"""How well near duplicates are grouped, on pairs that people have labelled.

Precision and recall of pairs (as in record linkage, Christen 2012, chapter 7), between 0 and 1, and
the share of distinct pairs that were merged, where 0 is best. An article in no group stands alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.documents import Article

Grouping = Callable[[Sequence[Article]], Mapping[str, str]]
"""Article id -> name of its group."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DuplicatePairCounts:
    """`joined` of `same` pairs were grouped, and `merged` of `distinct` ones wrongly."""

    joined: int
    same: int
    merged: int
    distinct: int

    @property
    def precision(self) -> float:
        """0 when nothing was grouped."""
        together = self.joined + self.merged
        return self.joined / together if together else 0.0

    @property
    def recall(self) -> float:
        return self.joined / self.same if self.same else 0.0

    @property
    def false_merges(self) -> float:
        return self.merged / self.distinct if self.distinct else 0.0


def count_pairs(
    groups: Mapping[str, str], same: Iterable[Pair], distinct: Iterable[Pair]
) -> DuplicatePairCounts:
    """Leave pairs with doubtful labels out of both lists."""
    alike = [_together(groups, pair) for pair in same]
    unlike = [_together(groups, pair) for pair in distinct]
    return DuplicatePairCounts(sum(alike), len(alike), sum(unlike), len(unlike))


def _together(groups: Mapping[str, str], pair: Pair) -> bool:
    one, other = pair
    return one in groups and groups[one] == groups.get(other)
