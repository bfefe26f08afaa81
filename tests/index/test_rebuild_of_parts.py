"""Rebuilding vectors, statements or groups alone: they are made again, all else is kept."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.build import Builder
from index.errors import IndexMismatchError
from index.preview import RebuildPreview
from index.progress import FINISHED_AT_ONCE, IndexPart, Until
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.archive.database import Connection
from index.stores.generation.folders import current_name
from tests.index.test_build import SETTINGS, builder, current
from tests.index.test_words_first import said
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent

COUNT = FINISHED_AT_ONCE + 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    builder(tmp_path).add([said(number) for number in range(COUNT)], progress=silent)
    return tmp_path


class Remade:
    """What one rebuild has encoded and read."""

    def __init__(self, folder: Path) -> None:
        self.embedder, self.attributor = FakeEmbedder(), FakeAttributor()
        self.builder = Builder(
            folder, settings=SETTINGS, embedder=self.embedder, attributor=self.attributor
        )

    @property
    def counts(self) -> tuple[int, int]:
        return len(self.embedder.embedded), len(self.attributor.attributed)


@contextmanager
def connected(folder: Path) -> Iterator[Connection]:
    with (
        closing(Archive.open(folder / "archive.sqlite")) as archive,
        archive.database.write() as connection,
    ):
        yield connection


def sketched(folder: Path) -> list[tuple[int, bytes]]:
    with connected(folder) as connection:
        rows = connection.execute("select revision, shingles from sketches order by 1")
        return [tuple(row) for row in rows.fetchall()]


@pytest.mark.parametrize(
    ("only", "counts"),
    [
        ([], (0, 0)),
        ([IndexPart.VECTORS], (COUNT, 0)),
        ([IndexPart.STATEMENTS], (0, COUNT)),
        ([IndexPart.GROUPS], (0, 0)),
        (list(IndexPart), (COUNT, COUNT)),
    ],
    ids=lambda value: "-".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_only_what_is_named_is_made_again(
    folder: Path, only: list[IndexPart], counts: tuple[int, int]
) -> None:
    before, remade = current_name(folder), Remade(folder)

    report = remade.builder.rebuild(only, progress=silent)

    assert remade.counts == counts
    assert (report.articles, report.statements, report.embedded) == (COUNT, COUNT, counts[0])
    assert not report.pending
    assert current_name(folder) == report.generation != before


def test_vectors_that_are_made_again_replace_those_from_before(folder: Path) -> None:
    question = FakeEmbedder().embed_questions(["hall number3"])[0]
    before = current(folder).vectors.search(question, 5)
    with connected(folder) as connection:
        size = connection.value("select length(vector) from embeddings limit 1")
        connection.execute("update embeddings set vector = ?", (bytes(size),))

    Remade(folder).builder.rebuild([IndexPart.VECTORS], progress=silent)

    after = current(folder).vectors.search(question, 5)
    assert [each.tolist() for each in after] == [each.tolist() for each in before]


def test_groups_that_are_made_again_replace_those_from_before(folder: Path) -> None:
    before = sketched(folder)
    with connected(folder) as connection:
        connection.execute("update sketches set shingles = ?", (bytes(8),))

    Remade(folder).builder.rebuild([IndexPart.GROUPS], progress=silent)

    assert sketched(folder) == before


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(folder: Path) -> None:
    before, stops = current_name(folder), iter([False, True])
    first, second, third = (Remade(folder) for _ in range(3))
    first.builder.rebuild([IndexPart.VECTORS], progress=silent, stop=lambda: next(stops))
    assert current_name(folder) == before

    second.builder.rebuild([IndexPart.VECTORS, IndexPart.STATEMENTS], progress=silent)
    third.builder.rebuild([IndexPart.VECTORS], progress=silent)

    assert first.counts == (FINISHED_AT_ONCE, 0)
    assert second.counts == (COUNT - FINISHED_AT_ONCE, COUNT)
    assert third.counts == (COUNT, 0)


def test_progress_counts_towards_all_vectors_that_are_to_be_made(folder: Path) -> None:
    steps: list[tuple[str, int, int | None]] = []

    Remade(folder).builder.rebuild([IndexPart.VECTORS], progress=lambda *step: steps.append(step))

    embedding = [step[1:] for step in steps if step[0] == "embedding"]
    assert embedding == [(FINISHED_AT_ONCE, COUNT), (COUNT, COUNT)]


def test_parts_are_not_rebuilt_with_other_settings_than_the_rest(folder: Path) -> None:
    other = Builder(
        folder,
        settings=IndexSettings(passage_tokens=50),
        embedder=FakeEmbedder(),
        attributor=FakeAttributor(),
    )

    with pytest.raises(IndexMismatchError, match="run `onrecord index rebuild`"):
        other.rebuild([IndexPart.GROUPS], progress=silent)
    with pytest.raises(IndexMismatchError, match="run `onrecord index rebuild`"):
        other.preview_rebuild([IndexPart.GROUPS])


def test_a_preview_says_how_much_would_be_made_and_writes_nothing(folder: Path) -> None:
    builder(folder).add([said(COUNT)], progress=silent, until=Until.WORDS)
    before = (folder / "archive.sqlite").read_bytes(), current_name(folder)

    nothing = builder(folder).preview_rebuild()
    vectors = builder(folder).preview_rebuild([IndexPart.VECTORS])
    others = builder(folder).preview_rebuild([IndexPart.STATEMENTS, IndexPart.GROUPS])

    total = COUNT + 1
    assert nothing == RebuildPreview(total, split=0, grouped=0, attributed=1, embedded=1)
    assert vectors == RebuildPreview(total, split=0, grouped=0, attributed=1, embedded=total)
    assert others == RebuildPreview(total, split=0, grouped=total, attributed=total, embedded=1)
    assert ((folder / "archive.sqlite").read_bytes(), current_name(folder)) == before


def test_a_preview_counts_what_other_rules_would_split_again(folder: Path) -> None:
    other = Builder(
        folder,
        settings=IndexSettings(passage_tokens=50),
        embedder=FakeEmbedder(),
        attributor=FakeAttributor("newer"),
    )

    assert other.preview_rebuild() == RebuildPreview(COUNT, COUNT, 0, COUNT, 0)
