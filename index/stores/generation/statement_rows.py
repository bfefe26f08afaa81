"""What of an article is indexed with a statement: its words, and the sentences they stand in."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from index.documents import Article, Span
from index.statements import Statement
from index.stores.search.statements import StatementRow
from index.stores.timestamps import seconds
from index.text.paragraphs import paragraphs
from index.text.sentences import sentences_of

Spoken = tuple[int, Article, Statement]
"""A statement with its number in the archive and the article it stands in."""


def statement_rows(spoken: Iterable[Spoken]) -> Iterator[StatementRow]:
    """In the order given; statements of one article are best given together."""
    for _, told in groupby(spoken, lambda each: (each[1].id, each[1].revision)):
        yield from _rows(list(told))


def _rows(told: list[Spoken]) -> Iterator[StatementRow]:
    article = told[0][1]
    contexts = _Contexts(article.text)
    for number, _, statement in told:
        yield StatementRow(
            number=number,
            statement=statement,
            content=_words(article.text, statement.content),
            context=f"{article.title}\n{contexts.around(statement)}",
            source=_words(article.text, (statement.source,) if statement.source else ()),
            published=None if article.published_at is None else seconds(article.published_at),
            outlet=article.outlet,
        )


class _Contexts:
    """Finds sentences, cutting each paragraph of one text at most once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraphs = paragraphs(text)
        self._sentences = lru_cache(maxsize=64)(lambda part: sentences_of(text, [part]))

    def around(self, statement: Statement) -> str:
        """The sentences with any of the content, the cue or the source."""
        told = [*statement.content, *filter(None, (statement.cue, statement.source))]
        first, last = min(told).start, max(span.end for span in told)
        near = (each for part in self._between(first, last) for each in self._sentences(part))
        return _words(self._text, (each for each in near if each.start < last and first < each.end))

    def _between(self, first: int, last: int) -> list[Span]:
        low = bisect_right(self._paragraphs, first, key=lambda part: part.end)
        high = bisect_left(self._paragraphs, last, key=lambda part: part.start)
        return self._paragraphs[low:high]


def _words(text: str, spans: Iterable[Span]) -> str:
    return "\n".join(span.of(text) for span in spans)
