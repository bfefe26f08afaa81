"""A backup is the whole archive of one moment, verified, and restoring loses nothing unasked."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import (
    ArchiveError,
    DamagedArticleError,
    NoIndexError,
    SettingsError,
    StorageError,
    WriterBusyError,
)
from index.stores.archive.archive import Archive
from index.stores.backup import back_up, restore, verified
from index.stores.write_lock import writing
from tests.support.archives import article, embed, split
from tests.support.places import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """With one removed article, one of two revisions, and one embedded."""
    data = tmp_path / "data"
    with closing(Archive.open(data / "archive.sqlite")) as archive:
        archive.put([article("a"), article("b"), article("c")])
        archive.put([article("b", "The harbour opens on Tuesday. The mayor said so.")])
        archive.remove(["c"])
        split(archive, article("a"), "xy")
        embed(archive, "xy")
        yield data


def ids(path: Path) -> list[str]:
    with closing(Archive.open(path, read_only=True)) as archive:
        return [each.id for each in archive.page()]


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_everything_is_in_the_copy_also_what_is_only_in_the_log_of_writes(
    tmp_path: Path, folder: Path
) -> None:
    file = tmp_path / "copy.sqlite"

    size = back_up(folder, file)

    assert (size.articles, size.revisions, size.bytes) == (2, 4, file.stat().st_size)
    assert ids(file) == ["a", "b"]
    with closing(Archive.open(file, read_only=True)) as copy:
        assert len(copy.revisions("b")) == 2
        assert copy.missing_vectors() == 0


def test_a_backup_is_one_file_and_reading_it_makes_no_other(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "kept").mkdir()
    file = tmp_path / "kept" / "copy.sqlite"

    back_up(folder, file)
    verified(file)

    assert names(tmp_path / "kept") == ["copy.sqlite"]


def test_the_archive_is_read_and_written_while_it_is_copied(tmp_path: Path, folder: Path) -> None:
    with closing(Archive.open(folder / "archive.sqlite")) as archive:
        stop = threading.Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                archive.put([article(f"new{number}")])
                number += 1

        thread = threading.Thread(target=write)
        thread.start()
        sizes = [back_up(folder, tmp_path / f"{number}.sqlite") for number in range(5)]
        stop.set()
        thread.join()

    copies = [verified(tmp_path / f"{number}.sqlite") for number in range(5)]
    assert [size.articles for size in sizes] == [copy.articles for copy in copies]
    assert sizes[0].articles <= sizes[-1].articles


def test_no_file_is_overwritten(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "copy.sqlite"
    file.write_text("precious")

    with pytest.raises(SettingsError, match="none is overwritten"):
        back_up(folder, file)

    assert file.read_text() == "precious"


def test_there_is_nothing_to_copy_before_anything_was_added(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        back_up(tmp_path / "nowhere", tmp_path / "copy.sqlite")


def test_a_folder_that_is_not_there_is_a_storage_error(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(StorageError, match=r"There is no folder .*missing"):
        back_up(folder, tmp_path / "missing" / "copy.sqlite")


@pytest.mark.parametrize(
    "damage",
    [
        "update revisions set text = 'The harbour stays closed, the mayor said.' where number = 1",
        "update revisions set title = 'Altered' where number = 2",
        "update articles set removed_at = null where id = 'c'",
        "update revisions set text = 'An earlier text, altered afterwards.' where number = 2",
    ],
)
def test_an_altered_archive_is_not_backed_up(tmp_path: Path, folder: Path, damage: str) -> None:
    with (
        closing(Archive.open(folder / "archive.sqlite")) as archive,
        archive.database.write() as connection,
    ):
        connection.execute(damage)

    with pytest.raises(DamagedArticleError):
        back_up(folder, tmp_path / "copy.sqlite")

    assert names(tmp_path) == ["data"]


def test_a_restored_archive_is_that_of_the_backup(tmp_path: Path, folder: Path) -> None:
    file, other = tmp_path / "copy.sqlite", tmp_path / "other"
    back_up(folder, file)

    size = restore(file, other, replace=False)

    assert size.articles == 2
    assert ids(other / "archive.sqlite") == ["a", "b"]


def test_articles_are_replaced_only_when_that_is_said_and_open_readers_see_it(
    tmp_path: Path, folder: Path
) -> None:
    file = tmp_path / "copy.sqlite"
    back_up(folder, file)
    with closing(Archive.open(folder / "archive.sqlite")) as archive:
        archive.put([article("later")])
    with closing(Archive.open(folder / "archive.sqlite", read_only=True)) as reader:
        assert reader.count() == 3
        with pytest.raises(SettingsError, match=r"holds 3 articles\. Give --replace"):
            restore(file, folder, replace=False)
        assert reader.count() == 3

        restore(file, folder, replace=True)

        assert [each.id for each in reader.page()] == ["a", "b"]
    with closing(Archive.open(folder / "archive.sqlite")) as archive:
        archive.put([article("again")])
    assert ids(folder / "archive.sqlite") == ["a", "again", "b"]


def test_nothing_is_restored_while_another_process_writes(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "copy.sqlite"
    back_up(folder, file)

    with writing(folder, "add"), pytest.raises(WriterBusyError):
        restore(file, folder, replace=True)


@pytest.mark.parametrize("content", [b"", b"no archive at all", None])
def test_what_is_no_backup_is_refused(tmp_path: Path, folder: Path, content: bytes | None) -> None:
    file = tmp_path / "copy.sqlite"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises((ArchiveError, StorageError)):
        restore(file, folder, replace=True)

    assert ids(folder / "archive.sqlite") == ["a", "b"]


def test_a_backup_with_a_flipped_page_is_refused(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "copy.sqlite"
    back_up(folder, file)
    content = bytearray(file.read_bytes())
    at = content.index(b"The harbour opens on Monday")
    content[at] ^= 1
    file.write_bytes(content)

    with pytest.raises(ArchiveError):
        restore(file, folder, replace=True)


@pytest.mark.parametrize("at", [0, 4096])
def test_a_damaged_archive_is_put_aside_for_a_backup(tmp_path: Path, folder: Path, at: int) -> None:
    file, broken = tmp_path / "copy.sqlite", tmp_path / "broken"
    back_up(folder, file)
    restore(file, broken, replace=False)
    path = broken / "archive.sqlite"
    with path.open("r+b") as damaged:
        damaged.seek(at)
        damaged.write(bytes(8192))

    with pytest.raises(SettingsError, match="Give --replace"):
        restore(file, broken, replace=False)
    restore(file, broken, replace=True)

    assert ids(path) == ["a", "b"]
    assert (broken / "archive.sqlite.damaged").read_bytes()[at : at + 8192] == bytes(8192)


def test_a_backup_that_is_damaged_asks_for_another_one(tmp_path: Path, folder: Path) -> None:
    file, truncated, altered = (tmp_path / name for name in ("copy", "truncated", "altered"))
    back_up(folder, file)
    content = file.read_bytes()
    truncated.write_bytes(content[:9000])
    altered.write_bytes(
        content.replace(b"The harbour opens on Monday", b"The harbour opens on Friday")
    )

    for damaged in (truncated, altered):
        with pytest.raises(ArchiveError) as raised:
            restore(damaged, tmp_path / "new", replace=False)

        said = str(raised.value)
        assert said.startswith(f"The backup {damaged} is damaged (")
        assert said.endswith("): give another one. Nothing was changed.")
        assert "restore" not in said
        assert not (tmp_path / "new" / "archive.sqlite").exists()


def test_an_archive_is_no_backup_of_itself(folder: Path) -> None:
    with pytest.raises(SettingsError, match="this archive itself"):
        restore(folder / "archive.sqlite", folder, replace=True)


KILLED = """
import os, sys
from pathlib import Path
from index.stores import backup
from index.stores.archive.database import Database

copy = Database.copy_to
def stopped(self, path):
    connection = __import__("sqlite3").connect(path)
    with self.plain() as own:
        own.backup(connection, pages=1, progress=lambda *_: os.kill(os.getpid(), 9))
Database.copy_to = stopped
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)
"""


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_what_was_there(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "copy.sqlite"
    back_up(folder, file)
    with closing(Archive.open(folder / "archive.sqlite")) as archive:
        archive.put([article("later")])

    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(file), str(folder)], cwd=ROOT, check=False, timeout=60
    )

    assert ran.returncode == -9
    assert ids(folder / "archive.sqlite") == ["a", "b", "later"]
