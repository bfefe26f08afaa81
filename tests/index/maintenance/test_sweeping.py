"""What killed processes leave is cleared away at a start, and nothing else."""

import os
import time
from pathlib import Path

import pytest

from index.maintenance.sweeping import sweep, sweep_at_start
from index.stores.write_lock import writing
from tests.support.generations import names, reader, three_articles, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A current generation, one begun, and one that was made current only half."""
    written(tmp_path, three_articles())
    (tmp_path / "staging" / "00000002-0123abcd").mkdir(parents=True)
    (tmp_path / "staging" / "00000002-0123abcd" / "columns.bin").write_bytes(b"half")
    (tmp_path / "CURRENT.new").write_text("0000")
    (tmp_path / "notes.txt").write_text("the user's own")
    return tmp_path


def temporary(folder: Path, name: str, *, age: float, inside: str = "") -> Path:
    made = folder / name
    made.mkdir()
    (made / "meta.json").symlink_to(folder)
    if inside:
        (made / inside).write_text("")
    os.utime(made, (time.time() - age,) * 2)
    return made


def test_what_is_half_written_goes_and_the_rest_stays(folder: Path) -> None:
    before = names(folder)

    sweep(folder, generations_kept=2)

    assert not (folder / "staging").exists()
    assert not (folder / "CURRENT.new").exists()
    assert (folder / "notes.txt").exists()
    assert names(folder) == before
    assert reader(folder).current()


def test_only_the_newest_generations_are_kept(tmp_path: Path) -> None:
    archive = three_articles()
    for number in range(4):
        archive.put(bridge=f"The tunnel {number} is open.")
        written(tmp_path, archive)
    kept = names(tmp_path)

    sweep(tmp_path, generations_kept=2)

    assert len(kept) == 3
    assert names(tmp_path) == kept[1:]


def test_only_old_temporary_folders_of_links_go(tmp_path: Path) -> None:
    ours = temporary(tmp_path, "onrecord-abandon", age=7200, inside=".tantivy-meta.lock")
    recent = temporary(tmp_path, "onrecord-reading", age=1)
    foreign = temporary(tmp_path, "onrecord-notes", age=7200, inside="diary.txt")

    sweep(tmp_path / "data", generations_kept=2, temporary=tmp_path)

    assert [each.exists() for each in (ours, recent, foreign)] == [False, True, True]


def test_nothing_is_swept_while_another_writes(folder: Path) -> None:
    with writing(folder, "add"):
        sweep_at_start(folder, generations_kept=2)

    assert (folder / "staging").exists()
    sweep_at_start(folder, generations_kept=2)
    assert not (folder / "staging").exists()


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    sweep_at_start(tmp_path / "nothing", generations_kept=2)

    assert not (tmp_path / "nothing").exists()
