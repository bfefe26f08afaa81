"""Names in the archive's tables: counted as in a list, joined again where anything changed."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.identity.quoted import Quoted
from index.stores.archive.archive import Archive
from index.stores.archive.names import StoredNames, quoted_names
from tests.support.archives import article, split
from tests.support.fakes import FakeAttributor
from tests.support.names import CountedNames

NAMES = (
    "Maren Orlovsky",
    "Senator Maren Orlovsky",
    "Maren Orlowsky",
    "Tarn's Ana Lind",
    "Ana Lind",
    "Orlovsky",
    "Tarn Post",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(Archive.open(tmp_path / "archive.sqlite")) as opened:
        yield opened


def put(archive: Archive, articles: dict[str, Sequence[str]]) -> None:
    """Articles by id, each with those whom it quotes."""
    archive.put(
        [
            article(
                article_id,
                "\n\n".join(f'{name} said: "It is day {article_id}."' for name in names),
                published_at=datetime(2024, 5, 1, tzinfo=UTC),
            )
            for article_id, names in articles.items()
        ]
    )
    for each in archive.stale("r", 99):
        split(archive, each, "a")
    waiting = archive.unattributed("r", 99)
    found = FakeAttributor().attribute(waiting)
    archive.put_statements(list(zip(waiting, found, strict=True)), "r")
    publish(archive)


def publish(archive: Archive) -> list[str]:
    """Keys of the speakers that came out otherwise."""
    archive.refresh_speakers(fresh=False)
    changed = archive.changed_speakers()
    archive.record_generation("g")
    return changed


def people(archive: Archive) -> list[tuple[str, ...]]:
    return [each.keys for each in archive.speakers()]


def test_counts_in_the_tables_are_those_of_a_list(archive: Archive) -> None:
    put(archive, {f"m/{number}": NAMES[number : number + 3] for number in range(len(NAMES))})
    put(archive, {"m/1": NAMES[:1]})
    archive.remove(["m/2"])
    publish(archive)

    with archive.database.read() as connection:
        names = quoted_names(connection)
        stored, listed = StoredNames(connection), CountedNames(names)
        assert counts(stored, names) == counts(listed, names)
        assert stored.articles == listed.articles == 6


def counts(names: StoredNames | CountedNames, quoted: Sequence[Quoted]) -> list[object]:
    words = sorted({word for each in quoted for word in (*each.words, *each.called, "nobody")})
    plain = sorted({each.plain_key for each in quoted})
    surnames = sorted({each.bare.surname for each in quoted})
    articles = sorted({number for each in quoted for number in each.articles})
    return [
        [(names.bearers(word), names.called(word)) for word in words],
        [names.said(name) for name in plain],
        [names.said_under(surname) for surname in surnames],
        list(names.articles_of(plain)),
        [sorted(names.quoted_in(number)) for number in articles],
    ]


def test_a_new_spelling_is_joined_with_the_one_that_is_there(archive: Archive) -> None:
    put(archive, {f"m/{number}": ["Maren Orlovsky", "Bo Renn"] for number in range(8)})
    put(archive, {"n": ["Maren Orlowsky", "Maren Orlovsky"]})

    assert people(archive) == [("bo renn",), ("maren orlovsky", "maren orlowsky")]


def test_a_removed_articles_names_leave_and_their_neighbours_are_decided_again(
    archive: Archive,
) -> None:
    put(archive, {f"m/{number}": ["Maren Orlovsky", "Bo Renn"] for number in range(8)})
    put(archive, {"n": ["Maren Orlowsky", "Maren Orlovsky"], "o": ["Ida Tarn"]})

    archive.remove(["n"])

    assert publish(archive) == ["maren orlovsky"]
    assert people(archive) == [("bo renn",), ("ida tarn",), ("maren orlovsky",)]


def test_a_surname_is_somebody_elses_once_its_bearer_is_gone(archive: Archive) -> None:
    put(archive, {"m": ["Maren Orlov"], "n": ["Senator Orlov", "Maren Orlov"]})
    assert people(archive) == [("maren orlov", "orlov")]

    archive.remove(["m", "n"])
    put(archive, {"o": ["Senator Orlov", "Ana Orlov"]})

    assert people(archive) == [("ana orlov", "orlov")]


def test_names_joined_by_other_rules_are_all_joined_again(archive: Archive, tmp_path: Path) -> None:
    put(archive, {f"m/{number}": ["Maren Orlovsky", "Bo Renn"] for number in range(8)})
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as connection, connection:
        connection.execute("update meta set value = 'other' where name = 'joined_by'")
        connection.execute("update people set payload = replace(payload, 'Bo', 'Mo')")

    assert publish(archive) == ["bo renn"]
    assert [each.name for each in archive.speakers()] == ["Bo Renn", "Maren Orlovsky"]


BEFORE = (
    "drop table names",
    "drop table quoted_in",
    "drop table name_blocks",
    "delete from meta where name = 'joined_by'",
    "create table quoted (key text primary key, articles text not null, payload text not null)",
    "create index statements_by_speaker on statements (speaker) where speaker is not null",
    "pragma user_version = 5",
)


def test_an_archive_from_before_names_has_them_at_its_next_publish(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    with closing(Archive.open(path)) as archive:
        put(archive, {f"m/{number}": NAMES[number:] for number in range(len(NAMES))})
        known = list(archive.speakers())
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in BEFORE:
            connection.execute(statement)

    with closing(Archive.open(path, read_only=True)) as archive:
        assert list(archive.speakers()) == known
    with closing(Archive.open(path)) as archive:
        assert publish(archive) == []
        put(archive, {"n": ["Maren Orlovsky"]})
        assert {key for each in archive.speakers() for key in each.keys} == {
            key for each in known for key in each.keys
        }
