"""What a look at a folder finds: whole files, and those that are gone."""

import os
from pathlib import Path

import pytest

from api.commands.operations.watched_folder import Look, WatchedFolder

TEXT = "The pier was rebuilt after the great storm."


@pytest.fixture
def folder(tmp_path: Path) -> WatchedFolder:
    (tmp_path / "incoming").mkdir()
    return WatchedFolder(tmp_path / "incoming")


def put(folder: WatchedFolder, name: str, text: str = TEXT) -> Path:
    path = folder.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def names(look: Look) -> list[str]:
    return sorted(path.name for path in look.whole)


def taken(folder: WatchedFolder, *names: str) -> None:
    for name in names:
        put(folder, name)
    folder.look()
    folder.take(folder.look())


def test_a_file_is_whole_when_two_looks_find_it_the_same(folder: WatchedFolder) -> None:
    put(folder, "pier.txt")
    first = names(folder.look())
    put(folder, "pier.txt", TEXT * 2)
    growing = names(folder.look())

    assert (first, growing, names(folder.look())) == ([], [], ["pier.txt"])


def test_a_file_without_content_is_only_begun(folder: WatchedFolder) -> None:
    put(folder, "pier.txt", "")
    folder.look()

    assert names(folder.look()) == []


def test_a_file_is_found_until_it_is_taken_and_again_when_it_changed(
    folder: WatchedFolder,
) -> None:
    put(folder, "pier.txt")
    folder.look()
    looks = [folder.look(), folder.look()]
    folder.take(looks[1])
    after = names(folder.look())
    put(folder, "pier.txt", "Another text of the same file.")
    folder.look()

    assert [names(each) for each in looks] == [["pier.txt"], ["pier.txt"]]
    assert (after, names(folder.look())) == ([], ["pier.txt"])


def test_a_file_that_changes_between_look_and_take_is_found_again(folder: WatchedFolder) -> None:
    put(folder, "pier.txt")
    folder.look()
    look = folder.look()
    put(folder, "pier.txt", "Written while it was read.")
    folder.take(look)
    folder.look()

    assert names(folder.look()) == ["pier.txt"]


def test_folders_below_are_looked_at_and_hidden_files_and_other_formats_are_not(
    folder: WatchedFolder,
) -> None:
    for name in ("monday/pier.html", "pier.jsonl.gz", ".pier.txt", "pier.pdf", "pier.txt.part"):
        put(folder, name)
    folder.look()

    assert names(folder.look()) == ["pier.html", "pier.jsonl.gz"]


def test_a_file_is_gone_after_two_looks_without_it(folder: WatchedFolder) -> None:
    taken(folder, "pier.txt", "quay.txt")
    (folder.path / "pier.txt").unlink()

    first, second = folder.look().gone, folder.look()
    folder.take(second)

    assert not first
    assert second.gone == {folder.path / "pier.txt"}
    assert folder.look().gone == frozenset()


def test_a_file_that_is_replaced_is_not_gone(folder: WatchedFolder) -> None:
    taken(folder, "pier.txt")
    (folder.path / "pier.txt").unlink()
    folder.look()
    put(folder, "pier.txt", "Its successor under the same name.")

    looks = [folder.look(), folder.look()]

    assert [each.gone for each in looks] == [frozenset(), frozenset()]
    assert names(looks[1]) == ["pier.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_nothing_is_gone_below_a_folder_that_cannot_be_read(folder: WatchedFolder) -> None:
    taken(folder, "monday/pier.txt")
    (folder.path / "monday").chmod(0)
    try:
        looks = [folder.look(), folder.look()]
    finally:
        (folder.path / "monday").chmod(0o700)

    assert [each.gone for each in looks] == [frozenset(), frozenset()]


def test_nothing_is_gone_while_the_folder_itself_is_away(folder: WatchedFolder) -> None:
    taken(folder, "pier.txt")
    aside = folder.path.rename(folder.path.with_name("aside"))
    missing = [folder.is_away, folder.look(), folder.look()]
    folder.path.mkdir()
    other = [folder.is_away, folder.look(), folder.look()]
    folder.path.rmdir()
    aside.rename(folder.path)

    assert [missing[0], other[0], folder.is_away] == [True, True, False]
    assert all(isinstance(each, Look) and not each.gone for each in (*missing[1:], *other[1:]))
    assert folder.look().gone == frozenset()


def test_a_link_that_leads_out_is_told_once_and_not_followed(folder: WatchedFolder) -> None:
    outside = folder.path.parent / "secret.txt"
    outside.write_text(TEXT)
    (folder.path / "link.txt").symlink_to(outside)

    looks = [folder.look() for _ in range(3)]

    assert [len(each.rejects) for each in looks] == [1, 0, 0]
    assert [names(each) for each in looks] == [[], [], []]
