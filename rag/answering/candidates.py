"""Evidence that may answer -> how sure the best is, and what other stories say. Each once."""

from dataclasses import dataclass
from functools import cached_property

from rag.answering.agreement import agree
from rag.answering.confidence import confidence, confidence_alone
from rag.query.query import Query
from rag.reading.evidence import Evidence, one_per_article
from rag.replies import Agreement

MOST_COMPARED, MOST_AGREEING = 5, 2
"""Other articles that can raise the confidence, and how many of them do."""


@dataclass(frozen=True, slots=True)
class StoryComparison:
    """Evidence from other stories that is as sure as an answer must be, best first."""

    agreeing: tuple[Evidence, ...]
    differing: tuple[Evidence, ...]
    unclear: tuple[Evidence, ...]
    """Not comparable by their short answers."""

    @property
    def agreement(self) -> Agreement:
        return "differ" if self.differing else "agree" if self.agreeing else "alone"


@dataclass(frozen=True)
class AnswerCandidates:
    """Evidence that may be given as the answer to a query, best first."""

    query: Query
    evidence: tuple[Evidence, ...]

    @property
    def best(self) -> Evidence:
        return self.evidence[0]

    @cached_property
    def confidence(self) -> float:
        """An estimated probability that the best evidence answers; 0 without any."""
        if not self.evidence:
            return 0.0
        agreeing = sum(agrees is True for _, agrees in self._others[:MOST_COMPARED])
        return confidence(self.query, self.best, agreeing=min(MOST_AGREEING, agreeing))

    def compared(self, *, min_confidence: float) -> StoryComparison:
        sure = [
            (each, agrees)
            for each, agrees in self._others
            if confidence_alone(self.query, each) >= min_confidence
        ]
        return StoryComparison(
            tuple(each for each, agrees in sure if agrees),
            tuple(each for each, agrees in sure if agrees is False),
            tuple(each for each, agrees in sure if agrees is None),
        )

    @cached_property
    def _others(self) -> list[tuple[Evidence, bool | None]]:
        """The best of each other article, and whether it agrees with the best of all."""
        best, *others = one_per_article(self.evidence)
        return [(each, agree(self.query, best, each)) for each in others]
