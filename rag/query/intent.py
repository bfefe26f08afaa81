"""What a question about speech asks for: whose words, on which topic, when. Knows no index."""

from dataclasses import dataclass
from enum import StrEnum

from index.documents import Filter
from index.statements import Act, Polarity

ANY_TIME = Filter()


class IntentKind(StrEnum):
    """What the answer is."""

    SAID = "said"
    """What a person said: "What did X say about T?", "X's view on T"."""
    COMMENTED = "commented"
    """Whether a person said anything: "Did X comment on T?"."""
    WHO = "who"
    """Who said it: "Who called T a mistake?"."""
    COUNTED = "counted"
    """How often: "How many times is X quoted?"."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A question about speech, in its own words."""

    kind: IntentKind
    speaker: str
    """As written; empty for any speaker."""
    topic: str
    """As written, without the period; empty for any topic."""
    listener: str = ""
    """To whom it was said: "What did X tell the panel?"."""
    verb: str = ""
    """The lemma of the question's verb: "say", "warn"; empty for "according to" and views."""
    acts: tuple[Act, ...] = ()
    """The acts that answer; empty for any."""
    polarity: Polarity | None = Polarity.POSITIVE
    """None where a denial that it was said answers too."""
    period: Filter = ANY_TIME
    when: str = ""
    """The words that gave the period: "in September 2024"."""
    phrases: tuple[str, ...] = ()
    """Quoted text, to be found word for word."""
    certain: bool = True
    """False where the question may not be about speech: "When did the bank announce it?"."""
