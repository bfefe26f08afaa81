"""The speakers of a generation, found by the words of their names. Knows no statement.

Written whole at every publish: the index is small, and every count may have changed.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from tantivy import Document, Order, Query, Schema, SchemaBuilder, Searcher

from index.language.names import name_key, name_words
from index.language.word_classes import NAME_LINKS
from index.statements import Speaker
from index.stores.search import segments
from index.stores.search.queries import all_of, any_of, top_documents
from index.stores.serialization import packed_speaker, unpacked_speaker

MOST_WORDS = 12
"""How many words of a name are searched for."""
LAST, OTHER = 4.0, 2.0
"""The score of a shared word; the last word of a name identifies a person best."""
NEARLY = 0.7
"""The factor for a word that is only similar."""
ONE_OFF, TWO_OFF = 4, 8
"""From this length on, a word may differ by one letter, by two."""
_RANKS = 2**32


def write_speakers(folder: Path, speakers: Iterable[Speaker]) -> None:
    """Into an empty folder; `speakers` by ascending key, which is how ties are broken."""
    documents = (_document(place, speaker) for place, speaker in enumerate(speakers))
    segments.write(folder, _schema(), number="rank", add=documents)


class SpeakerIndex:
    """The published speakers, opened to read."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self.size: int = searcher.num_docs

    @classmethod
    def open(cls, folder: Path) -> Self:
        return cls(*segments.open_segments(folder, "an index of speakers"))

    def speaker(self, key: str) -> Speaker | None:
        found = self._first(self._key(key), 1)
        return found[0] if found else None

    def named(self, name: str, limit: int) -> list[Speaker]:
        """Speakers with every word of `name`: the exact name first, then most statements."""
        words = name_words(name)[:MOST_WORDS]
        if not words or limit <= 0:
            return []
        exact = self.speaker(name_key(name))
        holding = self._first(all_of([self._word(word) for word in words]), limit + 1)
        others = [speaker for speaker in holding if exact is None or speaker.key != exact.key]
        return [*([exact] if exact else []), *others][:limit]

    def nearest(self, name: str, limit: int) -> list[Speaker]:
        """Speakers with a word of `name` or a similar word: best match, then most statements."""
        words = [word for word in name_words(name) if word not in NAME_LINKS][:MOST_WORDS]
        if not words or limit <= 0:
            return []
        last = len(words) - 1
        similar = [
            self._similar(word, LAST if place == last else OTHER)
            for place, word in enumerate(words)
        ]
        found = top_documents(self._searcher, any_of(similar), limit, ties="rank")
        return [self._at(address) for address in found.addresses]

    def _similar(self, word: str, weight: float) -> Query:
        same = Query.const_score_query(self._word(word), weight)
        if len(word) < ONE_OFF:
            return same
        off = 2 if len(word) >= TWO_OFF else 1
        near = Query.fuzzy_term_query(self._schema, "words", word, off)
        return Query.disjunction_max_query([same, Query.const_score_query(near, weight * NEARLY)])

    def _word(self, word: str) -> Query:
        return Query.term_query(self._schema, "words", word, index_option="basic")

    def _key(self, key: str) -> Query:
        return Query.term_query(self._schema, "key", key, index_option="basic")

    def _first(self, query: Query, limit: int) -> list[Speaker]:
        """Most statements first."""
        if not self.size:
            return []
        hits = self._searcher.search(
            query, limit, count=False, order_by_field="rank", order=Order.Asc
        ).hits
        return [self._at(address) for _, address in hits]

    def _at(self, address: object) -> Speaker:
        stored: Sequence[bytes] = self._searcher.doc(address)["payload"]  # type: ignore[arg-type]  # as tantivy handed it out
        return unpacked_speaker(bytes(stored[0]).decode())


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("rank", indexed=True, fast=True)
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def _document(place: int, speaker: Speaker) -> Document:
    names = (speaker.name, *speaker.aliases)
    document = Document()
    document.add_integer("rank", place - speaker.statements * _RANKS)
    document.add_text("key", speaker.key)
    document.add_text("words", " ".join({word for name in names for word in name_words(name)}))
    document.add_bytes("payload", packed_speaker(speaker).encode())
    return document
