"""A statement -> what is indexed with it: its words, and the sentences around it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from index.documents import Article, Span
from index.statements import Statement
from index.stores.search.statements import StatementRow
from index.stores.timestamps import seconds
from index.text.layout import TextLayout

StoredStatement = tuple[int, Article, Statement]
"""A statement with its id in the archive and its article."""


def statement_rows(stored: Iterable[StoredStatement]) -> Iterator[StatementRow]:
    """In the order given; put statements of one article together, and its text is cut once."""
    for _, of_one_article in groupby(stored, lambda each: (each[1].id, each[1].revision)):
        yield from _rows(list(of_one_article))


def _rows(stored: list[StoredStatement]) -> Iterator[StatementRow]:
    article = stored[0][1]
    layout = TextLayout(article.text)
    for number, _, statement in stored:
        yield StatementRow(
            number=number,
            statement=statement,
            content=_words(article.text, statement.content),
            context=f"{article.title}\n{_context(layout, statement)}",
            source=_words(article.text, (statement.source,) if statement.source else ()),
            published=None if article.published_at is None else seconds(article.published_at),
            outlet=article.outlet,
        )


def _context(layout: TextLayout, statement: Statement) -> str:
    """The sentences from the first to the last with content, cue or source."""
    parts = [*statement.content, *filter(None, (statement.cue, statement.source))]
    outer = Span(min(parts).start, max(part.end for part in parts))
    return _words(layout.text, layout.sentences_around(outer))


def _words(text: str, spans: Iterable[Span]) -> str:
    return "\n".join(span.of(text) for span in spans)
