"""Speakers of current revisions, kept up to date for what changed. Knows no transaction.

`quoted_in` says how each article names each speaker, `names` is every name with sure statements,
`people` one speaker for each person.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from index.identity.neighbours import JoinedAgain, joined_again
from index.identity.proper_names import type_of_name
from index.identity.quoted import Quoted
from index.identity.same_person import RULES, one_for_each_person
from index.statements import NAMED, SourceType, Speaker, SpeakerMention
from index.stores.archive.checksums import STATEMENT, check_derived
from index.stores.archive.database import Connection, Row
from index.stores.archive.names import (
    StoredNames,
    count_names,
    forget_names,
    names_by_number,
    numbers_of,
    put_leaders,
    put_names,
    quoted_names,
)
from index.stores.archive.unpublished import note_speakers
from index.stores.serialization import packed, unpacked_speaker

MANY_CHANGED, MOST_CHANGED = 1000, 0.2
"""Names, and their share of all, from which all are joined again: it takes no longer."""
_CHANGED = "revision in (select revision from unpublished)"
_STATEMENTS = """select statements.*, number, article_id, published_at from statements
    join live on live.number = statements.revision
    where speaker is not null and {}
    order by statements.revision, speaker, statements.id"""


def refresh_speakers(connection: Connection, *, fresh: bool) -> None:
    """Read again how changed articles name speakers, or all, and join the names concerned."""
    everything = fresh or _joined_by(connection) != str(RULES)
    if everything:
        _forget_all(connection)
    found = list(_mentions(connection, everything=everything))
    changed = _numbers(connection, {each.speaker for each in found})
    before = names_by_number(connection, changed.values())
    _put_mentions(connection, found, changed)
    after = dict(_put_together(connection, changed))
    put_names(connection, before, after)
    if everything:
        _put_people(connection, _all_joined(connection, after.values()))
    elif len(changed) > max(MANY_CHANGED, MOST_CHANGED * count_names(connection)):
        _put_people(connection, _all_joined(connection, quoted_names(connection)))
    elif changed:
        versions = [*before.values(), *after.values()]
        _put_people(connection, joined_again(versions, StoredNames(connection)))
    forget_names(connection, changed.values())
    connection.execute("replace into meta values ('joined_by', ?)", (str(RULES),))


def speakers(connection: Connection, keys: Iterable[str] | None = None) -> Iterator[Speaker]:
    """Everybody named with a sure statement in a live article's current revision.

    One for each person, by ascending key: all, or those with these keys. "Officials" and "the
    company" are sources of their articles, not speakers.
    """
    rows = connection.execute(
        "select payload from people"
        " where ?1 is null or key in (select value from json_each(?1)) order by key",
        (None if keys is None else json.dumps(list(keys)),),
    )
    for (payload,) in rows:
        yield unpacked_speaker(payload)


def _joined_by(connection: Connection) -> str | None:
    """The rules by which names were last joined."""
    found: str | None = connection.value("select value from meta where name = 'joined_by'")
    return found


def _forget_all(connection: Connection) -> None:
    """All but `people`, by which what changed is told."""
    for table in ("quoted_in", "name_blocks", "names"):
        connection.execute(f"delete from {table}")  # noqa: S608  one of these three


@dataclass(frozen=True, slots=True)
class _Naming:
    """How one article names one speaker, in all statements that are sure."""

    speaker: str
    revision: int
    published: int | None
    first: int
    """The first statement."""
    names: str
    """(name, type, role) of each, as JSON."""


def _mentions(connection: Connection, *, everything: bool) -> Iterator[_Naming]:
    """Of changed articles, or of all."""
    only = "true" if everything else f"statements.{_CHANGED}"
    rows = connection.execute(_STATEMENTS.format(only))
    for (revision, speaker), group in groupby(rows, lambda row: (row["number"], row["speaker"])):
        theirs = list(group)
        names = json.dumps([_names(row) for row in theirs])
        yield _Naming(speaker, revision, theirs[0]["published_at"], theirs[0]["id"], names)


def _names(row: Row) -> tuple[str, SourceType, str | None]:
    check_derived(row, row["article_id"], STATEMENT)
    return row["name"], type_of_name(row["name"], SourceType(row["source_type"])), row["role"]


def _numbers(connection: Connection, speakers: AbstractSet[str]) -> dict[str, int]:
    """Of the names that changed articles have, and of those that they had."""
    before = connection.execute(
        "select distinct key, id from unpublished cross join quoted_in using (revision)"
        " cross join names on names.id = quoted_in.name"
    )
    return dict(map(tuple, before.fetchall())) | numbers_of(connection, speakers)


def _put_mentions(
    connection: Connection, found: Iterable[_Naming], number: Mapping[str, int]
) -> None:
    connection.execute(f"delete from quoted_in where {_CHANGED}")  # noqa: S608  ours
    connection.executemany(
        "insert into quoted_in values (?, ?, ?, ?, ?)",
        sorted(
            (number[each.speaker], each.revision, each.published, each.first, each.names)
            for each in found
        ),
    )


def _put_together(
    connection: Connection, number: Mapping[str, int]
) -> Iterator[tuple[int, Quoted]]:
    """Everybody with the same full name, as the articles have it, by the name's number."""
    key = {at: speaker for speaker, at in number.items()}
    rows = connection.execute(
        "select * from quoted_in where name in (select value from json_each(?))"
        " order by name, published is null, published desc, first",
        (json.dumps(list(key)),),
    )
    for at, group in groupby(rows, lambda row: int(row["name"])):
        theirs = list(group)
        mentions = [mention for row in theirs for mention in _speaker_mentions(row)]
        speaker = Speaker.from_mentions(key[at], mentions)
        if speaker.type in NAMED:
            yield at, Quoted(speaker, frozenset(row["revision"] for row in theirs))


def _speaker_mentions(row: Row) -> Iterator[SpeakerMention]:
    for name, source_type, role in json.loads(row["mentions"]):
        kind = SourceType(source_type)
        yield SpeakerMention(name, kind, role, row["revision"], row["published"])


def _all_joined(connection: Connection, names: Iterable[Quoted]) -> JoinedAgain:
    """From all names there are."""
    ordered = sorted(names, key=lambda each: each.speaker.key)
    people = one_for_each_person(ordered, StoredNames(connection))
    known = [key for (key,) in connection.execute("select key from people").fetchall()]
    return JoinedAgain(frozenset(each.speaker.key for each in ordered).union(known), tuple(people))


def _put_people(connection: Connection, again: JoinedAgain) -> None:
    """Of the others, what is published stays."""
    keys = again.keys | again.leaders.keys()
    rows = connection.execute(
        "select key, payload from people where key in (select value from json_each(?))",
        (json.dumps(list(keys)),),
    )
    before = dict(map(tuple, rows.fetchall()))
    after = {each.key: packed(each) for each in again.people}
    changed = {key for key in before.keys() | after if before.get(key) != after.get(key)}
    connection.executemany("delete from people where key = ?", ((key,) for key in changed))
    connection.executemany(
        "insert into people values (?, ?)", ((key, after[key]) for key in changed & after.keys())
    )
    put_leaders(connection, keys, again.leaders)
    note_speakers(connection, changed)
