"""How far two readers who judged the same items agree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderAgreement:
    """Of two readers over `n` items, at least one."""

    n: int
    share: float
    """Items with the same label from both."""
    kappa: float
    """Beyond what chance would give; 1 where both use one and the same label throughout."""


def agreement(first: Sequence[str], second: Sequence[str]) -> ReaderAgreement:
    """Cohen's kappa (1960): (observed - expected) / (1 - expected), labels without an order."""
    n = len(first)
    if n == 0 or n != len(second):
        raise ValueError(f"{n} and {len(second)} labels: expected as many of each, and some")
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    ours, theirs = Counter(first), Counter(second)
    expected = sum(ours[label] * theirs[label] for label in ours) / n**2
    kappa = 1.0 if expected == 1 else (observed - expected) / (1 - expected)
    return ReaderAgreement(n, observed, kappa)
