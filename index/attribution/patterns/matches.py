"""One reporting word of a sentence, with who and what it was found to report."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.annotations import Attribution
from index.attribution.patterns.subjects import Subject
from index.attribution.patterns.tokens import Token
from index.documents import Span
from index.statements import Origin


@dataclass(frozen=True, slots=True)
class CueMatch:
    """`until` is the first token of the sentence that is none of it, nor of what it quotes."""

    sentence: int
    until: int
    subject: Subject | None
    """As tokens of the sentence: who goes on in "…, adding that"."""
    source: Span | None
    cue: Span | None
    """None for a quotation alone, whose speaker goes on from the words before."""
    content: tuple[Span, ...]
    """Ascending; may be empty while the words announced stand in the next paragraph."""
    quotes: tuple[Span, ...]
    """Those of the content that are whole quotations."""
    confidence: float

    @property
    def attribution(self) -> Attribution:
        return Attribution(
            source=(self.source,) if self.source else (),
            cue=(self.cue,) if self.cue else (),
            content=self.content,
            confidence=self.confidence,
            origin=Origin.PATTERN,
        )


def cue_match(
    tokens: Sequence[Token],
    verb: int,
    subject: Subject,
    sentence: int,
    until: int,
    content: tuple[Span, ...],
    quotes: tuple[Span, ...],
    confidence: float,
) -> CueMatch:
    """The anchor of a verb and whoever stands before or after it."""
    source = token_span(tokens, subject.phrase.first, subject.phrase.last)
    cue = token_span(tokens, subject.cue, verb + 1)
    return CueMatch(sentence, until, subject, source, cue, content, quotes, confidence)


def token_span(tokens: Sequence[Token], first: int, last: int) -> Span:
    """From the first of some tokens to the last but one position."""
    return Span(tokens[first].start, tokens[last - 1].end)
