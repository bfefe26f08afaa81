"""The place in an article that tells who holds an office. Knows no topic and decides nothing."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from index.attribution.entities.roles import role_of
from index.documents import EVERYTHING, Article, Filter, Span
from index.language.offices import Office, offices_of
from index.statements import Statement
from index.stores.search.statements import StatementQuery
from index.stores.timestamps import instant
from rag.citations import Citation, cite
from rag.statements.quote_spans import sentences_around
from rag.statements.ranking.search import StatementCollection
from rag.statements.speakers.office_holders import Holder

MOST_SEARCHED = 60
"""Statements of one speaker of one day, to find where the office is told."""
MOST_MENTIONS = 20
"""Of a name, from the start of the article: later ones seldom tell a role."""
SECONDS_A_DAY = 86_400


def tells_office(office: Office, words: str) -> bool:
    """Whether the words of a role are this office, and not a former or a deputy one."""
    return any(office.is_held_by(each) for each in offices_of(words))


def role_spans(statement: Statement, article: Article) -> Iterator[Span]:
    """The role known from the statement, then those beside each mention of the speaker's name."""
    if statement.role:
        yield statement.role
    for mention in mentions_of(statement, article):
        if role := role_of(article.text, mention):
            yield role


def mentions_of(statement: Statement, article: Article) -> Iterator[Span]:
    """Where the article has the speaker's name in full, from its start."""
    text, name = article.text, statement.speaker or ""
    start = text.find(name) if name else -1
    for _ in range(MOST_MENTIONS):
        if start < 0:
            return
        end = start + len(name)
        if not _is_letter(text[start - 1 : start]) and not _is_letter(text[end : end + 1]):
            yield Span(start, end)
        start = text.find(name, end)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def office_place(
    holder: Holder, keys: Sequence[str], office: Office, collection: StatementCollection
) -> Citation | None:
    """The sentence of the day nearest to the time asked about; None if it was taken down."""
    query = StatementQuery(speakers=tuple(keys), filter=_on(holder.day))
    for statement, article in collection.search(query, MOST_SEARCHED):
        for span in role_spans(statement, article):
            if tells_office(office, span.of(article.text)):
                [sentence, *_] = sentences_around(article.text, span) or [span]
                return cite(article, sentence)
    return None


def _on(day: int) -> Filter:
    """That day, in UTC; any for an undated article."""
    if not day:
        return EVERYTHING
    start = instant(day * SECONDS_A_DAY)
    return Filter(published_from=start, published_to=start + timedelta(days=1))
