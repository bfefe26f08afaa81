from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.errors import DamagedIndexError, StorageError
from index.stores.vectors.faiss_index import VectorIndex, VectorLimits

EXACT = VectorLimits()
SIGNS = VectorLimits(exact=0, recall=0.0)
COMPRESSED = VectorLimits(exact=0, signs=0, recall=0.0)
LISTED = VectorLimits(exact=0, signs=0, compressed=0, recall=0.0)
every_type = pytest.mark.parametrize(
    "limits", [EXACT, SIGNS, COMPRESSED, LISTED], ids=["flat", "signs", "pq", "ivf"]
)


def unit_rows(n: int, dimensions: int = 32, *, seed: int = 0) -> NDArray[np.float32]:
    """Around a few centres, as texts about a few subjects are; exactly float16."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((8, dimensions))
    rows = centres[random.integers(0, 8, n)] + 0.7 * random.standard_normal((n, dimensions))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


def built(vectors: NDArray[np.float32], folder: Path, limits: VectorLimits = EXACT) -> VectorIndex:
    VectorIndex.build(vectors, folder / "v.faiss", limits=limits)
    return VectorIndex.open(folder / "v.faiss")


def best(cosines: NDArray[np.float32], k: int) -> list[int]:
    return sorted(range(len(cosines)), key=lambda row: (-cosines[row], row))[:k]


def test_nearest_rows_and_their_cosines_by_hand(tmp_path: Path) -> None:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32)
    index = built(vectors, tmp_path)

    rows, cosines = index.search(np.array([1, 0], np.float32), 3)

    assert rows.tolist() == [0, 2, 1]
    assert cosines == pytest.approx([1, 0.6, 0], abs=1e-3)


def test_exact_search_is_brute_force(tmp_path: Path) -> None:
    vectors, questions = unit_rows(500), unit_rows(20, seed=1)
    index = built(vectors, tmp_path)

    for question in questions:
        rows, cosines = index.search(question, 10)

        assert rows.tolist() == best(vectors @ question, 10)
        assert cosines == pytest.approx((vectors @ question)[rows], abs=1e-5)


@every_type
@pytest.mark.parametrize("share", [0.005, 0.3, 1.0])
def test_a_masked_search_is_exact_among_its_rows(
    tmp_path: Path, limits: VectorLimits, share: float
) -> None:
    vectors, question = unit_rows(2000), unit_rows(1, seed=2)[0]
    mask = np.random.default_rng(3).random(2000) < share
    index = built(vectors, tmp_path, limits)

    rows, cosines = index.search(question, 5, mask)

    stored = index.vectors(np.arange(2000)) @ question
    assert mask[rows].all()
    assert rows.tolist() == best(np.where(mask, stored, -9).astype(np.float32), 5)
    assert cosines == pytest.approx(stored[rows], abs=1e-5)


def test_an_empty_mask_finds_nothing(tmp_path: Path) -> None:
    index = built(unit_rows(5), tmp_path)

    rows, cosines = index.search(unit_rows(1)[0], 3, np.zeros(5, bool))

    assert (rows.tolist(), cosines.tolist()) == ([], [])


def test_a_mask_of_another_length_is_refused(tmp_path: Path) -> None:
    index = built(unit_rows(5), tmp_path)

    with pytest.raises(ValueError, match="the mask is"):
        index.search(unit_rows(1)[0], 3, np.ones(6, bool))


@every_type
@pytest.mark.parametrize("copies", [2, 30, 400])
def test_equal_rows_come_by_row_however_many_share_the_last_place(
    tmp_path: Path, copies: int, limits: VectorLimits
) -> None:
    vectors = unit_rows(2000)
    alike = list(range(1000, 1000 + 2 * copies, 2))
    vectors[alike] = vectors[alike[0]]
    index = built(vectors, tmp_path, limits)

    rows, _ = index.search(vectors[alike[0]], 3)

    assert rows.tolist()[: min(copies, 3)] == alike[:3]
    assert len(rows) == 3


def test_more_than_there_is_gives_all_there_is(tmp_path: Path) -> None:
    index = built(unit_rows(4), tmp_path)

    rows, _ = index.search(unit_rows(1)[0], 50)

    assert sorted(rows.tolist()) == [0, 1, 2, 3]


def test_none_asked_for_gives_none(tmp_path: Path) -> None:
    index = built(unit_rows(40), tmp_path)

    assert index.search(unit_rows(1)[0], 0)[0].tolist() == []


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    index = built(np.zeros((0, 32), np.float32), tmp_path)

    question = unit_rows(1)[0]

    assert (index.size, index.dimensions) == (0, 32)
    assert index.search(question, 10)[0].tolist() == []
    assert index.search(question, 10, np.zeros(0, bool))[0].tolist() == []
    assert index.vectors(np.zeros(0, np.int64)).shape == (0, 32)


def test_stored_vectors_are_read_back(tmp_path: Path) -> None:
    vectors = unit_rows(300)
    index = built(vectors, tmp_path)

    assert np.array_equal(index.vectors(np.array([7, 3, 7])), vectors[[7, 3, 7]])


@pytest.mark.parametrize("row", [-1, 300])
def test_vectors_of_rows_that_are_not_there_are_refused(tmp_path: Path, row: int) -> None:
    index = built(unit_rows(300), tmp_path)

    with pytest.raises(ValueError, match="rows are 0 to 299"):
        index.vectors(np.array([0, row]))


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1000, "SQfp16"),
        (1001, "RaBitQfs,Refine(SQfp16)"),
        (2001, "PQ16x4fs,Refine(SQ8)"),
        (3001, "IVF64_HNSW32,PQ16x4fs,Refine(SQ8)"),
    ],
)
def test_the_count_decides_the_type(tmp_path: Path, count: int, expected: str) -> None:
    limits = VectorLimits(exact=1000, signs=2000, compressed=3000, recall=0.0)

    report = VectorIndex.build(unit_rows(count, 64), tmp_path / "v", limits=limits)

    assert report.type == expected


@pytest.mark.parametrize(
    ("dimensions", "expected"),
    [
        (384, "PQ96x4fs,Refine(SQ8)"),
        (768, "PQ192x4fs,Refine(SQ8)"),
        (50, "PQ25x4fs,Refine(SQ8)"),
        (51, "SQfp16"),
    ],
)
def test_codes_fit_the_dimensions(tmp_path: Path, dimensions: int, expected: str) -> None:
    vectors = unit_rows(700, dimensions)

    report = VectorIndex.build(vectors, tmp_path / "v", limits=COMPRESSED)

    assert report.type == expected
    assert VectorIndex.open(tmp_path / "v").search(vectors[9], 1)[0].tolist() == [9]


@pytest.mark.parametrize("limits", [SIGNS, COMPRESSED, LISTED], ids=["signs", "pq", "ivf"])
def test_the_reported_recall_is_what_a_search_finds(tmp_path: Path, limits: VectorLimits) -> None:
    vectors = unit_rows(3000, 64)
    report = VectorIndex.build(vectors, tmp_path / "v", limits=limits)
    index = VectorIndex.open(tmp_path / "v")

    found = 0
    for row in range(0, 3000, 30):
        wanted = [each for each in best(vectors @ vectors[row], 11) if each != row][:10]
        rows = [each for each in index.search(vectors[row], 11)[0].tolist() if each != row]
        found += len(set(wanted) & set(rows[:10]))

    assert report.recall == pytest.approx(found / 1000, abs=0.03)
    assert report.recall > 0.9


def test_too_little_recall_falls_back_on_exact_rows(tmp_path: Path) -> None:
    vectors = unit_rows(2000)

    report = VectorIndex.build(vectors, tmp_path / "v", limits=VectorLimits(0, 0, 0, recall=1.0))

    assert (report.type, report.recall) == ("SQfp16", 1.0)
    assert built(vectors, tmp_path).search(vectors[5], 1)[0].tolist() == [5]


@every_type
def test_the_same_rows_make_the_same_file(tmp_path: Path, limits: VectorLimits) -> None:
    vectors = unit_rows(3000, 64)

    VectorIndex.build(vectors, tmp_path / "a", limits=limits)
    VectorIndex.build(vectors, tmp_path / "b", limits=limits)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@every_type
@pytest.mark.parametrize("mask", [None, np.arange(2000) % 3 == 0], ids=["all", "masked"])
def test_threads_find_what_one_finds(
    tmp_path: Path, limits: VectorLimits, mask: NDArray[np.bool_] | None
) -> None:
    vectors, questions = unit_rows(2000), unit_rows(64, seed=8)
    index = built(vectors, tmp_path, limits)
    alone = [index.search(each, 10, mask)[0].tolist() for each in questions]

    with ThreadPoolExecutor(8) as pool:
        together = pool.map(lambda each: index.search(each, 10, mask)[0].tolist(), questions)

        assert list(together) == alone


@pytest.mark.slow  # torch takes seconds to import
def test_a_search_leaves_the_number_of_threads_alone(tmp_path: Path) -> None:
    import torch

    index = built(unit_rows(50), tmp_path)
    before = (faiss.omp_get_max_threads(), torch.get_num_threads())
    faiss.omp_set_num_threads(3)
    torch.set_num_threads(3)

    index.search(unit_rows(1)[0], 3)

    after = (faiss.omp_get_max_threads(), torch.get_num_threads())
    faiss.omp_set_num_threads(before[0])
    torch.set_num_threads(before[1])
    assert after == (3, 3)


@pytest.mark.parametrize("keep", [0, 3, 60, -1])
def test_a_file_cut_short_is_damaged(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "v"
    VectorIndex.build(unit_rows(50), path)
    path.write_bytes(path.read_bytes()[:keep])

    with pytest.raises(DamagedIndexError, match=r"onrecord index rebuild"):
        VectorIndex.open(path)


def test_a_missing_file_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError):
        VectorIndex.open(tmp_path / "none")


def test_a_disk_that_refuses_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        VectorIndex.build(unit_rows(50), tmp_path / "missing" / "v")


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_question_and_mask_agree_with_a_full_sort(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, 40))
    k = data.draw(st.integers(0, 45))
    bits = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    # Few distinct rows, so that ties are the rule.
    vectors = np.eye(4, dtype=np.float32)[np.arange(n) * 7 % 5 % 4].reshape(n, 4)
    question = np.array([0.6, 0, 0.8, 0], np.float32)
    index = built(vectors, tmp_path_factory.mktemp("v"))

    rows, _ = index.search(question, k, np.array(bits, bool))

    cosines = vectors @ question
    allowed = [row for row in range(n) if bits[row]]
    assert rows.tolist() == sorted(allowed, key=lambda row: (-cosines[row], row))[:k]
