"""What a question wants of what was said: whose words, on what, when. Knows no index."""

from dataclasses import dataclass
from enum import StrEnum

from index.documents import Filter
from index.statements import Act, Polarity

ANY_TIME = Filter()


class IntentKind(StrEnum):
    """What would answer."""

    SAID = "said"
    """What someone said: "What did X say about T?", "X's view on T"."""
    COMMENTED = "commented"
    """Whether someone said anything: "Did X comment on T?"."""
    WHO = "who"
    """Who said it: "Who called T a mistake?"."""
    COUNTED = "counted"
    """How often: "How many times is X quoted?"."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A question about speech, in its own words."""

    kind: IntentKind
    speaker: str
    """As written; empty where anybody's words will do."""
    about: str
    """As written, without the period; empty for anything at all."""
    listener: str = ""
    """Whom it was said to: "What did X tell the panel?"."""
    verb: str = ""
    """The lemma the question asks with: "say", "warn"; empty for "according to" and views."""
    acts: tuple[Act, ...] = ()
    """The only ones that answer; empty for any."""
    polarity: Polarity | None = Polarity.POSITIVE
    """None where what was not said answers too."""
    period: Filter = ANY_TIME
    when: str = ""
    """The words that gave the period: "in September 2024"."""
    phrases: tuple[str, ...] = ()
    """What stands in quotation marks: to be found word for word."""
    certain: bool = True
    """False where it may be no question of speech at all: "When did the bank announce it?"."""
