"""A statement -> the whole sentences to quote, and the paragraphs around them.

Knows the text it stands in, no question.
"""

from collections.abc import Sequence
from functools import lru_cache

from index.documents import Article, Boilerplate, Span
from index.statements import Statement
from index.text.paragraphs import paragraphs
from index.text.sentences import sentences_of

MOST_CHARACTERS = 900
"""A longer statement is quoted by its sentences around the cue."""


def quoted(article: Article, statement: Statement, furniture: Sequence[Boilerplate]) -> Span:
    """From the first to the last sentence with content, cue or source; never over furniture."""
    parts = _parts(statement)
    held = _sharing(sentences_of(article.text, around(article.text, statement)), parts)
    if not held:  # no word in any of it
        return statement.content[0]
    first = last = _middle(held, statement)
    while (wider := _grown(held, first, last, furniture)) is not None:
        first, last = wider
    return Span(held[first].start, held[last].end)


def around(text: str, statement: Statement) -> list[Span]:
    """The paragraphs that hold the statement."""
    return _sharing(_paragraphs(text), _parts(statement))


@lru_cache(maxsize=64)
def _paragraphs(text: str) -> tuple[Span, ...]:
    return tuple(paragraphs(text))


def _parts(statement: Statement) -> list[Span]:
    """Content, cue and source, ascending."""
    return sorted([*statement.content, *filter(None, [statement.cue, statement.source])])


def _sharing(found: Sequence[Span], parts: Sequence[Span]) -> list[Span]:
    """Those that share a character with a part."""
    return [each for each in found if any(part.touches(each) for part in parts)]


def _middle(held: Sequence[Span], statement: Statement) -> int:
    """The sentence of the cue, else the first."""
    place = statement.cue or statement.content[0]
    return next((at for at, each in enumerate(held) if place.start < each.end), 0)


def _grown(
    held: Sequence[Span], first: int, last: int, furniture: Sequence[Boilerplate]
) -> tuple[int, int] | None:
    """One sentence more; one before comes first, because a quotation stands before its cue."""
    for start, end in ((first - 1, last), (first, last + 1)):
        inside = start >= 0 and end < len(held)
        if inside and _fits(held[start].start, held[end].end, furniture):
            return start, end
    return None


def _fits(start: int, end: int, furniture: Sequence[Boilerplate]) -> bool:
    crossed = any(mark.span.start < end and start < mark.span.end for mark in furniture)
    return end - start <= MOST_CHARACTERS and not crossed
