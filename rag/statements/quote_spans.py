"""A statement -> the whole sentences to quote, and the paragraphs around them.

Knows the text it stands in, no question.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from index.documents import Article, Boilerplate, Span
from index.statements import Statement
from index.text.layout import TextLayout

MOST_CHARACTERS = 900
"""A longer statement is quoted by its sentences around the cue."""


def quoted(article: Article, statement: Statement, furniture: Sequence[Boilerplate]) -> Span:
    """From the first to the last sentence with content, cue or source; never over furniture."""
    held = _around(statement, _layout(article.text).sentences_around)
    if not held:  # no word in any of it
        return statement.content[0]
    first = last = _middle(held, statement)
    while (wider := _grown(held, first, last, furniture)) is not None:
        first, last = wider
    return Span(held[first].start, held[last].end)


def around(text: str, statement: Statement) -> list[Span]:
    """The paragraphs that hold the statement."""
    return _around(statement, _layout(text).paragraphs_around)


@lru_cache(maxsize=64)
def _layout(text: str) -> TextLayout:
    return TextLayout(text)


def _around(statement: Statement, find: Callable[[Span], list[Span]]) -> list[Span]:
    """What `find` gives for content, cue and source: ascending, each once."""
    parts = sorted([*statement.content, *filter(None, [statement.cue, statement.source])])
    return list(dict.fromkeys(each for part in parts for each in find(part)))


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
