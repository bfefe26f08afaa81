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

    def blended(self, name: str, share: float, value: float) -> "Hit":
        """With `value` in [0, 1] for `share` of the score, and all else for the rest of it."""
        parts = {part: (1 - share) * worth for part, worth in self.parts.items()}
        parts[name] = share * value
        return replace(self, score=(1 - share) * self.score + parts[name], parts=parts)
