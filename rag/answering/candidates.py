"""Evidence that may answer -> how sure the best is, what other stories say, and what else may be.

Each article is compared once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.answering.agreement import agree, may_stand_beside, says_the_same, short_words
from rag.answering.confidence import confidence, confidence_alone
from rag.query.query import Query
from rag.reading.evidence import Evidence, one_per_article
from rag.replies import Agreement

MOST_COMPARED, MOST_AGREEING = 5, 2
"""Other articles that can raise the confidence, and how many of them do."""
CERTAIN = 0.9
"""Confidence from which no other answer is shown beside the best."""
FURTHER_MARGIN = 0.6
"""Sentences this far below the best are not shown beside it: none was right (eval/LOG.md)."""


@dataclass(frozen=True, slots=True)
class StoryComparison:
    """Evidence from other stories that is as sure as an answer must be, best first."""

    agreeing: tuple[Evidence, ...]
    differing: tuple[Evidence, ...]
    further: tuple[Evidence, ...]
    """Of any article, each with a short answer that nothing before it has; where a question takes
    none, the best of other articles."""

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
        return confidence(self.query, self.best, agreeing=self.agreeing)

    @property
    def agreeing(self) -> int:
        """How many other articles raise the confidence, by the same short answer."""
        agreeing = sum(agrees is True for _, agrees in self._others[:MOST_COMPARED])
        return min(MOST_AGREEING, agreeing)

    def compared(self, *, min_confidence: float) -> StoryComparison:
        sure = [(each, agrees) for each, agrees in self._others if self._sure(each, min_confidence)]
        agreeing = tuple(each for each, agrees in sure if agrees)
        differing = tuple(each for each, agrees in sure if agrees is False)
        takes_short = bool(short_words(self.query, self.best))
        unclear = tuple(each for each, agrees in sure if agrees is None)
        if takes_short:
            unclear = tuple(self._unlike((self.best, *agreeing, *differing), min_confidence))
        return StoryComparison(agreeing, differing, unclear)

    def _unlike(self, shown: Sequence[Evidence], min_confidence: float) -> Iterator[Evidence]:
        """Sentences with another short answer than those before, of the same articles too."""
        if self.confidence >= CERTAIN:
            return
        known = [short_words(self.query, each) for each in shown]
        for each in self.evidence:
            if self.best.score - each.score > FURTHER_MARGIN:
                return
            words = short_words(self.query, each)
            if not words or any(says_the_same(words, other) for other in known):
                continue
            if may_stand_beside(self.query, self.best, each) and self._sure(each, min_confidence):
                known.append(words)
                yield each

    def _sure(self, evidence: Evidence, min_confidence: float) -> bool:
        return confidence_alone(self.query, evidence) >= min_confidence

    @cached_property
    def _others(self) -> list[tuple[Evidence, bool | None]]:
        """The best of each other article, and whether it agrees with the best of all."""
        best, *others = one_per_article(self.evidence)
        return [(each, agree(self.query, best, each)) for each in others]
