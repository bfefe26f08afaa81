"""What the rules and the tagger find in a text: attributions and names. Knows no speakers."""

from dataclasses import dataclass

from index.documents import Span
from index.statements import Origin


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content are ascending spans, and empty if the text leaves them out."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, without titles."""

    span: Span
    kind: str
    """PER, ORG, LOC or MISC, as in CoNLL 2003."""
