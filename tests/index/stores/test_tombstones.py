"""An article that is taken down is hidden from readers at once, before its removal."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import StorageError, UnknownArticleError
from index.stores.archive.archive import Archive
from index.stores.tombstones import Tombstones
from tests.support.archives import article

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Archive]:
    """Of three articles."""
    path = tmp_path / "archive.sqlite"
    with closing(Archive.open(path)) as writer:
        writer.put([article(each) for each in ("one", "two/ñ 🚢", "three")])
    with closing(Archive.open(path, read_only=True)) as opened:
        yield opened


def test_no_reader_finds_a_hidden_article_in_any_way(reader: Archive, tmp_path: Path) -> None:
    revision = reader.article("two/ñ 🚢").revision

    Tombstones(tmp_path).put("two/ñ 🚢")

    for read in (reader.article, reader.revisions, lambda name: reader.boilerplate(name, revision)):
        with pytest.raises(UnknownArticleError, match="no article 'two/ñ 🚢' is in the archive"):
            read("two/ñ 🚢")
    assert reader.live({"one", "two/ñ 🚢", "four"}) == {"one"}
    assert reader.revisions_at(["one", "two/ñ 🚢"], NOW).keys() == {"one"}
    assert [each.id for each in reader.page(limit=2)] == ["one", "three"]


def test_its_writer_still_finds_it(reader: Archive, tmp_path: Path) -> None:
    Tombstones(tmp_path).put("one")

    with closing(Archive.open(tmp_path / "archive.sqlite")) as writer:
        assert writer.live(["one"]) == {"one"}
        assert len(writer.page()) == 3


def test_a_tombstone_that_is_lifted_hides_nothing(reader: Archive, tmp_path: Path) -> None:
    tombstones = Tombstones(tmp_path)
    tombstones.put("one")
    tombstones.put("three")
    assert tombstones.ids() == ["one", "three"]

    tombstones.lift("one")
    tombstones.lift("never hidden")

    assert reader.article("one").id == "one"
    assert (tombstones.ids(), "one" in tombstones, "three" in tombstones) == (
        ["three"],
        False,
        True,
    )


def test_one_cut_short_while_it_was_written_hides_nothing(tmp_path: Path) -> None:
    tombstones = Tombstones(tmp_path)
    tombstones.put("one")
    [path] = (tmp_path / "tombstones").iterdir()
    path.rename(path.with_name(f"{path.name}.new"))

    assert (tombstones.ids(), "one" in tombstones) == ([], False)


@pytest.mark.parametrize("different", [20, 1], ids=["of their own", "the same"])
def test_several_hide_articles_at_once(tmp_path: Path, different: int) -> None:
    ids = [f"a{number % different:02}" for number in range(20)]
    with ThreadPoolExecutor(20) as several:
        list(several.map(Tombstones(tmp_path).put, ids))

    assert Tombstones(tmp_path).ids() == sorted(set(ids))


def test_what_cannot_be_hidden_says_why(tmp_path: Path) -> None:
    (tmp_path / "tombstones").write_text("in the way")

    with pytest.raises(StorageError, match="article 'one' cannot be hidden"):
        Tombstones(tmp_path).put("one")
