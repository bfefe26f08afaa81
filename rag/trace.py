"""What one question went through before anything was cited."""

from dataclasses import dataclass

from index.stores.generation import Generation
from rag.answer import HowRead, RefusalReason
from rag.confidence import confidence
from rag.finding import Found
from rag.hearing import Heard
from rag.hit import Hit
from rag.question import Query
from rag.read import Evidence


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything up to the decision."""

    query: Query
    generation: Generation
    heard: Heard | None
    """What statements say to it; None where it is not of speech, or they cannot tell."""
    found: Found
    ranked: tuple[Evidence, ...]
    """Sentences of the passages read, best first."""
    fit: tuple[Evidence, ...]
    """Those that may be given as an answer where no statement is."""
    refused: tuple[RefusalReason, str] | None
    """Why no sentence may be."""
    narrowed: bool = False
    """Whether only articles of the question's dates were searched."""
    reading: HowRead | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The whole pool of candidates, one article a story, best first."""
        return self.found.hits

    @property
    def confidence(self) -> float:
        """Of what was answered, or of what came nearest."""
        if self.heard and self.heard.answers:
            return self.heard.answers[0].confidence
        best = self.fit or self.ranked
        return confidence(self.query, best) if best else 0.0
