"""The index of statements: found by speaker, topic, date and kind; and its speakers.

Queries are built term by term as in `lexical`, so no name and no topic can break one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tantivy import DocAddress, Document, Order, Query, Schema, SchemaBuilder, Searcher

from index.documents import Filter
from index.language.names import name_key
from index.language.terms import ANALYSER, readable
from index.statements import Act, Polarity, SourceType, Speaker, Statement, StatementKind
from index.stores.search import segments
from index.stores.search.queries import any_of, filter_queries, matching, one_of, top_documents
from index.stores.search.speakers import SpeakerIndex
from index.stores.serialization import packed, unpacked

EVERYTHING = Filter()
CONTEXT_WEIGHT = 0.4
"""The weight of a word in the sentence or title, relative to one in the content."""
MOST_TERMS = 64
_NUMBERS = 2**29
"""Ids up to here break ties; above, articles of the same second come in any order."""
_EVER = 2**33
"""Seconds from 1970 to the year 2242, and as many before 1970."""


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """All fields must match; of several values of one field, any."""

    speakers: tuple[str, ...] = ()
    """Keys (`index.language.names.name_key`); match only statements with a sure speaker."""
    speaker_words: tuple[str, ...] = ()
    """Analysed words, all in the speaker's name or the source's words, sure or not."""
    possible: tuple[str, ...] = ()
    """Keys of candidates, for statements with an ambiguous speaker."""
    about: tuple[str, ...] = ()
    """Analysed terms, any of them in the content, its sentence or the title."""
    kinds: tuple[StatementKind, ...] = ()
    acts: tuple[Act, ...] = ()
    types: tuple[SourceType, ...] = ()
    """The type of the source's words: "she" is a PRONOUN, even if resolved to a person."""
    polarity: Polarity | None = None
    articles: tuple[str, ...] = ()
    filter: Filter = EVERYTHING


@dataclass(frozen=True, slots=True)
class StatementHit:
    """A statement found; the score is 0 for a query without `about`."""

    statement: Statement
    score: float


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement to index; `published` in seconds since 1970, UTC."""

    number: int
    statement: Statement
    content: str
    context: str
    """The sentence and the title."""
    source: str
    published: int | None
    outlet: str | None


def sync_statements(
    folder: Path, *, remove: Iterable[int] = (), add: Iterable[StatementRow] = ()
) -> None:
    """Remove statements from the index in `folder` and add others; durable when it returns."""
    documents = (_document(row) for row in add)
    segments.write(folder, _schema(), number="number", remove=remove, add=documents)


class StatementIndex:
    """The published statements and their speakers, opened to read."""

    def __init__(self, schema: Schema, searcher: Searcher, speakers: SpeakerIndex) -> None:
        self._schema = schema
        self._searcher = searcher
        self._speakers = speakers
        self.size: int = searcher.num_docs

    @classmethod
    def open(cls, folder: Path, speakers: Path) -> Self:
        """It still answers after the folders are deleted, and never writes there."""
        opened = segments.open_segments(folder, "an index of statements")
        return cls(*opened, SpeakerIndex.open(speakers))

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]:
        """Best first with `about`, else newest first and undated last.

        Ties are in the order of the archive; within an article, in the order of the text.
        """
        if limit <= 0 or not self.size:
            return []
        return (self._ranked if query.about else self._newest)(query, limit, offset)

    def count(self, query: StatementQuery) -> int:
        found: Any = self._searcher.search(self._query(query), 1)  # `count` is not in the stubs
        return int(found.count)

    def speakers(self, name: str, limit: int) -> list[Speaker]:
        """Speakers with every word of `name`: the exact name first, then most statements."""
        return self._speakers.named(name, limit)

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]:
        """Speakers with a similar name, to suggest when nobody has that name."""
        return self._speakers.nearest(name, limit)

    def speaker(self, key: str) -> Speaker | None:
        return self._speakers.speaker(key)

    def _ranked(self, query: StatementQuery, limit: int, offset: int) -> list[StatementHit]:
        found = top_documents(self._searcher, self._query(query), offset + limit, ties="place")
        scored = zip(found.addresses[offset:], found.scores[offset:].tolist(), strict=True)
        return [StatementHit(self._at(address), score) for address, score in scored]

    def _newest(self, query: StatementQuery, limit: int, offset: int) -> list[StatementHit]:
        hits = self._searcher.search(
            self._query(query),
            limit,
            count=False,
            offset=offset,
            order_by_field="place",
            order=Order.Asc,
        ).hits
        return [StatementHit(self._at(address), 0.0) for _, address in hits]

    def _query(self, query: StatementQuery) -> Query:
        conditions = [*self._conditions(query), *filter_queries(self._schema, query.filter)]
        return matching(conditions, self._about(query.about) if query.about else None)

    def _conditions(self, query: StatementQuery) -> list[Query]:
        schema = self._schema
        polarity = () if query.polarity is None else (query.polarity,)
        alternatives: list[tuple[str, Sequence[str]]] = [
            ("speaker", query.speakers),
            ("candidate", query.possible),
            ("kind", query.kinds),
            ("act", query.acts),
            ("type", query.types),
            ("polarity", polarity),
            ("article", query.articles),
            *(("words", (word,)) for word in dict.fromkeys(query.speaker_words)),
        ]
        return [each for field, values in alternatives for each in one_of(schema, field, values)]

    def _about(self, terms: Sequence[str]) -> Query:
        distinct = list(dict.fromkeys(terms))[:MOST_TERMS]
        said = [self._has("content", term) for term in distinct]
        near = [Query.boost_query(self._has("context", term), CONTEXT_WEIGHT) for term in distinct]
        return any_of(said + near)

    def _has(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, index_option="freq")

    def _at(self, address: DocAddress) -> Statement:
        stored: Any = self._searcher.doc(address)
        [article], [revision], [payload] = stored["article"], stored["revision"], stored["payload"]
        return unpacked(article, bytes(revision).decode(), bytes(payload).decode())


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("number", indexed=True)
    builder.add_integer_field("place", fast=True)
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("article", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("outlet", "speaker", "candidate", "type", "kind", "act", "polarity"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name=ANALYSER, index_option="basic")
    builder.add_text_field("content", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_text_field("context", tokenizer_name=ANALYSER, index_option="freq")
    builder.add_bytes_field("revision", stored=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def _document(row: StatementRow) -> Document:
    document = Document()
    document.add_integer("number", row.number)
    document.add_integer("place", _place(row))
    if row.published is not None:
        document.add_integer("published", row.published)
    if row.outlet is not None:
        document.add_text("outlet", row.outlet.casefold())
    document.add_text("content", readable(row.content))
    document.add_text("context", readable(row.context))
    _add_speaker(document, row)
    _add_facts(document, row.statement)
    return document


def _add_speaker(document: Document, row: StatementRow) -> None:
    statement = row.statement
    if statement.sure and statement.speaker:
        document.add_text("speaker", name_key(statement.speaker))
    for candidate in statement.candidates:
        document.add_text("candidate", name_key(candidate))
    document.add_text("words", readable(f"{statement.speaker or ''}\n{row.source}"))


def _add_facts(document: Document, statement: Statement) -> None:
    document.add_text("article", statement.article_id)
    document.add_text("type", statement.source_type)
    document.add_text("kind", statement.kind)
    document.add_text("act", statement.act)
    document.add_text("polarity", statement.polarity)
    document.add_bytes("revision", statement.revision.encode())
    document.add_bytes("payload", packed(statement).encode())


def _place(row: StatementRow) -> int:
    """Ascending: newest first, undated last, then by number."""
    newest_first = _EVER if row.published is None else -max(-_EVER, min(row.published, _EVER - 1))
    return newest_first * _NUMBERS + min(row.number, _NUMBERS - 1)
