"""What one question went through before anything was cited."""

from dataclasses import dataclass

from rag.answering.candidates import AnswerCandidates
from rag.answering.from_passages import PassageAnswer
from rag.replies import Hit, Reply
from rag.statements.answer import StatementAnswer


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything up to the decision, of both branches."""

    statements: StatementAnswer | None
    """None where the question is not about speech, or the statements cannot decide."""
    passages: PassageAnswer

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The whole pool of candidates, one article per story, best first."""
        return self.passages.found.hits

    @property
    def confidence(self) -> float:
        """Of the answer, or of the evidence that came nearest to one."""
        if self.statements and self.statements.statements:
            return self.statements.statements[0].confidence
        found = self.passages
        nearest = AnswerCandidates(found.query, found.ranked)
        return (found.candidates if found.candidates.evidence else nearest).confidence


@dataclass(frozen=True, slots=True)
class TracedReply:
    """A reply and what it was chosen from."""

    reply: Reply
    trace: Trace
    gold: Trace | None
    """The trace as if there were only the articles in `only`; None where none were given."""
