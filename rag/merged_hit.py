"""A passage that was found, with what speaks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.documents import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores: `score` in [0, 1] is comparable within one question only."""

    passage: Passage
    score: float
    lexical: float
    """BM25, 0 where it is not among the best by terms."""
    dense: float
    """Cosine of question and passage."""
    parts: Mapping[str, float]
    """What `score` is the sum of, by name."""

    def blended(self, added: Mapping[str, tuple[float, float]]) -> "Hit":
        """With a share of the score for each value in [0, 1], and all else for the rest of it."""
        left = 1 - sum(share for share, _ in added.values())
        parts = {name: left * worth for name, worth in self.parts.items()}
        parts |= {name: share * value for name, (share, value) in added.items()}
        score = left * self.score + sum(share * value for share, value in added.values())
        return replace(self, score=score, parts=parts)
