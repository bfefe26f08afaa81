from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import (
    NoIndexError,
)
from index.language.terms import analyze
from tests.support.fakes_stores import FakeArchive
from tests.support.generations import (
    EMBEDDER,
    answers,
    files_of,
    names,
    nearest,
    reader,
    said,
    three_articles,
    written,
)


@pytest.fixture
def archive() -> FakeArchive:
    return three_articles()


def test_what_is_published_is_found(tmp_path: Path, archive: FakeArchive) -> None:
    archive.published = 1_700_000_000

    manifest = written(tmp_path, archive)

    current = reader(tmp_path).current()
    assert current.manifest == manifest
    assert (manifest.articles, manifest.passages) == (3, 3)
    assert manifest.newest_article == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert (manifest.settings["embedder"], manifest.embedder) == ("fake", EMBEDDER)
    assert (manifest.vectors.type, manifest.vectors.recall) == ("SQfp16", 1.0)
    assert answers(current, "bridge closed") == {"bridge"}
    assert nearest(current, "The mayor opened a school.") == "mayor"


def test_every_file_is_in_the_manifest_also_after_reading(
    tmp_path: Path, archive: FakeArchive
) -> None:
    manifest = written(tmp_path, archive)
    answers(reader(tmp_path).current(), "bridge")

    folder = tmp_path / "generations" / manifest.name

    assert set(manifest.files) | {"manifest.json"} == set(files_of(folder))
    assert {"columns.bin", "vectors/00000001.faiss"} < set(manifest.files)
    parts = {f"{each}/meta.json" for each in ("terms", "statements", "speakers")}
    assert parts < set(manifest.files)


def test_a_reader_moves_to_the_newer_one_and_an_old_one_in_hand_still_answers(
    tmp_path: Path, archive: FakeArchive
) -> None:
    written(tmp_path, archive)
    generations = reader(tmp_path)
    first = generations.current()
    assert generations.current() is first

    for _ in range(3):
        archive.put(bridge="The tunnel is open.")
        written(tmp_path, archive)

    second = generations.current()
    assert answers(second, "tunnel") == {"bridge"}
    assert answers(second, "school") == {"mayor"}
    assert nearest(second, "The tunnel is open.") == "bridge"
    assert first.name not in names(tmp_path)
    assert answers(first, "bridge closed") == {"bridge"}


def test_an_incremental_generation_finds_what_a_fresh_one_finds(
    tmp_path: Path, archive: FakeArchive
) -> None:
    written(tmp_path / "a", archive)
    archive.remove("rain")
    archive.put(mayor="The mayor left the school on Sunday.", snow="Snow closed the school.")

    written(tmp_path / "a", archive)
    written(tmp_path / "b", archive, fresh=True)

    one, other = reader(tmp_path / "a").current(), reader(tmp_path / "b").current()
    for text in ["school", "Sunday", "harbour bridge closed", "rain", "snow school"]:
        found = [set(each.terms.search(analyze(text), 10)[0].tolist()) for each in (one, other)]
        assert found[0] == found[1]
    assert one.passage_table.article_ids == other.passage_table.article_ids
    assert answers(one, "rain expected") == set()


def test_statements_follow_their_articles(tmp_path: Path, archive: FakeArchive) -> None:
    first = written(tmp_path, archive)
    assert said(reader(tmp_path).current(), "Ana Ruiz") == ["rain"]
    assert first.statements == 1

    archive.put(rain="Dry again.", storm='Bo Lind said: "Run." Ana Ruiz said: "Hide."')
    second = written(tmp_path, archive)

    current = reader(tmp_path).current()
    assert second.statements == current.statements.size == 2
    assert said(current, "Ana Ruiz") == said(current, "Bo Lind") == ["storm"]
    assert [each.name for each in current.statements.speakers("Bo", 5)] == ["Bo Lind"]
    assert current.statements.speaker("ana ruiz")


def test_an_old_reader_keeps_its_own_statements(tmp_path: Path, archive: FakeArchive) -> None:
    written(tmp_path, archive)
    first = reader(tmp_path).current()

    for _ in range(3):
        archive.put(rain='Bo Lind said: "Dry."')
        written(tmp_path, archive)

    assert first.name not in names(tmp_path)
    assert said(first, "Ana Ruiz") == ["rain"]
    assert first.statements.speakers("Ana", 3)


def test_a_parent_is_shared_where_it_can_be_and_never_altered(
    tmp_path: Path, archive: FakeArchive
) -> None:
    first = written(tmp_path, archive)
    parent = tmp_path / "generations" / first.name
    before = files_of(parent)

    archive.put(storm="A storm is near.")
    second = written(tmp_path, archive)

    assert files_of(parent) == before
    first.verify(parent)
    child = tmp_path / "generations" / second.name
    shared = [name for name in second.files if (child / name).stat().st_nlink > 1]
    assert any(name.endswith(".idx") for name in shared)
    assert not [name for name in shared if name.endswith(".json")]


def test_fresh_shares_nothing(tmp_path: Path, archive: FakeArchive) -> None:
    written(tmp_path, archive)

    manifest = written(tmp_path, archive, fresh=True)

    child = tmp_path / "generations" / manifest.name
    assert {(child / name).stat().st_nlink for name in manifest.files} == {1}


def test_another_archives_index_is_not_gone_on_from(tmp_path: Path, archive: FakeArchive) -> None:
    written(tmp_path, archive)
    other = FakeArchive("archive-2")
    other.put(flood="The river flooded.")

    written(tmp_path, other)

    current = reader(tmp_path).current()
    assert answers(current, "bridge school rain") == set()
    assert current.terms.size == 1
    assert answers(current, "river flooded") == {"flood"}


def test_many_removed_passages_make_the_terms_anew(tmp_path: Path, archive: FakeArchive) -> None:
    archive.put(**{f"a{number}": f"Word{number} again." for number in range(20)})
    written(tmp_path, archive)
    for number in range(8):
        archive.remove(f"a{number}")
    half = written(tmp_path, archive)
    assert any(name.endswith(".del") for name in half.files)

    archive.put(storm="A storm is near.")
    manifest = written(tmp_path, archive)

    assert not any(name.endswith(".del") for name in manifest.files)
    assert reader(tmp_path).current().terms.size == 16


def test_an_empty_archive_makes_an_index_that_finds_nothing(tmp_path: Path) -> None:
    manifest = written(tmp_path, FakeArchive())

    current = reader(tmp_path).current()

    assert (manifest.passages, manifest.newest_article) == (0, None)
    assert answers(current, "anything") == set()
    assert current.vectors.size == 0


def test_the_last_article_can_go(tmp_path: Path) -> None:
    archive = FakeArchive()
    archive.put(only="The only article.")
    written(tmp_path, archive)

    archive.remove("only")
    written(tmp_path, archive)

    assert answers(reader(tmp_path).current(), "only article") == set()


def test_the_newest_are_kept_and_no_name_comes_back(tmp_path: Path, archive: FakeArchive) -> None:
    seen = [written(tmp_path, archive).name for _ in range(5)]

    assert names(tmp_path) == seen[2:]
    assert sorted(seen) == seen
    assert len(set(seen)) == 5
    assert (tmp_path / "CURRENT").read_text() == f"{seen[-1]}\n"
    assert not (tmp_path / "staging").exists()


def test_what_a_killed_publish_left_is_cleared(tmp_path: Path, archive: FakeArchive) -> None:
    written(tmp_path, archive)
    left = tmp_path / "staging" / "00000002-0123abcd" / "terms"
    left.mkdir(parents=True)
    orphan = tmp_path / "generations" / "00000007-0123abcd"
    orphan.mkdir()

    manifest = written(tmp_path, archive)

    assert manifest.name.startswith("00000008-")
    assert not orphan.exists()
    assert not left.exists()


def test_nothing_published_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="onrecord index add"):
        reader(tmp_path / "never").current()


def test_an_index_made_later_is_found_by_a_reader_that_found_none(
    tmp_path: Path, archive: FakeArchive
) -> None:
    generations = reader(tmp_path)
    with pytest.raises(NoIndexError):
        generations.current()

    written(tmp_path, archive)

    assert answers(generations.current(), "bridge closed") == {"bridge"}
