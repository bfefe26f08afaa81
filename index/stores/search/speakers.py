"""The speakers of a generation, found by the words of their names. Knows no statement.

Written whole at every publish: the index is small, and every count may have changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from tantivy import DocAddress, Document, Query, Schema, SchemaBuilder

from index.language.names import name_key, name_words, nicknames
from index.language.offices import offices_of
from index.language.word_classes import NAME_LINKS
from index.statements import Speaker
from index.stores.search import segments
from index.stores.search.queries import SearchIndex, all_of, any_of
from index.stores.serialization import packed, unpacked_speaker

MOST_WORDS = 12
"""How many words of a name are searched for."""
LAST, OTHER = 4.0, 2.0
"""The score of a shared word; the last word of a name identifies a person best."""
NEARLY = 0.7
"""The factor for a word that is only similar."""
ONE_OFF, TWO_OFF = 4, 8
"""From this length on, a word may differ by one letter, by two."""
_ROLE = "role:"
"""Before a term of a role, among the words: no name has it, nor anything similar."""
_RANKS = 2**32


def write_speakers(folder: Path, speakers: Iterable[Speaker]) -> None:
    """Into an empty folder; `speakers` by ascending key, which is how ties are broken."""
    documents = (_document(place, speaker) for place, speaker in enumerate(speakers))
    segments.write(folder, _schema(), number="rank", add=documents)


class SpeakerIndex:
    """The published speakers, opened to read."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    @classmethod
    def open(cls, folder: Path) -> Self:
        return cls(SearchIndex(folder, "an index of speakers"))

    def speaker(self, key: str) -> Speaker | None:
        found = self._first(self._index.has("key", key), 1)
        return found[0] if found else None

    def named(self, name: str, limit: int) -> list[Speaker]:
        """Speakers with every word of `name`: the exact name first, then most statements."""
        words = name_words(name)[:MOST_WORDS]
        if not words or limit <= 0:
            return []
        exact = self.speaker(name_key(name))
        written = dict.fromkeys((words, tuple(name_key(name).split())))
        every_word = any_of(all_of(self._index.has("words", each) for each in ws) for ws in written)
        others = [
            speaker
            for speaker in self._first(every_word, limit + 1)
            if exact is None or speaker.key != exact.key
        ]
        return [*([exact] if exact else []), *others][:limit]

    def nearest(self, name: str, limit: int) -> list[Speaker]:
        """Speakers with a word of `name` or a similar word: best match, then most statements."""
        words = [word for word in name_words(name) if word not in NAME_LINKS][:MOST_WORDS]
        if not words or limit <= 0:
            return []
        similar = [self._similar(word, OTHER) for word in words[:-1]]
        similar.append(self._similar(words[-1], LAST))
        found = self._index.best(any_of(similar), limit, ties="rank")
        return [self._at(address) for address in found.addresses]

    def with_office(self, terms: Sequence[str], limit: int) -> list[Speaker]:
        """Speakers whose roles have all the terms of an office: most statements first."""
        if not terms or limit <= 0:
            return []
        every_term = all_of(self._index.has("words", f"{_ROLE}{term}") for term in terms)
        return self._first(every_term, limit)

    def _similar(self, word: str, weight: float) -> Query:
        same = Query.const_score_query(self._index.has("words", word), weight)
        if len(word) < ONE_OFF:
            return same
        near = self._index.has_similar("words", word, 2 if len(word) >= TWO_OFF else 1)
        return Query.disjunction_max_query([same, Query.const_score_query(near, weight * NEARLY)])

    def _first(self, query: Query, limit: int) -> list[Speaker]:
        """Most statements first."""
        return [self._at(address) for address in self._index.first(query, limit, by="rank")]

    def _at(self, address: DocAddress) -> Speaker:
        [payload] = self._index.stored(address)["payload"]
        return unpacked_speaker(bytes(payload).decode())


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("rank", indexed=True, fast=True)
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def _document(place: int, speaker: Speaker) -> Document:
    names = (speaker.name, *speaker.aliases)
    return Document(
        rank=place - speaker.statements * _RANKS,
        key=list(speaker.keys),
        words=" ".join({word for name in names for word in _searched(name)} | _offices(speaker)),
        payload=packed(speaker).encode(),
    )


def _searched(name: str) -> Iterator[str]:
    """The words of a name, in pieces and in one: "Jae-hyun" is found as "Jaehyun" too."""
    yield from name_words(name)
    yield from name_key(name).split()
    yield from nicknames(name)


def _offices(speaker: Speaker) -> set[str]:
    """The terms of the offices that the speaker is told to hold, or to have held."""
    offices = (office for role in speaker.told for office in offices_of(role.words))
    return {f"{_ROLE}{term}" for office in offices for term in office.terms}
