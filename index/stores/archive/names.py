"""Every name with sure statements: how often, in which blocks, whose it is. Knows no joining rule.

The blocks are `index.identity.blocks`, as numbers; they find the names that a change concerns.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from index.identity.blocks import calls_block, filed_under, word_block
from index.identity.evidence import MOST_COUNTED
from index.identity.quoted import Quoted
from index.stores.archive.database import Connection
from index.stores.serialization import packed, unpacked_speaker

BLOCK_BYTES = 6
"""Of a block's hash: that two of millions meet is unlikely, and costs one comparison."""

NAMES_AT_ONCE = 8192
"""Whose blocks are in memory together: some 15 MB."""


class StoredNames:
    """The names as an open transaction sees them; what was read once is not read again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Quoted | None] = {}
        self._quoted_in: dict[int, list[str]] = {}

    @cached_property
    def articles(self) -> int:
        query = "select count(*) from articles where removed_at is null"
        return int(self._connection.value(query))

    def bearers(self, word: str) -> int:
        return self._names_in(word_block(word))

    def called(self, key: str) -> int:
        return self._names_in(calls_block(key))

    def said(self, name: str) -> int:
        return self._sum("plain", name)

    def said_under(self, surname: str) -> int:
        return self._sum("surname", surname)

    def quoted_in(self, article: int) -> Collection[str]:
        if article not in self._quoted_in:
            rows = self._connection.execute(
                "select distinct plain from quoted_in cross join names on names.id = quoted_in.name"
                " where revision = ? and plain is not null",
                (article,),
            )
            self._quoted_in[article] = [plain for (plain,) in rows]
        return self._quoted_in[article]

    def articles_of(self, names: Sequence[str]) -> Sequence[int]:
        rows = self._connection.execute(
            "select plain, sum(articles) from names"
            " where plain in (select value from json_each(?)) group by plain",
            (json.dumps(list(names)),),
        )
        found = dict(map(tuple, rows.fetchall()))
        return [found.get(name, 0) for name in names]

    def named(self, keys: Collection[str]) -> list[Quoted]:
        new = [key for key in keys if key not in self._known]
        found = {each.speaker.key: each for each in quoted_names(self._connection, new)}
        self._known |= {key: found.get(key) for key in new}
        return [each for key in keys if (each := self._known[key]) is not None]

    def filed(self, blocks: Collection[str]) -> AbstractSet[str]:
        return self._keys(
            "select distinct names.key from json_each(?) as wanted"
            " cross join name_blocks on block = wanted.value"
            " cross join names on names.id = name_blocks.name",
            [_number(block) for block in blocks],
        )

    def leaders(self, keys: Collection[str]) -> Mapping[str, str]:
        rows = self._connection.execute(
            "select key, person from names"
            " where person is not null and key in (select value from json_each(?))",
            (json.dumps(list(keys)),),
        )
        return dict(map(tuple, rows.fetchall()))

    def led_by(self, leaders: Collection[str]) -> AbstractSet[str]:
        query = "select key from names where person in (select value from json_each(?))"
        return self._keys(query, list(leaders))

    def _keys(self, query: str, wanted: Sequence[str] | Sequence[int]) -> set[str]:
        return {key for (key,) in self._connection.execute(query, (json.dumps(wanted),))}

    def _names_in(self, block: str) -> int:
        """In order of the index, so that no more are read than counted."""
        query = (
            "select count(*) from (select distinct plain from name_blocks"
            " cross join names on names.id = name_blocks.name where block = ? limit ?)"
        )
        return int(self._connection.value(query, _number(block), MOST_COUNTED))

    def _sum(self, column: str, value: str) -> int:
        query = f"select coalesce(sum(said), 0) from names where {column} = ?"  # noqa: S608  ours
        return int(self._connection.value(query, value))


def quoted_names(connection: Connection, keys: Iterable[str] | None = None) -> list[Quoted]:
    """Those with these keys, or all, by ascending key."""
    if keys is None:
        return list(_read(connection, "true").values())
    return list(_read(connection, "key in (select value from json_each(?))", list(keys)).values())


def names_by_number(connection: Connection, numbers: Iterable[int]) -> dict[int, Quoted]:
    return _read(connection, "id in (select value from json_each(?))", list(numbers))


def count_names(connection: Connection) -> int:
    return int(connection.value("select count(*) from names where plain is not null"))


def put_names(
    connection: Connection, before: Mapping[int, Quoted], after: Mapping[int, Quoted]
) -> None:
    """Write names by their numbers: as they were, and as they are now."""
    numbers = sorted(before.keys() | after.keys())
    connection.executemany(
        "update names set plain = ?, surname = ?, said = ?, articles = ?, payload = ? where id = ?",
        ((*_facts(after.get(number)), number) for number in numbers),
    )
    for start in range(0, len(numbers), NAMES_AT_ONCE):
        some = numbers[start : start + NAMES_AT_ONCE]
        filed = [_blocks(names, some) for names in (before, after)]
        connection.executemany(
            "delete from name_blocks where block = ? and name = ?", sorted(filed[0] - filed[1])
        )
        connection.executemany("insert into name_blocks values (?, ?)", sorted(filed[1] - filed[0]))


def put_leaders(connection: Connection, keys: Iterable[str], leaders: Mapping[str, str]) -> None:
    """The key of the person of each of these names; none for a name of nobody."""
    connection.executemany(
        "update names set person = ?1 where key = ?2 and person is not ?1",
        ((leaders.get(key), key) for key in keys),
    )


def numbers_of(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Of new names, too."""
    wanted = json.dumps(list(keys))
    connection.execute(
        "insert into names (key) select value from json_each(?) where true"
        " on conflict (key) do nothing",
        (wanted,),
    )
    rows = connection.execute(
        "select key, id from names where key in (select value from json_each(?))", (wanted,)
    )
    return dict(map(tuple, rows.fetchall()))


def forget_names(connection: Connection, numbers: Iterable[int]) -> None:
    """Those of these that no article quotes any more."""
    connection.execute(
        "delete from names where id in (select value from json_each(?))"
        " and not exists (select 1 from quoted_in where name = names.id)",
        (json.dumps(list(numbers)),),
    )


def _read(connection: Connection, condition: str, *wanted: Sequence[object]) -> dict[int, Quoted]:
    """Names that are no group's, by ascending key."""
    parameters = [json.dumps(each) for each in wanted]
    only = f"names where payload is not null and {condition}"
    rows = connection.execute(
        f"select id, payload from {only} order by key",  # noqa: S608  ours
        parameters,
    ).fetchall()
    articles: dict[int, list[int]] = defaultdict(list)
    for name, revision in connection.execute(
        f"select name, revision from quoted_in where name in (select id from {only})",  # noqa: S608
        parameters,
    ):
        articles[name].append(revision)
    return {at: Quoted(unpacked_speaker(payload), frozenset(articles[at])) for at, payload in rows}


def _facts(each: Quoted | None) -> tuple[str | int | None, ...]:
    if each is None:
        return None, None, 0, 0, None
    full = each.person and each.bare.full
    surname = each.bare.surname if full else None
    said = each.speaker.statements if full else 0
    return each.plain_key, surname, said, len(each.articles), packed(each.speaker)


def _blocks(names: Mapping[int, Quoted], numbers: Iterable[int]) -> set[tuple[int, int]]:
    """Of the names with these numbers, each with the number of its name."""
    known = ((number, names[number]) for number in numbers if number in names)
    return {(_number(block), number) for number, each in known for block in filed_under(each)}


def _number(block: str) -> int:
    written = block.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(written, digest_size=BLOCK_BYTES).digest(), "big")
