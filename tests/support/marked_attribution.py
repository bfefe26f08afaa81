"""Attributions of test texts, by their words."""

from index.attribution.annotations import Attribution
from index.documents import Span
from index.statements import Origin


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def marked(
    text: str, source: str, cue: str, *content: str, origin: Origin = Origin.TAGGER
) -> Attribution:
    """Each of the words must be in the text; its first place is taken; empty words are left out."""

    def spans(*written: str) -> tuple[Span, ...]:
        return tuple(span_of(text, words) for words in written if words)

    return Attribution(spans(source), spans(cue), spans(*content), 0.9, origin)
