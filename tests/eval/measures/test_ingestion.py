"""Pages and copies measured: by hand-worked cases, and on the labelled sets where they are."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from eval.errors import DataError
from eval.ingestion import edited_copies, ingestion, mined_pairs, near_duplicates, pages
from eval.measures.ingestion import (
    authors,
    segments,
    shingle_f1,
    shingle_overlap,
    shingles,
    stated_day,
    title,
)
from eval.measures.neardup import count_pairs
from index.documents import Article
from index.errors import SourceError
from tests.support.places import DATA

BODY = (
    "The harbour board met on Monday and agreed to build a second pier before the winter. "
    "Its chair said that the first had been full since spring, and that boats had to wait outside "
    "for a berth on most days. Work is to begin in June and to last for eleven months."
)
PAGE = f"""<html><head><title>Second pier agreed</title>
<meta name="author" content="Ada Obi"><meta property="article:published_time" content="2024-05-01">
</head><body><article><h1>Second pier agreed</h1><p>{BODY}</p><p>{BODY.replace("pier", "quay")}</p>
</article></body></html>"""


def test_shingles_are_runs_of_four_words_and_a_short_text_is_one_run() -> None:
    assert list(shingles("a b, c d e")) == [("a", "b", "c", "d"), ("b", "c", "d", "e")]
    assert list(shingles("a b")) == [("a", "b")]
    assert not shingles(" … ")


def test_shingle_f1_is_worked_by_hand() -> None:
    overlap = shingle_overlap("a b c d e", "a b c d x y")

    assert (overlap.precision, overlap.recall) == (1 / 2, 1 / 3)
    assert shingle_f1("a b c d e", "a b c d x y") == pytest.approx(0.4)


def test_a_run_that_is_repeated_counts_as_often_as_in_the_gold() -> None:
    assert shingle_overlap("a a a a a a", "a a a a a").precision == pytest.approx(2 / 3)


@pytest.mark.parametrize(("taken", "gold"), [("", "a b c d"), ("a b c d", ""), ("", "")])
def test_an_empty_extraction_or_gold_scores_0(taken: str, gold: str) -> None:
    assert shingle_f1(taken, gold) == 0.0


def test_segments_are_found_whatever_the_spaces_and_the_case() -> None:
    assert segments("The  Harbour\nBoard met.", ["harbour board", "the moon"]) == 0.5


def test_a_title_is_right_when_its_words_are() -> None:
    assert title("Pier 2: “Agreed”", "pier 2 – agreed") == 1.0
    assert title("Pier 2 agreed", "Pier agreed") == 0.0
    assert title("", "") == 0.0


def test_authors_are_the_same_people_in_any_order() -> None:
    assert authors(("BELA COX", "Ada Obi"), ("Ada Obi and Bela Cox",)) == 1.0
    assert authors(("Ada Obi",), ("Ada Obi, Bela Cox",)) == 0.0
    assert authors((), ("Ada Obi",)) == 0.0


def article(written: str | None, moment: datetime | None) -> Article:
    return Article("a", "", BODY, published_original=written, published_at=moment)


def test_the_day_is_the_one_the_page_writes_or_else_that_in_utc() -> None:
    late = datetime(2024, 5, 2, 3, tzinfo=UTC)

    assert stated_day(article("2024-05-01T22:00:00-05:00", late)) == date(2024, 5, 1)
    assert stated_day(article("May 2", late)) == date(2024, 5, 2)
    assert stated_day(article("2024-99-01", late)) == date(2024, 5, 2)
    assert stated_day(article(None, None)) is None
    assert stated_day(None) is None


def test_pairs_are_scored_by_what_was_joined_and_what_was_merged() -> None:
    groups = {"a": "1", "b": "1", "c": "1", "d": "2"}

    joined = count_pairs(groups, [("a", "b"), ("a", "d")], [("a", "c"), ("c", "d"), ("b", "d")])

    assert (joined.joined, joined.merged) == (1, 1)
    assert (joined.precision, joined.recall) == (1 / 2, 1 / 2)
    assert joined.false_merges == pytest.approx(1 / 3)


def test_articles_in_no_group_stand_alone_and_nothing_joined_scores_0() -> None:
    joined = count_pairs({}, [("a", "b")], [("c", "d")])

    assert (joined.precision, joined.recall, joined.false_merges) == (0.0, 0.0, 0.0)


def test_a_wrong_date_is_told_from_a_missing_one(tmp_path: Path) -> None:
    folder = labelled(tmp_path)
    gold = json.loads((folder / "html" / "gold.json").read_text())
    dates = {"2024-05-01": (1.0, 0.0), "2024-05-02": (0.0, 1.0)}

    for published, (exact, wrong) in dates.items():
        gold[0]["date"] = gold[1]["date"] = published
        (folder / "html" / "gold.json").write_text(json.dumps(gold))
        found = pages(folder / "html")

        assert found["html/date"] == exact / 2
        assert found["html/date_wrong"] == wrong / 2
        assert found["html/date_of_dated"] == exact


def labelled(folder: Path) -> Path:
    """Two pages, one of them without an article, and three labelled pairs."""
    pages = folder / "html" / "html"
    pages.mkdir(parents=True)
    (pages / "pier.html").write_text(PAGE)
    (pages / "wall.html.gz").write_bytes(gzip.compress(b"<html><body>Accept all</body></html>"))
    gold = [
        {
            "file": "pier.html",
            "articleBody": f"{BODY} {BODY.replace('pier', 'quay')}",
            "with": ["second pier", "second quay"],
            "without": ["Accept all"],
            "title": "Second pier agreed",
            "author": "Ada Obi",
            "date": "2024-05-01",
        },
        {"file": "wall.html.gz", "title": "Second pier agreed", "date": ""},
    ]
    (folder / "html" / "gold.json").write_text(json.dumps(gold))
    texts = {"a": BODY, "b": BODY, "c": BODY.upper() + " More.", "d": "Something else entirely."}
    corpus = folder / "qa" / "realtimeqa" / "corpus.jsonl.gz"
    lines(corpus, [{"_id": name, "title": "", "text": text} for name, text in texts.items()])
    pairs = [("a", "b", "duplicate"), ("a", "c", "near"), ("a", "d", "distinct")]
    records = [{"a": one, "b": other, "label": label} for one, other, label in pairs]
    lines(folder / "neardup" / "real" / "pairs.jsonl", records)
    documents = [("a1", "A", BODY), ("a2", "A", BODY), ("b1", "B", "Something else entirely.")]
    records = [{"_id": name, "group": group, "text": text} for name, group, text in documents]
    lines(folder / "neardup" / "synthetic" / "docs.jsonl.gz", records)
    return folder


def lines(path: Path, records: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def test_the_sets_are_scored_as_our_source_reads_them(tmp_path: Path) -> None:
    metrics = ingestion(labelled(tmp_path))

    assert metrics["html/accepted"] == 0.5
    assert metrics["html/shingle_f1"] == pytest.approx(1.0, abs=0.1)
    assert metrics["html/segments_kept"] == 1.0
    assert metrics["html/segments_leaked"] == 0.0
    assert metrics["html/title"] == 0.5
    assert metrics["html/author"] == metrics["html/date"] == 1.0
    assert metrics["neardup_real/precision"] == 1.0
    assert metrics["neardup_real/recall"] == 1.0
    assert metrics["neardup_synthetic/recall"] == 1.0


@pytest.mark.data
@pytest.mark.skipif(not (DATA / "neardup").is_dir(), reason=f"no development sets in {DATA}")
def test_copies_are_grouped_as_well_as_is_said() -> None:
    real = DATA / "neardup" / "real" / "pairs.jsonl"
    corpus = DATA / "qa" / "realtimeqa" / "corpus.jsonl.gz"
    synthetic = DATA / "neardup" / "synthetic" / "docs.jsonl.gz"

    metrics = mined_pairs(real, corpus, near_duplicates) | edited_copies(synthetic, near_duplicates)

    assert metrics["neardup_real/recall"] >= 0.97
    assert metrics["neardup_synthetic/recall"] >= 0.98
    assert metrics["neardup_real/false_merges"] == metrics["neardup_synthetic/false_merges"] == 0


def test_another_grouping_is_scored_the_same_way(tmp_path: Path) -> None:
    metrics = ingestion(
        labelled(tmp_path), grouping=lambda articles: {each.id: "all" for each in articles}
    )

    assert metrics["neardup_real/recall"] == 1.0
    assert metrics["neardup_real/false_merges"] == 1.0
    assert metrics["neardup_synthetic/precision"] == pytest.approx(1 / 3)


def test_a_folder_without_the_sets_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"html/gold\.json"):
        ingestion(tmp_path)


def test_a_missing_page_is_a_fault_of_the_set(tmp_path: Path) -> None:
    labelled(tmp_path)
    (tmp_path / "html" / "html" / "pier.html").unlink()

    with pytest.raises(DataError, match=r"pier\.html"):
        ingestion(tmp_path)


def test_pairs_of_articles_that_are_not_there_are_a_fault(tmp_path: Path) -> None:
    labelled(tmp_path)
    lines(tmp_path / "qa" / "realtimeqa" / "corpus.jsonl.gz", [{"_id": "a", "text": BODY}])

    with pytest.raises(DataError, match=r"pairs\.jsonl: 3 articles of its pairs"):
        ingestion(tmp_path)


@pytest.mark.data
@pytest.mark.skipif(not (DATA / "html").is_dir(), reason=f"the saved pages are not at {DATA}")
def test_real_pages_are_read_as_well_as_trafilatura_is_known_to() -> None:
    metrics = ingestion(DATA)

    precision, recall = metrics["html/shingle_precision"], metrics["html/shingle_recall"]
    assert 2 * precision * recall / (precision + recall) == pytest.approx(0.950, abs=0.01)
    assert metrics["neardup_real/false_merges"] == 0.0
