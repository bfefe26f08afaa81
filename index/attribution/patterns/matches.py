"""The result of a pattern: a cue of a sentence with its source and content. Knows no patterns."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.annotations import Attribution
from index.attribution.patterns.subjects import Subject
from index.attribution.patterns.tokens import Token
from index.documents import Span
from index.statements import Origin


@dataclass(frozen=True, slots=True)
class CueMatch:
    """One attribution as found in one sentence, which later patterns may continue."""

    sentence: int
    until: int
    """The first token of the sentence after the cue and what it reports."""
    subject: Subject | None
    """As tokens of the sentence: it is also the subject of a later ", adding that"."""
    source: Span | None
    cue: Span | None
    """None for a quotation without a cue, which continues the words before it."""
    content: tuple[Span, ...]
    """Ascending; still empty if the quotation is on the next line."""
    quotes: tuple[Span, ...]
    """The parts of the content that are whole quotations."""
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
    """With the spans of a verb and its subject."""
    source = token_span(tokens, subject.phrase.first, subject.phrase.last)
    cue = token_span(tokens, subject.cue, verb + 1)
    return CueMatch(sentence, until, subject, source, cue, content, quotes, confidence)


def token_span(tokens: Sequence[Token], first: int, last: int) -> Span:
    """Of the tokens from `first` to before `last`."""
    return Span(tokens[first].start, tokens[last - 1].end)
