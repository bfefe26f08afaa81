"""Cue matches in, the same matches out with all quotations that continue them.

A quotation may continue after its cue, in the next sentence or in the next paragraphs. Knows no
names.
"""

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
    matches: Sequence[CueMatch], sentences: Sequence[TokenizedSentence], text: str
) -> list[CueMatch]:
    """In the same order; matches without any content are left out."""
    claimed = {span.start for match in matches for span in match.content} | {
        quote.start for match in matches for quote in match.quotes
    }
    last = {match.sentence: at for at, match in enumerate(matches) if not match.content}
    last |= {match.sentence: at for at, match in enumerate(matches) if match.quotes}
    found: list[CueMatch] = []
    for at, match in enumerate(matches):
        spans = [] if match.content else _announced(match, sentences, claimed)
        if match.quotes or spans:
            spans += _backward(match, sentences, claimed)
            spans += _after_cue(match, sentences[match.sentence], claimed)
            if last.get(match.sentence) == at:
                start = match.sentence + 1 + bool(spans and not match.content)
                spans += _forward(start, match, sentences, text, claimed)
        claimed |= {span.start for span in spans}
        content = tuple(sorted({*match.content, *spans}))
        if content:
            found.append(replace(match, content=content))
    return found


def unintroduced_quotes(
    matches: Sequence[CueMatch], sentences: Sequence[TokenizedSentence]
) -> list[CueMatch]:
    """Paragraphs that are only a quotation, right after a paragraph with reported words.

    They have neither source nor cue: `speakers` finds out who speaks.
    """
    claimed = sorted(span for match in matches for span in match.content)
    speaking = {match.sentence for match in matches if match.source is not None}
    found: list[CueMatch] = []
    for at, (before, sentence) in enumerate(pairwise(sentences), 1):
        token = sentence.tokens[0]
        alone = token.quote is not None and len(sentence.tokens) == 1
        follows = at - 1 in speaking and before.paragraph == sentence.paragraph - 1
        content = Span(token.start, token.end)
        if alone and follows and not _touches_any(content, claimed):
            speaking.add(at)
            found.append(CueMatch(at, 1, None, None, None, (content,), (content,), UNINTRODUCED))
    return found


def _touches_any(span: Span, claimed: Sequence[Span]) -> bool:
    """Whether it touches one of the ascending, disjoint spans in `claimed`."""
    at = bisect_left(claimed, span)
    return any(span.touches(each) for each in claimed[max(0, at - 2) : at + 1])


def _announced(
    match: CueMatch, sentences: Sequence[TokenizedSentence], claimed: set[int]
) -> list[Span]:
    """The quotation on the line after "X said:"."""
    following = sentences[match.sentence + 1 : match.sentence + 2]
    tokens = [each.tokens[0] for each in following if each.tokens[0].start not in claimed]
    return [token.quote.span for token in tokens if token.quote]


def _after_cue(match: CueMatch, sentence: TokenizedSentence, claimed: set[int]) -> list[Span]:
    """In the same sentence, after "he said,"."""
    spans: list[Span] = []
    for at in range(match.until, len(sentence.tokens)):
        token = sentence.tokens[at]
        if token.quote is None or token.start in claimed:
            continue
        before = sentence.tokens[at - 1]
        if before.lower in _JOINS or before.quote is not None or match.until == at:
            spans.append(token.quote.span)
    return spans


def _forward(
    start: int,
    match: CueMatch,
    sentences: Sequence[TokenizedSentence],
    text: str,
    claimed: set[int],
) -> list[Span]:
    """Sentences, then paragraphs, that start with a quotation not yet claimed."""
    spans: list[Span] = []
    paragraph = sentences[match.sentence].paragraph
    for at in range(start, len(sentences)):
        sentence = sentences[at]
        token, only_quotes = sentence.tokens[0], _only_quotes(sentence)
        same = sentence.paragraph == paragraph
        near = same or (only_quotes and sentence.paragraph == paragraph + 1)
        if token.quote is None or token.start in claimed or not near:
            break
        if not only_quotes:
            return spans + ([token.quote.span] if is_complete(text, token) else [])
        spans += [each.quote.span for each in sentence.tokens if each.quote]
        paragraph = sentence.paragraph
    return spans


def _only_quotes(sentence: TokenizedSentence) -> bool:
    return not any(token.word for token in sentence.tokens)


def _backward(
    match: CueMatch, sentences: Sequence[TokenizedSentence], claimed: set[int]
) -> list[Span]:
    """The paragraphs before that have no closing mark because the quotation continues."""
    spans: list[Span] = []
    at = match.sentence
    tokens = sentences[at].tokens
    if tokens[0].quote is None or tokens[0].start not in {span.start for span in match.content}:
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
