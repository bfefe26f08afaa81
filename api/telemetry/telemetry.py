"""All telemetry of one application, as its routes use it."""

from dataclasses import dataclass, field
from typing import Protocol

from api.telemetry.facts import note
from api.telemetry.metrics import Metrics
from api.telemetry.questions import QuestionDiary
from rag.replies import Answer, IndexState, Reply


class FromIndex(Protocol):
    """A reply of any kind."""

    @property
    def index(self) -> IndexState: ...


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Safe from many threads."""

    metrics: Metrics = field(default_factory=Metrics)
    diary: QuestionDiary | None = None
    """Where questions are kept; None keeps none."""

    def answered(self, reply: Reply) -> None:
        """A question was answered or refused."""
        self.found(reply)
        self.metrics.answered(reply)
        if self.diary:
            self.diary.keep(reply.question, _outcome(reply))

    def found(self, reply: FromIndex) -> None:
        """Anything was found in the index."""
        note(generation=reply.index.generation)


def _outcome(reply: Reply) -> str:
    outcome = reply.outcome
    return "answered" if isinstance(outcome, Answer) else outcome.reason.value
