"""Words attributed to someone, before it is known to whom. The common coin of this room."""

from dataclasses import dataclass

from index.documents import Span
from index.statements import Origin


@dataclass(frozen=True, slots=True)
class Attribution:
    """Each role is the ranges it is written in, ascending; none where it is left unsaid."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the text, without titles, and what bears it."""

    span: Span
    kind: str
    """PER, ORG, LOC or MISC, as CoNLL 2003 has them."""
