"""A statement -> the whole sentences to quote, and the paragraphs around them.

Knows the article, but no question.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from index.documents import Article, Boilerplate, Span
from index.statements import Statement
from index.text.layout import TextLayout

MOST_CHARACTERS = 900
"""Of a longer statement, the sentences around its cue are quoted."""


def quote_span(article: Article, statement: Statement, boilerplate: Sequence[Boilerplate]) -> Span:
    """From the first to the last sentence with content, cue or source; never over boilerplate."""
    sentences = _around(statement, _layout(article.text).sentences_around)
    if not sentences:
        return statement.content[0]
    first = last = _cue_sentence(sentences, statement)
    while (wider := _widened(sentences, first, last, boilerplate)) is not None:
        first, last = wider
    return Span(sentences[first].start, sentences[last].end)


def paragraphs_around(text: str, statement: Statement) -> list[Span]:
    """The paragraphs that hold the statement."""
    return _around(statement, _layout(text).paragraphs_around)


def paragraphs_at(text: str, span: Span) -> list[Span]:
    """The paragraphs that a span touches."""
    return _layout(text).paragraphs_around(span)


def sentences_around(text: str, span: Span) -> list[Span]:
    """The sentences that a span touches."""
    return list(_layout(text).sentences_around(span))


@lru_cache(maxsize=64)
def _layout(text: str) -> TextLayout:
    return TextLayout(text)


def _around(statement: Statement, find: Callable[[Span], list[Span]]) -> list[Span]:
    """What `find` gives for content, cue and source: ascending, each once."""
    parts = sorted([*statement.content, *filter(None, [statement.cue, statement.source])])
    return list(dict.fromkeys(each for part in parts for each in find(part)))


def _cue_sentence(sentences: Sequence[Span], statement: Statement) -> int:
    """The position of the cue's sentence; without a cue, of the first content's."""
    part = statement.cue or statement.content[0]
    return next((i for i, sentence in enumerate(sentences) if part.start < sentence.end), 0)


def _widened(
    sentences: Sequence[Span], first: int, last: int, boilerplate: Sequence[Boilerplate]
) -> tuple[int, int] | None:
    """One sentence more: the one before, since a quotation precedes its cue, else the next."""
    for start, end in ((first - 1, last), (first, last + 1)):
        inside = start >= 0 and end < len(sentences)
        if inside and _is_quotable(Span(sentences[start].start, sentences[end].end), boilerplate):
            return start, end
    return None


def _is_quotable(span: Span, boilerplate: Sequence[Boilerplate]) -> bool:
    crossed = any(mark.span.touches(span) for mark in boilerplate)
    return span.end - span.start <= MOST_CHARACTERS and not crossed
