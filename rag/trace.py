"""What one question went through before anything was cited."""

from dataclasses import dataclass

from index.stores.generation.generation import Generation
from rag.answering.confidence import confidence
from rag.query.query import Query
from rag.reading.evidence import Evidence
from rag.replies import Hit, HowRead, RefusalReason
from rag.retrieval.retriever import RetrievalResult
from rag.statements.answer import StatementAnswer


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything up to the decision."""

    query: Query
    generation: Generation
    heard: StatementAnswer | None
    """What statements say to it; None where it is not of speech, or they cannot tell."""
    found: RetrievalResult
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
