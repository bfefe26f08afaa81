"""The speakers of a generation, found by the words of their names. Knows no statement."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Self

from tantivy import DocAddress, Document, Query, Schema, SchemaBuilder

from index.identity.called import called, called_form
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
_CALLED = "called:"
"""Before another name that articles give beside the name, among the keys: no key has it."""
_PLACES = 2**42
_MOST = 2**20
"""Statements from which a rank is the same for more of them."""


def sync_speakers(folder: Path, *, remove: Iterable[str] = (), add: Iterable[Speaker] = ()) -> None:
    """Remove the speakers with these keys from the index in `folder` and add others."""
    documents = (_document(speaker) for speaker in add)
    segments.write(folder, _schema(), number="person", remove=remove, add=documents)


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
        exact = self._exact(name, limit)
        written = dict.fromkeys((words, tuple(name_key(name).split())))
        every_word = any_of(all_of(self._index.has("words", each) for each in ws) for ws in written)
        others = self._first(every_word, limit + len(exact))
        return list({each.key: each for each in (*exact, *others)}.values())[:limit]

    def _exact(self, name: str, limit: int) -> list[Speaker]:
        """By the full name, then those whom articles call so: "better known as Bono"."""
        found = self.speaker(name_key(name))
        known = self._first(self._index.has("key", f"{_CALLED}{called_form(name)}"), limit)
        return [*([found] if found else []), *known]

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
    builder.add_text_field("person", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def _document(speaker: Speaker) -> Document:
    names = (speaker.name, *speaker.aliases)
    return Document(
        rank=_place(speaker.key) - min(speaker.statements, _MOST) * _PLACES,
        person=speaker.key,
        key=[*speaker.keys, *(f"{_CALLED}{called_form(each)}" for each in called(speaker))],
        words=" ".join({word for name in names for word in _searched(name)} | _offices(speaker)),
        payload=packed(speaker).encode(),
    )


def _place(key: str) -> int:
    """Ascending as keys do by their first six letters; then always the same, below `_PLACES`."""
    letters = [max(1, min(ord(letter) - 95, 31)) for letter in key[:6]]
    start = 0
    for letter in [*letters, *[0] * (6 - len(letters))]:
        start = start * 32 + letter
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=2).digest()
    return start * 4096 + int.from_bytes(digest, "little") % 4096


def _searched(name: str) -> Iterator[str]:
    """The words of a name, in pieces and in one: "Jae-hyun" is found as "Jaehyun" too."""
    yield from name_words(name)
    yield from name_key(name).split()
    yield from nicknames(name)


def _offices(speaker: Speaker) -> set[str]:
    """The terms of the offices that the speaker is told to hold, or to have held."""
    offices = (office for role in speaker.told for office in offices_of(role.words))
    return {f"{_ROLE}{term}" for office in offices for term in office.terms}
