"""Vectors cut into segments in any way: what is found is what one list of all would give."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedIndexError
from index.stores.vectors.faiss_index import VectorLimits
from index.stores.vectors.reader import VectorSegments
from index.stores.vectors.segment import SegmentList
from index.stores.vectors.store import Ids, VectorReport, Vectors
from index.stores.vectors.writer import VectorSegmentWriter
from tests.index.stores.vectors.test_faiss_index import best, unit_rows

SEALED = VectorLimits(exact=1000, recall=0.0)


def ids_of(numbers: Sequence[int] | range) -> Ids:
    return np.array(numbers, np.int64)


NONE = ids_of(())


class Store:
    """A folder for each generation; the vector of passage `n` is row `n`."""

    def __init__(self, folder: Path, vectors: Vectors, limits: VectorLimits | None = None) -> None:
        self.folder = folder
        self.vectors = vectors
        self.limits = limits
        self.read: list[int] = []
        """Passages whose vectors were asked for, to be written again."""
        self.generation = 0

    def publish(self, *, add: Ids, remove: Ids = NONE) -> VectorReport:
        parent = self.path if self.generation else None
        self.generation += 1
        self.path.mkdir(parents=True)
        writer = VectorSegmentWriter(
            self.path,
            parent=parent,
            dimensions=self.vectors.shape[1],
            vectors_of=self._read,
            limits=self.limits,
        )
        writer.remove(remove)
        writer.add(add, self.vectors[add])
        return writer.publish()

    @property
    def path(self) -> Path:
        return self.folder / str(self.generation)

    def open(self, table: Ids) -> VectorSegments:
        return VectorSegments.open(self.path, table)

    def _read(self, passages: Ids) -> Vectors:
        self.read += passages.tolist()
        return self.vectors[passages]


def cut_into(folder: Path, vectors: Vectors, cuts: Sequence[int]) -> VectorSegments:
    """One publish for each part between two cuts."""
    store = Store(folder, vectors)
    for part in np.split(np.arange(len(vectors)), sorted(cuts)):
        store.publish(add=part)
    return store.open(np.arange(len(vectors)))


def same(one: tuple[Ids, Vectors], other: tuple[Ids, Vectors]) -> bool:
    """To the last bit."""
    return np.array_equal(one[0], other[0]) and np.array_equal(one[1], other[1])


@given(
    cuts=st.lists(st.integers(0, 60), max_size=9),
    k=st.integers(0, 70),
    alike=st.integers(1, 60),
    bits=st.none() | st.lists(st.booleans(), min_size=60, max_size=60),
    seed=st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_any_segmentation_gives_the_same_exact_search(
    tmp_path_factory: pytest.TempPathFactory,
    cuts: list[int],
    k: int,
    alike: int,
    bits: list[bool] | None,
    seed: int,
) -> None:
    vectors = unit_rows(alike, seed=seed)[np.arange(60) * 7 % alike]  # many ties
    question = unit_rows(1, seed=9)[0]
    mask = None if bits is None else np.array(bits)

    one = cut_into(tmp_path_factory.mktemp("one"), vectors, [])
    many = cut_into(tmp_path_factory.mktemp("many"), vectors, cuts)

    found = one.search(question, k, mask)
    assert same(found, many.search(question, k, mask))
    allowed = np.flatnonzero(mask) if mask is not None else np.arange(60)
    cosines = one.scores(question, np.arange(60))
    assert np.array_equal(cosines, many.scores(question, np.arange(60)))
    order = best(cosines[allowed], len(allowed))
    assert found[1] == pytest.approx(np.sort(cosines[allowed])[::-1][:k], abs=1e-5)
    assert len(found[0]) == min(k, len(order))


@given(
    removed=st.sets(st.integers(0, 39)),
    cuts=st.lists(st.integers(0, 40), max_size=5),
    k=st.integers(1, 45),
)
@settings(max_examples=40, deadline=None)
def test_removed_passages_are_found_no_more_and_the_others_as_if_they_had_never_been(
    tmp_path_factory: pytest.TempPathFactory, removed: set[int], cuts: list[int], k: int
) -> None:
    vectors, question = unit_rows(40), unit_rows(1, seed=3)[0]
    store = Store(tmp_path_factory.mktemp("v"), vectors)
    for part in np.split(np.arange(40), sorted(cuts)):
        store.publish(add=part)
    left = ids_of(sorted(set(range(40)) - removed))

    masked = store.open(left).search(question, k)  # before they are merged away
    store.publish(add=NONE, remove=ids_of(sorted(removed)))
    merged = store.open(left)

    fresh = Store(tmp_path_factory.mktemp("f"), vectors)
    fresh.publish(add=left)
    expected = fresh.open(left).search(question, k)
    assert same(masked, expected)
    assert same(merged.search(question, k), expected)
    assert merged.size == len(left)


def test_what_is_new_costs_no_reading_of_what_is_large(tmp_path: Path) -> None:
    store = Store(tmp_path, unit_rows(2000))
    store.publish(add=ids_of(range(1900)))
    large = (store.path / "00000001.faiss").stat().st_ino

    for number in range(1900, 2000):
        store.publish(add=ids_of([number]))

    assert (store.path / "00000001.faiss").stat().st_ino == large
    assert min(store.read) == 1900
    assert max(map(store.read.count, store.read)) <= 4  # log4(100), rounded up


def test_a_large_segment_is_compressed_and_its_recall_measured(tmp_path: Path) -> None:
    vectors = unit_rows(1500)
    store = Store(tmp_path, vectors, SEALED)
    store.publish(add=ids_of(range(1400)))

    report = store.publish(add=ids_of(range(1400, 1500)))

    assert [each.type for each in SegmentList.read(store.path).segments] == [
        "RaBitQfs,Refine(SQfp16)", "SQfp16",
    ]  # fmt: skip
    assert (report.type, report.segments) == ("RaBitQfs,Refine(SQfp16)", 2)
    assert 0.9 < report.recall <= 1
    rows, _ = store.open(np.arange(1500)).search(vectors[1450], 1)
    assert rows.tolist() == [1450]


def test_removed_rows_of_a_compressed_segment_are_skipped_until_a_quarter_is_gone(
    tmp_path: Path,
) -> None:
    vectors = unit_rows(1500)
    store = Store(tmp_path, vectors, SEALED)
    store.publish(add=ids_of(range(1500)))
    nearest = store.open(np.arange(1500)).search(vectors[7], 300)[0]

    store.publish(add=NONE, remove=np.sort(nearest))
    left = np.setdiff1d(np.arange(1500), nearest)
    rows, _ = store.open(left).search(vectors[7], 10)
    assert len(rows) == 10
    assert [each.rows for each in SegmentList.read(store.path).segments] == [1500]

    store.publish(add=NONE, remove=np.union1d(nearest, left[:100]))
    assert [each.rows for each in SegmentList.read(store.path).segments] == [1100]


def test_a_row_without_a_vector_has_no_cosine_and_is_not_found(tmp_path: Path) -> None:
    vectors = unit_rows(4)
    store = Store(tmp_path, vectors)
    store.publish(add=ids_of([0, 2]))

    found = store.open(np.arange(4))

    assert sorted(found.search(vectors[1], 9)[0].tolist()) == [0, 2]
    assert np.isnan(found.scores(vectors[1], np.arange(4))).tolist() == [False, True, False, True]
    assert found.size == 2


def test_an_empty_store_answers_with_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, unit_rows(4))
    report = store.publish(add=NONE)

    found = store.open(ids_of(()))

    assert (report.type, report.recall, report.segments, found.size) == ("none", 1.0, 0, 0)
    assert found.search(unit_rows(1)[0], 3)[0].tolist() == []
    assert found.search(unit_rows(1)[0], 3, np.zeros(0, bool))[0].tolist() == []
    assert found.scores(unit_rows(1)[0], ids_of(())).tolist() == []


def test_a_mask_of_another_length_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path, unit_rows(4))
    store.publish(add=ids_of(range(4)))

    with pytest.raises(ValueError, match="the mask is"):
        store.open(np.arange(4)).search(unit_rows(1)[0], 3, np.ones(5, bool))


@pytest.mark.parametrize("row", [-1, 4])
def test_scores_of_rows_that_are_not_there_are_refused(tmp_path: Path, row: int) -> None:
    store = Store(tmp_path, unit_rows(4))
    store.publish(add=ids_of(range(4)))

    with pytest.raises(ValueError, match="rows are 0 to 3"):
        store.open(np.arange(4)).scores(unit_rows(1)[0], np.array([0, row]))


def spoilt_list(folder: Path) -> None:
    (folder / "segments.json").write_text('{"segments": [{}]}')


def lost_ids(folder: Path) -> None:
    (folder / "00000001.ids").unlink()


def short_ids(folder: Path) -> None:
    (folder / "00000001.ids").write_bytes(bytes(8))


def equal_ids(folder: Path) -> None:
    (folder / "00000001.ids").write_bytes(bytes(32))


def another_index(folder: Path) -> None:
    Store(folder / "other", unit_rows(5)).publish(add=ids_of(range(5)))
    (folder / "00000001.faiss").write_bytes((folder / "other/1/00000001.faiss").read_bytes())


@pytest.mark.parametrize("harm", [spoilt_list, lost_ids, short_ids, equal_ids, another_index])
def test_files_that_are_not_a_store_are_damaged(tmp_path: Path, harm: object) -> None:
    store = Store(tmp_path, unit_rows(5))
    store.publish(add=ids_of(range(4)))
    assert callable(harm)
    harm(store.path)

    with pytest.raises(DamagedIndexError, match="onrecord index rebuild"):
        store.open(np.arange(5))


def test_a_passage_with_two_vectors_is_damage(tmp_path: Path) -> None:
    store = Store(tmp_path, unit_rows(5))
    store.publish(add=ids_of(range(4)))
    store.publish(add=ids_of([3]))

    with pytest.raises(DamagedIndexError, match="two vectors"):
        store.open(np.arange(5))


def mapped(folder: Path) -> list[str]:
    lines = Path("/proc/self/maps").read_text().splitlines()
    return [line for line in lines if str(folder) in line]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux")
def test_segments_are_mapped_not_read_and_let_go_with_their_reader(tmp_path: Path) -> None:
    store = Store(tmp_path, unit_rows(2000))
    store.publish(add=ids_of(range(2000)))

    found = store.open(np.arange(2000))

    assert mapped(tmp_path)
    del found
    assert not mapped(tmp_path)
