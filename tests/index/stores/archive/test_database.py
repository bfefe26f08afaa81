"""Many readers, one writer, and every fault of a disk or a file under its own name."""

import os
import shutil
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ArchiveError, NoIndexError, StorageError, WriterBusyError
from index.stores.archive.archive import Archive
from index.stores.archive.articles import Change
from index.stores.archive.database import Database
from tests.support.archives import MAYOR, article, embed, split

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.sqlite"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with closing(Archive.open(path)) as opened:
        yield opened


@contextmanager
def read_only_folder(folder: Path) -> Iterator[None]:
    """Nobody may write in it while this lasts; root, whom no mode binds, becomes someone else."""
    modes = {each: stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.iterdir())}
    for each in modes:
        each.chmod(0o555 if each.is_dir() else 0o444)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(NOBODY)
    except OSError:
        pytest.skip("root may not become another user here, and no mode binds root")
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for each, mode in modes.items():
            each.chmod(mode)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder another user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


def test_many_threads_read_whole_batches_while_another_writes(path: Path) -> None:
    """Every batch of ten is written with one title, so a reader must never see two."""
    faults: list[object] = []
    done = threading.Event()
    writer = Archive.open(path)
    writer.put([article(f"{number}", title="0") for number in range(10)])
    reader = Archive.open(path, read_only=True)

    def read() -> None:
        while not done.is_set():
            titles = {each.title for each in reader.page()}
            if len(titles) != 1 or reader.article("3").id != "3":
                faults.append(titles)

    def watched() -> None:
        try:
            read()
        except Exception as error:  # noqa: BLE001 - whatever a thread meets fails the test
            faults.append(error)

    threads = [threading.Thread(target=watched) for _ in range(6)]
    for thread in threads:
        thread.start()
    for turn in range(1, 40):
        writer.put([article(f"{number}", title=f"{turn}") for number in range(10)])
    done.set()
    for thread in threads:
        thread.join()

    assert faults == []
    assert {each.title for each in reader.page()} == {"39"}
    reader.close()
    writer.close()


def test_a_reader_left_half_way_does_not_hold_up_the_writer(archive: Archive, path: Path) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "ab")
    embed(archive, "ab")
    with closing(Archive.open(path, read_only=True)) as reader:
        texts = reader.texts(reader.passage_table().passage)
        next(texts)

        archive.put([replace(MAYOR, title="Harbour opens")])

        assert next(texts)[1] == MAYOR.title
        assert reader.article("m/1").title == "Harbour opens"
        texts.close()  # type: ignore[attr-defined]  # a generator, promised only as an iterator


def test_a_second_writer_is_told_who_is_busy(archive: Archive, path: Path) -> None:
    with closing(Archive.open(path)) as second, archive.database.write():
        with second.database.plain() as connection:
            connection.execute("pragma busy_timeout=10").fetchall()

        with pytest.raises(WriterBusyError, match="another process"):
            second.put([MAYOR])

    assert archive.count() == 0


def test_nothing_indexed_yet_names_the_command_that_indexes(path: Path) -> None:
    with pytest.raises(NoIndexError, match=r"onrecord index add --data .* PATH"):
        Archive.open(path, read_only=True)
    assert not path.parent.exists()

    path.parent.mkdir()
    path.touch()
    with pytest.raises(NoIndexError, match=r"onrecord index add --data .* PATH"):
        Archive.open(path, read_only=True)


def test_a_reader_cannot_write(archive: Archive, path: Path) -> None:
    with (
        closing(Archive.open(path, read_only=True)) as reader,
        pytest.raises(StorageError, match="write"),
    ):
        reader.put([MAYOR])


def test_a_path_with_odd_characters_is_opened_as_it_is_spelled(tmp_path: Path) -> None:
    path = tmp_path / "50% off? #1 é&mode=memory" / "archive.sqlite"

    with closing(Archive.open(path)) as opened:
        opened.put([MAYOR])

    assert path.is_file()


@pytest.mark.parametrize("writing", [False, True], ids=["settled", "while open for writing"])
def test_a_folder_that_may_only_be_read_can_be_read(open_folder: Path, writing: bool) -> None:
    path = open_folder / "archive.sqlite"
    writer = Archive.open(path)
    writer.put([MAYOR])
    if not writing:
        writer.close()
    open_folder.chmod(0o755)

    with read_only_folder(open_folder), closing(Archive.open(path, read_only=True)) as reader:
        assert reader.article("m/1") == MAYOR

    assert (open_folder / "archive.sqlite-wal").exists() == writing
    writer.close()


def test_a_reader_of_a_read_only_folder_sees_what_its_owner_adds(open_folder: Path) -> None:
    path = open_folder / "archive.sqlite"
    Archive.open(path).close()
    open_folder.chmod(0o755)
    with read_only_folder(open_folder):
        reader = Archive.open(path, read_only=True)
        assert reader.count() == 0

    with closing(Archive.open(path)) as writer:
        writer.put([MAYOR])
        with read_only_folder(open_folder):
            assert reader.article("m/1") == MAYOR
    with read_only_folder(open_folder):
        assert reader.article("m/1") == MAYOR
    reader.close()


def test_a_folder_that_may_not_be_written_is_a_storage_error(open_folder: Path) -> None:
    open_folder.chmod(0o755)

    with read_only_folder(open_folder):
        with pytest.raises(StorageError, match="write"):
            Archive.open(open_folder / "archive.sqlite")
        with pytest.raises(StorageError, match="another data folder"):
            Archive.open(open_folder / "sub" / "archive.sqlite")


def test_a_full_disk_undoes_the_step_and_says_so(archive: Archive) -> None:
    archive.put([MAYOR])
    with archive.database.plain() as connection:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count={pages + 2}").fetchall()

    with pytest.raises(StorageError, match="free some space"):
        archive.put([article("big", "word " * 20_000)])

    assert archive.page() == [MAYOR]
    assert archive.put([article("small")]) == [Change.ADDED]


@pytest.mark.parametrize("content", [b"not a database at all" * 400, b"\x00" * 8192])
def test_a_file_that_is_no_database_is_an_archive_error(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    for read_only in (False, True):
        with pytest.raises(ArchiveError, match="add the articles again"):
            Archive.open(path, read_only=read_only)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table theirs (x)")
    before = path.read_bytes()

    with pytest.raises(ArchiveError, match="another program"):
        Archive.open(path)

    assert path.read_bytes() == before


def test_a_damaged_page_is_an_archive_error_not_a_wrong_text(path: Path) -> None:
    with closing(Archive.open(path)) as archive:
        archive.put([article(f"{number:03}", f"Text {number}. " * 50) for number in range(200)])
    content = bytearray(path.read_bytes())
    content[4096 * 40 : -4096] = b"\xa5" * (len(content) - 4096 * 41)
    path.write_bytes(content)

    with closing(Archive.open(path, read_only=True)) as archive:
        for _ in range(2):
            with pytest.raises(ArchiveError, match="backup"):
                archive.page(limit=200)


def test_commits_are_durable_and_references_enforced(archive: Archive) -> None:
    with archive.database.plain() as connection:
        settings = [
            connection.execute(f"pragma {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert settings == ["wal", 2, 1, 5000]


def test_a_closed_archive_leaves_one_file(path: Path) -> None:
    archive = Archive.open(path)
    archive.put([MAYOR])

    archive.close()

    assert [each.name for each in path.parent.iterdir()] == ["archive.sqlite"]


def test_threads_write_one_after_another_however_long_each_takes(tmp_path: Path) -> None:
    """A slow disk once told the last of ten writers that another process held the file."""
    database = Database(tmp_path / "some.sqlite", read_only=False, busy_seconds=0.01)
    with database.write() as connection:
        connection.execute("create table numbers (number integer)")
    together = threading.Barrier(8)

    def write(number: int) -> None:
        together.wait()
        with database.write() as connection:
            connection.execute("insert into numbers values (?)", (number,))
            threading.Event().wait(0.05)  # the disk

    with closing(database), ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
        with database.read() as connection:
            written = connection.execute("select number from numbers").fetchall()

    assert {number for (number,) in written} == set(range(8))


def test_another_process_is_waited_for_as_long_as_was_said(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite"
    with (
        closing(Database(path, read_only=False)) as ours,
        closing(Database(path, read_only=False, busy_seconds=0.25)) as others,
        ours.write(),
        pytest.raises(WriterBusyError, match=r"another process for 0\.25 seconds"),
        others.write(),
    ):
        pass
    with closing(Database(path, read_only=False, busy_seconds=0.25)) as others, others.write():
        assert path.exists()
