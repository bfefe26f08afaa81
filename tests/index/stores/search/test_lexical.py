import json
import math
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Filter
from index.errors import DamagedIndexError, StorageError
from index.language.terms import analyze
from index.stores.search.lexical import TITLE_WEIGHT, LexicalIndex, TermRow, sync_terms
from index.stores.search.segments import clone, deleted_share

JANUARY = datetime(2024, 1, 1, tzinfo=UTC)


def row(
    passage: int,
    text: str,
    *,
    title: str = "",
    day: int | None = None,
    outlet: str | None = None,
) -> TermRow:
    published = None if day is None else int((JANUARY + timedelta(days=day)).timestamp())
    return TermRow(passage, title, text, published, outlet)


def opened(folder: Path, rows: Sequence[TermRow]) -> LexicalIndex:
    sync_terms(folder, add=rows)
    return LexicalIndex.open(folder)


def found(terms: LexicalIndex, text: str, k: int = 10, *, only: Filter | None = None) -> list[int]:
    ids, _ = terms.search(analyze(text), k, only or Filter())
    return list(map(int, ids))


def test_passages_that_hold_all_terms_are_found_whether_in_title_or_text(tmp_path: Path) -> None:
    rows = [
        row(1, "Maren sang."),
        row(2, "Orlov sang.", title="Maren"),
        row(3, "Maren Orlov sang."),
    ]

    terms = opened(tmp_path, rows)

    assert sorted(terms.holding(analyze("Maren Orlov"), 10).tolist()) == [2, 3]
    assert terms.holding(analyze("Maren Orlova"), 10).tolist() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O\u2019Brien", "O'Brien"),
        ("well-known", "well known"),
        ("well\u2011known", "well\u2013known"),
        ("Beyoncé", "beyonce"),
        ("Beyonce\u0301", "Beyoncé"),
        ("Mu\u0308ller", "MULLER"),
        ("İstanbul", "istanbul"),
        ("con\u00adtract", "contract"),
        ("zero\u200bwidth", "zerowidth"),
        ("ﬁnance", "finance"),
        ("elections", "election"),
        ("U.S.", "US"),
        ("U.S.A.", "USA"),
        ("the US", "the U.S."),
        ("U.N.", "UN"),
        ("J.K. Rowling", "JK Rowling"),
        ("9 a.m.", "9 am"),
        ("1,200,000", "1200000"),
        ("the mayor’s", "the mayor"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert analyze(one) == analyze(other) != []


def test_terms_are_folded_and_stemmed_words_in_order() -> None:
    assert analyze("Running, the Mayors\u2019 12.5% café…") == [
        "run", "the", "mayor", "12", "5", "cafe",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"), [("the US", "they told us"), ("1.5", "15"), ("1,20", "120")]
)
def test_two_words_stay_two(one: str, other: str) -> None:
    assert not set(analyze(one)) & set(analyze(other))


@pytest.mark.parametrize("text", ["", "  \n", "!?…", "—", "x" * 70])
def test_text_without_words_has_no_terms(text: str) -> None:
    assert analyze(text) == []


@given(st.text())
def test_any_text_can_be_analyzed_and_composing_it_changes_nothing(text: str) -> None:
    assert all(term and term == term.strip() for term in analyze(text))


def test_scores_are_bm25_as_worked_by_hand(tmp_path: Path) -> None:
    texts = ["harbour bridge closed", "bridge bridge", "mayor spoke", "council vote delayed again"]
    terms = opened(tmp_path, [row(number, text) for number, text in enumerate(texts)])

    ids, scores = terms.search(["bridg"], 10)

    assert dict(zip(ids.tolist(), scores.tolist(), strict=True)) == pytest.approx(
        bm25("bridg", [analyze(text) for text in texts]), abs=2e-4
    )
    assert ids.tolist() == [1, 0]


def bm25(term: str, texts: Sequence[Sequence[str]]) -> dict[int, float]:
    """Robertson and Zaragoza (2009), k1 1.2, b 0.75, idf as Lucene's."""
    k1, b = 1.2, 0.75
    holding = sum(term in text for text in texts)
    idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
    mean = sum(map(len, texts)) / len(texts)
    scores = {}
    for number, text in enumerate(texts):
        if count := Counter(text)[term]:
            length = 1 - b + b * len(text) / mean
            scores[number] = idf * count * (k1 + 1) / (count + k1 * length)
    return scores


def test_a_title_counts_less_than_the_text(tmp_path: Path) -> None:
    terms = opened(tmp_path, [row(1, "other", title="bridge"), row(2, "bridge", title="other")])

    ids, scores = terms.search(["bridg"], 10)

    assert ids.tolist() == [2, 1]
    assert scores[1] == pytest.approx(TITLE_WEIGHT * scores[0], abs=1e-3)


def test_a_repeated_term_counts_once(tmp_path: Path) -> None:
    terms = opened(tmp_path, [row(1, "bridge"), row(2, "mayor")])

    once = terms.search(["bridg", "mayor"], 10)[1].tolist()

    assert terms.search(["bridg", "mayor", "bridg", "bridg"], 10)[1].tolist() == once


def test_the_first_sixty_four_terms_are_searched(tmp_path: Path) -> None:
    terms = opened(tmp_path, [row(1, "bridge"), row(2, "mayor")])
    others = [f"word{number}" for number in range(63)]

    assert terms.search([*others, "bridg", "mayor"], 10)[0].tolist() == [1]


@pytest.mark.parametrize("copies", [3, 12, 60])
def test_equal_scores_come_by_id_however_many_share_the_last_place(
    tmp_path: Path, copies: int
) -> None:
    rows = [row(number, "the bridge is closed") for number in range(100, 100 + copies)]
    terms = opened(tmp_path, [*reversed(rows), row(1, "a bridge somewhere else entirely today")])

    assert found(terms, "closed bridge", k=2) == [100, 101]


def test_copies_in_later_segments_take_their_turn_by_id(tmp_path: Path) -> None:
    for number in [9, 4, 7, 1]:
        sync_terms(tmp_path, add=[row(number, "the bridge is closed")])

    assert found(LexicalIndex.open(tmp_path), "bridge", k=3) == [1, 4, 7]


@pytest.mark.parametrize(
    "question", ["", "?", "AND OR NOT", '"', "a:b^2 (", "closed\\", "*", "[1 TO"]
)
def test_no_question_is_a_query_language(tmp_path: Path, question: str) -> None:
    terms = opened(tmp_path, [row(1, "closed"), row(2, "open")])

    assert found(terms, question) in ([], [1])


def test_the_filter_chooses_and_does_not_score(tmp_path: Path) -> None:
    terms = opened(
        tmp_path,
        [
            row(1, "bridge closed", day=1, outlet="The Tide"),
            row(2, "bridge", day=5, outlet="the tide"),
            row(3, "bridge", day=9, outlet="Herald"),
            row(4, "bridge"),
        ],
    )
    plain = dict(zip(*(part.tolist() for part in terms.search(["bridg"], 10)), strict=True))

    ids, scores = terms.search(["bridg"], 10, Filter(outlets=("THE TIDE", "Gazette")))

    assert ids.tolist() == [2, 1]
    assert scores.tolist() == pytest.approx([plain[2], plain[1]])


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [
        (JANUARY + timedelta(days=5), None, [2, 3]),
        (None, JANUARY + timedelta(days=5), [1]),
        (JANUARY + timedelta(days=1), JANUARY + timedelta(days=9), [1, 2]),
        (JANUARY + timedelta(days=5, microseconds=1), None, [3]),
        (None, JANUARY + timedelta(days=5, microseconds=1), [1, 2]),
        (JANUARY + timedelta(days=40), None, []),
    ],
)
def test_dates_bound_from_and_up_to_but_not_the_undated(
    tmp_path: Path, first: datetime | None, until: datetime | None, expected: list[int]
) -> None:
    dated = [row(number, "bridge", day=day) for number, day in [(1, 1), (2, 5), (3, 9)]]
    terms = opened(tmp_path, [*dated, row(4, "bridge")])

    assert found(terms, "bridge", only=Filter(first, until)) == expected


def test_a_date_bound_lets_nothing_through_where_nothing_is_dated(tmp_path: Path) -> None:
    terms = opened(tmp_path, [row(1, "bridge"), row(2, "bridge")])

    assert found(terms, "bridge", only=Filter(published_from=JANUARY)) == []


def test_removed_passages_are_gone_and_the_rest_stay(tmp_path: Path) -> None:
    sync_terms(tmp_path, add=[row(number, "bridge") for number in range(2**40, 2**40 + 6)])

    sync_terms(tmp_path, remove=[2**40, 2**40 + 3], add=[row(7, "a bridge")])

    terms = LexicalIndex.open(tmp_path)
    assert sorted(found(terms, "bridge")) == [7, 2**40 + 1, 2**40 + 2, 2**40 + 4, 2**40 + 5]
    assert terms.size == 5
    assert deleted_share(tmp_path) == pytest.approx(2 / 7)


def test_document_frequency_counts_passages_by_title_or_text(tmp_path: Path) -> None:
    sync_terms(tmp_path, add=[row(9, "bridge")])
    sync_terms(
        tmp_path,
        remove=[9],
        add=[row(1, "bridge bridge"), row(2, "mayor", title="bridge"), row(3, "mayor")],
    )

    terms = LexicalIndex.open(tmp_path)

    assert terms.document_frequency(["bridg", "mayor", "absent"]) == [2, 2, 0]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    terms = opened(tmp_path, [])

    assert terms.size == 0
    assert found(terms, "bridge") == []
    assert deleted_share(tmp_path) == 0


def test_an_opened_index_answers_after_its_folder_is_gone(tmp_path: Path) -> None:
    terms = opened(tmp_path, [row(1, "bridge", title="bridge", day=1, outlet="Herald")])
    shutil.rmtree(tmp_path)

    since = Filter(published_from=JANUARY, outlets=("herald",))

    assert found(terms, "bridge", only=since) == [1]
    assert terms.document_frequency(["bridg"]) == [1]


def test_a_clone_goes_its_own_way(tmp_path: Path) -> None:
    parent, child = tmp_path / "parent", tmp_path / "child"
    parent.mkdir()
    child.mkdir()
    sync_terms(parent, add=[row(number, "bridge") for number in range(4)])
    before = {path.name: path.read_bytes() for path in parent.iterdir()}

    clone(parent, child)
    sync_terms(child, remove=[0], add=[row(9, "bridge")])

    assert {path.name: path.read_bytes() for path in parent.iterdir()} == before
    assert found(LexicalIndex.open(parent), "bridge") == [0, 1, 2, 3]
    assert found(LexicalIndex.open(child), "bridge") == [1, 2, 3, 9]
    shared = [path for path in child.iterdir() if path.stat().st_nlink > 1]
    assert {path.suffix for path in shared} >= {".idx", ".term", ".store"}
    assert "meta.json" not in {path.name for path in shared}


def test_only_live_segments_are_kept_and_taken_over(tmp_path: Path) -> None:
    """Tantivy removes merged segments when it likes, and only those that it made itself."""
    parent, child = tmp_path / "parent", tmp_path / "child"
    parent.mkdir()
    child.mkdir()
    for number in range(9):
        sync_terms(parent, remove=[number - 1], add=[row(number, "bridge"), row(90 + number, "x")])
    clone(parent, child)
    for number in range(20, 40):
        sync_terms(child, remove=[number - 1, 3], add=[row(number, "bridge")])

    for folder in (parent, child):
        live = json.loads((folder / "meta.json").read_bytes())["segments"]
        names = {path.name for path in folder.iterdir()}
        segments = {name.partition(".")[0] for name in names} - {"meta"}
        assert segments == {each["segment_id"].replace("-", "") for each in live}
        assert sum(name.endswith(".del") for name in names) == sum(bool(x["deletes"]) for x in live)
    assert found(LexicalIndex.open(child), "bridge") == [8, 39]


def test_what_tantivy_writes_late_is_no_part_of_the_index(tmp_path: Path) -> None:
    sync_terms(tmp_path, add=[row(1, "bridge")])
    (tmp_path / ".managed.json").write_text("[")
    (tmp_path / ".tantivy-meta.lock").write_text("")
    child = tmp_path / "child"
    child.mkdir()

    clone(tmp_path, child)
    sync_terms(child, add=[row(2, "bridge")])

    assert found(LexicalIndex.open(tmp_path), "bridge") == [1]
    assert found(LexicalIndex.open(child), "bridge") == [1, 2]
    assert not [path.name for path in child.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("name", ["meta.json", "segment"])
def test_a_missing_file_is_damage(tmp_path: Path, name: str) -> None:
    sync_terms(tmp_path, add=[row(1, "bridge")])
    (tmp_path / name if name == "meta.json" else next(tmp_path.glob("*.idx"))).unlink()

    with pytest.raises(DamagedIndexError, match="onrecord index rebuild"):
        LexicalIndex.open(tmp_path)


def test_a_folder_that_is_not_there_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        sync_terms(tmp_path / "missing", add=[])


def test_every_file_may_be_read_by_whoever_may_read_the_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    sync_terms(tmp_path, add=[row(1, "The ferry is late.")])

    assert {path.stat().st_mode & 0o044 for path in tmp_path.iterdir()} == {0o044}
