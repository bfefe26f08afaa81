"""The format of the archive: whose it is, how old, and how it is brought up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.documents import Article
from index.errors import ArchiveError
from index.stores.archive.archive import Archive
from index.stores.archive.database import Database
from index.stores.archive.schema import MIGRATIONS, prepare
from tests.support.archives import MAYOR


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.sqlite"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with closing(Archive.open(path)) as opened:
        yield opened


def test_two_archives_have_two_identities(archive: Archive, tmp_path: Path) -> None:
    with closing(Archive.open(tmp_path / "other.sqlite")) as other:
        assert other.identity != archive.identity


def test_an_archive_of_a_newer_format_asks_for_an_upgrade(path: Path) -> None:
    Archive.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma user_version={len(MIGRATIONS) + 1}")

    for read_only in (False, True):
        with pytest.raises(ArchiveError, match="upgrade onrecord"):
            Archive.open(path, read_only=read_only)


def test_an_archive_of_an_older_format_is_brought_up_to_date_by_a_writer(path: Path) -> None:
    with closing(Archive.open(path)) as archive:
        archive.put([MAYOR])
        identity = archive.identity
    later = (*MIGRATIONS, ("create table extra (x)", "insert into extra values (7)"))
    reader, writer = (Database(path, read_only=read_only) for read_only in (True, False))

    with closing(reader), pytest.raises(ArchiveError, match="rebuild"):
        prepare(reader, later, readable=len(later))
    with closing(writer):
        assert prepare(writer, later) == identity
        assert prepare(writer, later) == identity
        with writer.read() as connection:
            assert [row[0] for row in connection.execute("select x from extra")] == [7]


OLD = Article("old", "Harbour to open", "It opens.")
BEFORE_STATEMENTS = (
    f"""insert into revisions (number, article_id, revision, title, authors, metadata, recorded_at,
        text) values (1, 'old', '{OLD.revision}', 'Harbour to open', '[]', '{{}}',
        '2024-05-02', 'It opens.')""",  # noqa: S608  no input
    "insert into articles values ('old', 1, 'f1', 'recipe', '2024-05-02', '2024-05-02', null)",
    "insert into passages values (7, 1, 0, 0, 9, 'key', null)",
)


def test_an_archive_from_before_statements_keeps_its_passages_and_waits_for_the_rest(
    path: Path,
) -> None:
    path.parent.mkdir()
    with closing(Database(path, read_only=False)) as database:
        prepare(database, MIGRATIONS[:1])
        with database.write() as connection:
            for statement in BEFORE_STATEMENTS:
                connection.execute(statement)

    with pytest.raises(ArchiveError, match="onrecord index rebuild"):
        Archive.open(path, read_only=True)
    with closing(Archive.open(path)) as archive:
        assert archive.article("old") == OLD
        assert archive.unattributed("any", 9) == [OLD]
        assert archive.stale("recipe", 9) == []
        assert [passage.id for passage, _ in archive.unembedded(9)] == [7]
        assert archive.passage_table().statement.tolist() == []


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    Archive.open(path).close()
    broken = (*MIGRATIONS, ("create table extra (x)", "no sql at all"))

    with closing(Database(path, read_only=False)) as database, pytest.raises(ArchiveError):
        prepare(database, broken)

    with closing(Archive.open(path)) as archive, archive.database.read() as connection:
        names = connection.execute("select name from sqlite_master where name = 'extra'").fetchall()
    assert names == []
