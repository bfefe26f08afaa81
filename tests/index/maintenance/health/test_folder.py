"""Every fault of a data folder is found and comes with what mends it; nothing is written."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from index.build import Builder
from index.documents import Article
from index.maintenance.health.findings import Finding, Grade
from index.maintenance.health.folder import examine_folder
from index.progress import Until
from index.settings import IndexSettings
from index.stores.archive.database import row_checksum
from index.stores.generation.folders import current_name
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent
from tests.support.generations import every_file, files_of, flip

SETTINGS = IndexSettings(embedder="fake")
NOW = datetime(2026, 11, 30, tzinfo=UTC)
LONG = "The council met for hours and spoke of the pier, of the tolls and of the lamps. " * 4


def story(name: str, day: datetime | None = datetime(2025, 3, 4, tzinfo=UTC)) -> Article:
    text = f'Ann {name.title()} said: "The {name} opens on Monday." {LONG}'
    return Article(name, f"The {name}", text, outlet="Post", published_at=day)


def builder(folder: Path) -> Builder:
    return Builder(
        folder, settings=SETTINGS, embedder=FakeEmbedder("fake"), attributor=FakeAttributor()
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    builder(folder).add([story("harbour"), story("bridge"), story("pier")], progress=silent)
    builder(folder).add([story("tower")], progress=silent)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def examined(folder: Path) -> list[Finding]:
    return list(examine_folder(folder, SETTINGS, FakeEmbedder("fake").identity, NOW))


def faults(folder: Path) -> dict[str, Finding]:
    return {each.check: each for each in examined(folder) if each.grade is not Grade.OK}


def alter(folder: Path, statement: str, *values: object) -> None:
    """As a program from outside would, which knows nothing of checksums."""
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        connection.create_function("row_checksum", -1, row_checksum)
        assert connection.execute(statement, values).rowcount > 0
        connection.commit()


def test_a_whole_folder_has_no_fault_and_nothing_is_written(folder: Path) -> None:
    before = files_of(folder)

    found = examined(folder)

    assert [each for each in found if each.grade is not Grade.OK] == []
    assert all(each.found.endswith(".") for each in found)
    checks = {each.check for each in found}
    assert {"texts", "passages", "statements", "orphans", "names", "vectors", "recall"} <= checks
    after = files_of(folder)
    assert {name: content for name, content in after.items() if name in before} == before
    assert set(after) - set(before) <= {"archive.sqlite-wal", "archive.sqlite-shm"}


def test_a_folder_without_anything_says_what_to_do(tmp_path: Path) -> None:
    found = faults(tmp_path / "nothing")

    assert found["archive"].mend == "onrecord index add PATH"
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("content", [None, b""], ids=["gone", "no bytes"])
def test_an_index_whose_archive_is_lost_is_a_fault_that_a_backup_mends(
    folder: Path, content: bytes | None
) -> None:
    (folder / "archive.sqlite").unlink()
    if content is not None:
        (folder / "archive.sqlite").write_bytes(content)

    found = faults(folder)["archive"]

    assert (found.grade, found.mend) == (Grade.FAIL, "onrecord restore BACKUP --replace")
    assert "is lost" in found.found


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("update revisions set text = text || '!' where number = 1", "texts"),
        ("update revisions set title = 'Other' where number = 1", "texts"),
        ("update revisions set furniture = '[[0, 9, \"notice\"]]' where number = 1", "texts"),
        ("update articles set removed_at = '2025' where id = 'pier'", "texts"),
        ("update passages set stop = stop - 1 where id = 1", "passages"),
        ("update statements set payload = replace(payload, 'Ann', 'Eve') where id = 1",
         "statements"),
        ("delete from revisions where number = 1", "orphans"),
        ("delete from checksums where revision = 1", "texts"),
        ("delete from embeddings where id = 1", "orphans"),
        ("update bands set value = value + 1 where value = (select max(value) from bands)",
         "near duplicates"),
        ("delete from quoted_in where name = 1", "names"),
    ],
)  # fmt: skip
def test_what_is_altered_in_the_archive_is_found(folder: Path, statement: str, check: str) -> None:
    alter(folder, statement)

    found = faults(folder)

    assert found[check].grade is Grade.FAIL
    assert found[check].mend.startswith("onrecord ")


def test_any_bit_of_a_vector_in_the_archive_counts(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        vector = connection.execute("select vector from embeddings where id = 1").fetchone()[0]
    bits = np.frombuffer(vector, "<u2").copy()
    bits[np.flatnonzero(bits)[0]] ^= 1

    alter(folder, "update embeddings set vector = ? where id = 1", bits.tobytes())

    assert faults(folder)["vectors"].grade is Grade.FAIL


@pytest.mark.parametrize(
    "wanted",
    [b"The harbour opens", b"create table revisions", b'"kind":', b"Ann Bridge", b"CREATE INDEX"],
)
def test_a_flip_in_the_file_of_the_archive_is_found(folder: Path, wanted: bytes) -> None:
    path = folder / "archive.sqlite"
    at = path.read_bytes().lower().find(wanted.lower())
    assert at > 0

    flip(path, 8 * at + 1)

    assert any(each.grade is Grade.FAIL for each in examined(folder))


def test_an_archive_that_is_no_database_is_one_finding(folder: Path) -> None:
    (folder / "archive.sqlite").write_bytes(b"no database" * 1000)

    found = faults(folder)

    assert found["archive"].grade is Grade.FAIL
    assert "onrecord restore" in found["archive"].mend


@pytest.mark.parametrize(
    ("name", "advice", "mend"),
    [
        ("jobs.sqlite", "have to be sent again", ".damaged"),
        ("keys.sqlite", "before you serve", ".damaged && onrecord keys create --scope admin"),
    ],
)
def test_each_file_beside_the_archive_has_advice_of_its_own(
    folder: Path, name: str, advice: str, mend: str
) -> None:
    (folder / name).write_bytes(b"no database" * 1000)

    found = faults(folder)[name]

    assert found.grade is Grade.FAIL
    assert advice in found.found
    assert "backup" not in found.found
    assert found.mend.startswith(f"mv {folder / name} ")
    assert found.mend.endswith(mend)


def test_a_flip_in_any_file_of_the_index_is_found(folder: Path) -> None:
    name = current_name(folder)
    generation = folder / "generations" / name

    for each in every_file(generation):
        before = (generation / each).read_bytes()
        flip(generation / each, 8 * (len(before) // 2))

        found = faults(folder)

        assert found[f"generation {name}"].grade is Grade.FAIL
        assert found[f"generation {name}"].mend == "onrecord index rebuild"
        assert Path(each).name in found[f"generation {name}"].found
        (generation / each).write_bytes(before)
    assert faults(folder) == {}


def test_an_older_generation_that_is_damaged_is_a_warning(folder: Path) -> None:
    older = min(path for path in (folder / "generations").iterdir())
    flip(older / "columns.bin", 900)

    assert faults(folder)[f"generation {older.name}"].grade is Grade.WARN


@pytest.mark.parametrize("content", ["garbage", "00000099-0123abcd"])
def test_a_current_that_names_nothing_is_found(folder: Path, content: str) -> None:
    (folder / "CURRENT").write_text(content)

    found = faults(folder)

    assert any(each.grade is Grade.FAIL and "rebuild" in each.mend for each in found.values())


def test_a_file_that_does_not_belong_to_a_generation_is_named(folder: Path) -> None:
    name = current_name(folder)
    (folder / "generations" / name / "terms" / "stray.txt").write_text("?")

    assert "terms/stray.txt" in faults(folder)[f"generation {name}"].found


def _remove_only_from_the_archive(folder: Path) -> None:
    statement = (
        "update articles set removed_at = '2025', checksum = row_checksum(id, current, '2025')"
        " where id = 'pier'"
    )
    alter(folder, statement)
    alter(folder, "delete from passages where revision = 3")
    alter(folder, "delete from sketches where revision = 3")
    alter(folder, "delete from bands where revision = 3")


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda folder: builder(folder).add([story("lamp")], progress=silent, until=Until.NONE),
         "pending work"),
        (lambda folder: builder(folder).add([story("lamp")], progress=silent, until=Until.WORDS),
         "pending work"),
        (_remove_only_from_the_archive, "removed articles"),
        (lambda folder: (folder / "staging").mkdir(), "leftovers"),
        (lambda folder: (folder / "archive.sqlite.damaged").write_bytes(b""), "copies"),
    ],
    ids=["stored only", "words only", "removed", "staging", "a copy"],
)  # fmt: skip
def test_what_is_left_to_do_is_a_warning(
    folder: Path, change: Callable[[Path], object], check: str
) -> None:
    change(folder)

    found = faults(folder)

    assert found[check].grade is Grade.WARN
    assert found[check].mend


@pytest.mark.parametrize("until", [Until.NONE, Until.WORDS])
def test_a_revision_that_is_not_indexed_yet_is_no_damage(folder: Path, until: Until) -> None:
    later = replace(story("pier"), text=f"The pier closes on Friday. {LONG}")
    builder(folder).add([later], progress=silent, until=until)

    found = examined(folder)

    assert [each for each in found if each.grade is Grade.FAIL] == []
    assert "pending work" in faults(folder)


def test_dates_that_cannot_be_are_named(folder: Path) -> None:
    ahead, old = (
        story("ahead", datetime(2031, 1, 2, tzinfo=UTC)),
        story("old", datetime(1024, 5, 6, tzinfo=UTC)),
    )
    builder(folder).add([ahead, old], progress=silent)

    found = faults(folder)["dates"]

    assert found.grade is Grade.WARN
    assert "ahead (2031-01-02)" in found.found
    assert "old (1024-05-06)" in found.found


def test_short_undated_articles_are_warned_of_when_there_are_many(folder: Path) -> None:
    shorts = [Article(f"s{n}", "Short", f"The lamp {n} is lit again.") for n in range(6)]
    builder(folder).add(shorts, progress=silent)

    found = faults(folder)

    assert found["near-empty articles"].found.startswith("6 of 10 articles have")
    assert found["undated articles"].found.startswith("6 of 10 articles")


def test_an_index_of_another_archive_is_found(folder: Path, tmp_path: Path) -> None:
    builder(tmp_path / "other").add([story("harbour")], progress=silent)
    shutil.copy(tmp_path / "other" / "archive.sqlite", folder / "archive.sqlite")

    assert faults(folder)["origin of the index"].grade is Grade.FAIL


def test_another_embedder_does_not_fit(folder: Path) -> None:
    found = examine_folder(folder, SETTINGS, FakeEmbedder("fake", "f1").identity, NOW)

    [fault] = [each for each in found if each.grade is Grade.FAIL]
    assert "ONRECORD_EMBEDDER" in fault.found


def _sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table bodies (job integer primary key, body blob)")
        connection.executemany("insert into bodies (body) values (?)", [(b"x" * 3000,)] * 9)
        connection.commit()


@pytest.mark.parametrize("name", ["jobs.sqlite", "keys.sqlite"])
def test_the_files_of_jobs_and_keys_are_examined(folder: Path, name: str) -> None:
    path = folder / name
    _sqlite(path)
    path.chmod(0o600)
    assert name in {each.check for each in examined(folder)}
    assert not {each for each in faults(folder) if name in each}

    content = bytearray(path.read_bytes())
    content[4096] ^= 0xFF  # where the second page says what it is
    path.write_bytes(content)

    assert faults(folder)[name].grade is Grade.FAIL
    assert faults(folder)[name].mend.startswith("mv ")


@pytest.mark.parametrize("name", ["jobs.sqlite", "keys.sqlite"])
def test_files_that_others_may_read_are_a_warning(folder: Path, name: str) -> None:
    _sqlite(folder / name)
    (folder / name).chmod(0o640)

    found = faults(folder)[f"{name}, who may read it"]

    assert (found.grade, found.found) == (Grade.WARN, f"Others than its owner may read {name}.")
    assert found.mend == f"chmod 600 {folder / name}"
