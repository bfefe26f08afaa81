"""The index of statements: found by speaker, topic, date and kind; and its speakers.

Queries are built term by term as in `lexical`, so no name and no topic can break one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tantivy import DocAddress, Document, Query, Schema, SchemaBuilder

from index.documents import EVERYTHING, Filter
from index.language.names import name_key
from index.language.terms import ANALYSER, readable
from index.statements import Act, Polarity, SourceType, Statement, StatementKind
from index.stores.search import segments
from index.stores.search.queries import MOST_TERMS, SearchIndex, any_of, matching, worth
from index.stores.search.speakers import SpeakerIndex
from index.stores.serialization import packed, unpacked

CONTEXT_WEIGHT = 0.4
"""The weight of a word in the sentence or title, relative to one in the content."""
CONTEXT_SHARE = 0.67
"""The same for a share of the topic, which counts each of its words once."""
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
    published: int | None = None
    """In seconds since 1970, UTC; only known of candidates."""


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

    def __init__(self, index: SearchIndex, speakers: SpeakerIndex) -> None:
        self._index = index
        self.size = index.size
        self.speaker = self.with_roles = speakers.speaker
        self.speakers = speakers.named
        self.nearest_speakers = speakers.nearest
        self.with_office = speakers.with_office

    @classmethod
    def open(cls, folder: Path, speakers: Path) -> Self:
        return cls(SearchIndex(folder, "an index of statements"), SpeakerIndex.open(speakers))

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]:
        """Best first with `about`, else newest first and undated last.

        Ties are in the order of the archive; within an article, in the order of the text.
        """
        if limit <= 0 or not self.size:
            return []
        if query.about:
            found = self._index.best(self._query(query), offset + limit, ties="place")
            addresses, scores = found.addresses[offset:], found.scores[offset:].tolist()
        else:
            addresses = self._index.first(self._query(query), limit, by="place", offset=offset)
            scores = [0.0] * len(addresses)
        return list(map(StatementHit, map(self._at, addresses), scores))

    def candidates(
        self, query: StatementQuery, topic: Mapping[str, float], limit: int
    ) -> list[StatementHit]:
        """By the share of the topic they hold, then newest first; without a topic, newest first.

        `topic` has the weight of each term; `query.about` is ignored. The score is from 0 to 1: a
        term counts wholly in the content and by `CONTEXT_SHARE` in its sentence or the title. Long
        contents rank no lower than short ones, as they do by BM25.
        """
        if limit <= 0 or not self.size:
            return []
        if topic:
            ranked = matching(self._required(query), self._shares(topic))
            found = self._index.best(ranked, limit, ties="place")
            addresses, scores = found.addresses, found.scores.tolist()
        else:
            addresses = self._index.first(matching(self._required(query)), limit, by="place")
            scores = [0.0] * len(addresses)
        dates = map(_published, self._index.values("place", addresses))
        return list(map(StatementHit, map(self._at, addresses), scores, dates))

    def count(self, query: StatementQuery) -> int:
        return self._index.count(self._query(query))

    def _shares(self, topic: Mapping[str, float]) -> Query:
        total = sum(topic.values()) or 1.0
        terms = list(topic.items())[:MOST_TERMS]
        return any_of(self._share(term, weight / total) for term, weight in terms)

    def _share(self, term: str, share: float) -> Query:
        inside = worth(self._index.has("content", term, "freq"), share)
        beside = worth(self._index.has("context", term, "freq"), share * CONTEXT_SHARE)
        return Query.disjunction_max_query([inside, beside])

    def _query(self, query: StatementQuery) -> Query:
        weights = {"content": 1.0, "context": CONTEXT_WEIGHT}
        about = self._index.any_term(query.about, weights) if query.about else None
        return matching(self._required(query), about)

    def _required(self, query: StatementQuery) -> list[Query]:
        return [*self._conditions(query), *self._index.allowed(query.filter)]

    def _conditions(self, query: StatementQuery) -> list[Query]:
        alternatives: list[tuple[str, Sequence[str]]] = [
            ("speaker", query.speakers),
            ("candidate", query.possible),
            ("kind", query.kinds),
            ("act", query.acts),
            ("type", query.types),
            ("polarity", () if query.polarity is None else (query.polarity,)),
            ("article", query.articles),
            *(("words", (word,)) for word in dict.fromkeys(query.speaker_words)),
        ]
        one_of = self._index.one_of
        return [each for field, values in alternatives for each in one_of(field, values)]

    def _at(self, address: DocAddress) -> Statement:
        stored = self._index.stored(address)
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
    statement = row.statement
    speaker = statement.speaker if statement.sure else None
    return Document(
        number=row.number,
        place=_place(row),
        published=[] if row.published is None else row.published,
        outlet=[] if row.outlet is None else row.outlet.casefold(),
        content=readable(row.content),
        context=readable(row.context),
        speaker=name_key(speaker) if speaker else [],
        candidate=[name_key(candidate) for candidate in statement.candidates],
        words=readable(f"{statement.speaker or ''}\n{row.source}"),
        article=statement.article_id,
        type=statement.source_type,
        kind=statement.kind,
        act=statement.act,
        polarity=statement.polarity,
        revision=statement.revision.encode(),
        payload=packed(statement).encode(),
    )


def _place(row: StatementRow) -> int:
    """Ascending: newest first, undated last, then by number."""
    newest_first = _EVER if row.published is None else -max(-_EVER, min(row.published, _EVER - 1))
    return newest_first * _NUMBERS + min(row.number, _NUMBERS - 1)


def _published(place: int) -> int | None:
    """What `_place` was made from."""
    newest_first = place // _NUMBERS
    return None if newest_first == _EVER else -newest_first
