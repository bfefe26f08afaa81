"""Where a quotation goes on: after its cue, in the next sentence, in the next paragraphs."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.attribution.patterns.direct_speech import is_complete
from index.attribution.patterns.matches import CueMatch
from index.attribution.patterns.tokens import TokenizedSentence
from index.documents import Span

UNINTRODUCED = 0.5
_JOINS = frozenset((",", ":", "that", "and", "but", "—", "–", "--", "-"))


def with_continuations(
    anchors: Sequence[CueMatch], sentences: Sequence[TokenizedSentence], text: str
) -> list[CueMatch]:
    """The same anchors, those of quotations with all that is quoted of the same speaker."""
    claimed = {span.start for anchor in anchors for span in anchor.content} | {
        quote.start for anchor in anchors for quote in anchor.quotes
    }
    last = {anchor.sentence: at for at, anchor in enumerate(anchors) if not anchor.content}
    last |= {anchor.sentence: at for at, anchor in enumerate(anchors) if anchor.quotes}
    found: list[CueMatch] = []
    for at, anchor in enumerate(anchors):
        spans = [] if anchor.content else _announced(anchor, sentences, claimed)
        if anchor.quotes or spans:
            spans += _backward(anchor, sentences, claimed)
            spans += _in_sentence(anchor, sentences[anchor.sentence], claimed)
            if last.get(anchor.sentence) == at:
                start = anchor.sentence + 1 + bool(spans and not anchor.content)
                spans += _forward(start, anchor, sentences, text, claimed)
        claimed |= {span.start for span in spans}
        content = tuple(sorted({*anchor.content, *spans}))
        if content:
            found.append(replace(anchor, content=content))
    return found


def unintroduced_quotes(
    anchors: Sequence[CueMatch], sentences: Sequence[TokenizedSentence]
) -> list[CueMatch]:
    """Paragraphs that are a quotation and nothing else, right after somebody's reported words.

    They have neither source nor cue: whose they are is for `speakers` to say.
    """
    claimed = sorted(span for anchor in anchors for span in anchor.content)
    speaking = {anchor.sentence for anchor in anchors if anchor.source is not None}
    found: list[CueMatch] = []
    for at, (before, sentence) in enumerate(pairwise(sentences), 1):
        token = sentence.tokens[0]
        alone = token.quote is not None and len(sentence.tokens) == 1
        follows = at - 1 in speaking and before.paragraph == sentence.paragraph - 1
        content = Span(token.start, token.end)
        if alone and follows and not _among(content, claimed):
            speaking.add(at)
            found.append(CueMatch(at, 1, None, None, None, (content,), (content,), UNINTRODUCED))
    return found


def _among(span: Span, claimed: Sequence[Span]) -> bool:
    """Whether one of some ascending spans touches it; three are looked at."""
    at = bisect_left(claimed, span)
    return any(span.touches(each) for each in claimed[max(0, at - 2) : at + 1])


def _announced(
    anchor: CueMatch, sentences: Sequence[TokenizedSentence], claimed: set[int]
) -> list[Span]:
    """The quotation on the line after "X said:"."""
    following = sentences[anchor.sentence + 1 : anchor.sentence + 2]
    tokens = [each.tokens[0] for each in following if each.tokens[0].start not in claimed]
    return [token.quote.span for token in tokens if token.quote]


def _in_sentence(anchor: CueMatch, sentence: TokenizedSentence, claimed: set[int]) -> list[Span]:
    """After "he said," in the same sentence."""
    spans: list[Span] = []
    for at in range(anchor.until, len(sentence.tokens)):
        token = sentence.tokens[at]
        if token.quote is None or token.start in claimed:
            continue
        before = sentence.tokens[at - 1]
        if before.lower in _JOINS or before.quote is not None or anchor.until == at:
            spans.append(token.quote.span)
    return spans


def _forward(
    start: int,
    anchor: CueMatch,
    sentences: Sequence[TokenizedSentence],
    text: str,
    claimed: set[int],
) -> list[Span]:
    """Sentences, then paragraphs, that open with a quotation nobody else speaks."""
    spans: list[Span] = []
    paragraph = sentences[anchor.sentence].paragraph
    for at in range(start, len(sentences)):
        sentence = sentences[at]
        token, pure = sentence.tokens[0], _pure(sentence)
        same = sentence.paragraph == paragraph
        near = same or (pure and sentence.paragraph == paragraph + 1)
        if token.quote is None or token.start in claimed or not near:
            break
        if not pure:
            return spans + ([token.quote.span] if is_complete(text, token) else [])
        spans += [each.quote.span for each in sentence.tokens if each.quote]
        paragraph = sentence.paragraph
    return spans


def _pure(sentence: TokenizedSentence) -> bool:
    """Nothing but quotations."""
    return not any(token.word for token in sentence.tokens)


def _backward(
    anchor: CueMatch, sentences: Sequence[TokenizedSentence], claimed: set[int]
) -> list[Span]:
    """The paragraphs before, left open because the quotation goes on."""
    spans: list[Span] = []
    at = anchor.sentence
    tokens = sentences[at].tokens
    if tokens[0].quote is None or tokens[0].start not in {span.start for span in anchor.content}:
        return []
    while at > 0:
        previous = sentences[at - 1].tokens[-1]
        if previous.quote is None or not previous.quote.continues or previous.start in claimed:
            break
        spans.append(previous.quote.span)
        at -= 1
        if len(sentences[at].tokens) > 1:
            break
    return spans
