import os
from pathlib import Path

import pytest

from index.errors import StorageError, WriterBusyError
from index.stores.write_lock import Writer, writer, writing


def test_who_is_writing_is_known_until_the_end(tmp_path: Path) -> None:
    with writing(tmp_path / "data", "add"):
        during = writer(tmp_path / "data")

    assert during == Writer(os.getpid(), "add")
    assert writer(tmp_path / "data") is None


def test_a_note_that_a_killed_process_left_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "writer.txt").write_text("1 add\n")

    assert writer(tmp_path) is None
    assert writer(tmp_path / "nowhere") is None


def test_a_lock_of_the_same_process_is_called_that(tmp_path: Path) -> None:
    with (
        writing(tmp_path, "add"),
        pytest.raises(WriterBusyError, match="This same process, for another request, is writing"),
        writing(tmp_path, "remove"),
    ):
        pass


def test_a_lock_of_another_process_names_it(tmp_path: Path) -> None:
    with writing(tmp_path, "add"):
        (tmp_path / "writer.txt").write_text("12345 rebuild\n")
        with (
            pytest.raises(WriterBusyError, match="Another process \\(12345, `rebuild`\\)"),
            writing(tmp_path, "add"),
        ):
            pass


def test_a_folder_that_cannot_be_made_is_an_error_of_storage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match="cannot be written"), writing(tmp_path / "file", "add"):
        pass
