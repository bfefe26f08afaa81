"""Datasets by name and by path, and the development sets where they are at hand."""

import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.datasets.loading import faults, load, names
from eval.datasets.questions import Dataset, Gold
from eval.errors import DataError
from index.text.normalization import normalise
from tests.support.eval_files import FERRY, PIER, article, mark, question, write_lines, write_own
from tests.support.places import DATA

needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"no development corpora at {DATA}")

SIZES = {
    "newsqa": (638, 644, 394),
    "onestopqa": (522, 264, 264),
    "polnear": (840, 720, 600),
    "realtimeqa": (8200, 172, 172),
    "multihop_fact": (438, 500, 429),
    "beir_scifact": (5183, 300, 300),
    "squad2": (333, 2958, 1502),
    "squadshifts": (5666, 27626, 27626),
    "qed_dev": (1355, 1355, 1355),
    "clapnq_dev": (600, 600, 300),
}
"""Articles, questions, answerable ones, as `../shared/data/README.md` counts them."""


def tags(dataset: Dataset) -> Counter[str]:
    return Counter(tag for asked in dataset.questions for tag in asked.tags)


def test_the_sample_is_always_there() -> None:
    dataset = load("sample")

    assert (dataset.name, len(dataset.articles), len(dataset.questions)) == ("sample", 51, 176)
    assert sum(asked.answerable for asked in dataset.questions) == 138
    assert names() == ["sample"]
    assert faults("sample") == []


def test_a_set_is_found_by_name_under_the_data_folder(tmp_path: Path) -> None:
    write_own(tmp_path / "qa" / "harbour", [question()])

    assert names(tmp_path) == ["sample", "harbour"]
    assert load("harbour", tmp_path) == load(str(tmp_path / "qa" / "harbour"))
    assert load("harbour", tmp_path / "qa").name == "harbour"


def test_a_folder_that_holds_no_set_has_no_name(tmp_path: Path) -> None:
    write_lines(tmp_path / "pages" / "gold.json", ['{"page": 1}'])

    assert names(tmp_path) == ["sample"]


def test_a_name_that_is_nowhere_is_refused_with_those_there_are(tmp_path: Path) -> None:
    write_own(tmp_path / "harbour", [question()])

    with pytest.raises(DataError, match="no dataset 'harbor'; give one of sample, harbour, or"):
        load("harbor", tmp_path)


def test_a_folder_without_a_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no dataset here; expected a folder in BEIR's"):
        load(str(tmp_path))


def test_gold_holds_in_every_article_with_the_very_same_text(tmp_path: Path) -> None:
    articles = [article(), article("copy"), article("ferry", FERRY)]
    dataset = load(str(write_own(tmp_path, [question()], articles)))
    (asked,) = dataset.questions

    assert asked.answers == (Gold("pier", 58, 66), Gold("copy", 58, 66))
    assert asked.relevant == {"pier": 1, "copy": 1}
    assert {dataset.group_of(name) for name in ("pier", "copy")} == {"pier"}
    assert dataset.group_of("ferry") == "ferry"


def test_an_article_that_reads_otherwise_is_no_copy(tmp_path: Path) -> None:
    articles = [article(), article("other", PIER + " So it was.")]
    dataset = load(str(write_own(tmp_path, [question(answers=[mark("Ana Lima")])], articles)))

    assert dataset.groups == {}
    assert dataset.questions[0].relevant == {"pier": 1}


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", SIZES)
def test_a_development_set_loads_whole_with_all_gold_in_range(name: str) -> None:
    dataset = load(name, DATA)
    texts = {article.id: article.text for article in dataset.articles}

    answerable = sum(asked.answerable for asked in dataset.questions)
    assert (len(dataset.articles), len(dataset.questions), answerable) == SIZES[name]
    assert all(text == normalise(text) for text in texts.values())
    for asked in dataset.questions:
        for gold in (*asked.answers, *asked.evidence, *asked.distractors):
            assert texts[gold.article][gold.start : gold.end].strip()
        assert asked.answerable == bool(asked.relevant)
        assert asked.answerable or not asked.texts


@pytest.mark.data
@needs_data
def test_newsqa_distinguishes_its_two_kinds_of_refusal() -> None:
    counted = tags(load("newsqa", DATA / "qa"))

    assert (counted["withheld"], counted["other_events"], counted["who_said"]) == (100, 150, 47)


@pytest.mark.data
@needs_data
def test_onestopqa_has_three_reading_levels_in_a_group() -> None:
    dataset = load("onestopqa", DATA / "qa")

    for asked in dataset.questions:
        assert len(asked.relevant) == 3
        assert len({dataset.group_of(name) for name in asked.relevant}) == 1
        assert asked.distractors


@pytest.mark.data
@needs_data
def test_polnear_names_a_speaker_for_every_question() -> None:
    dataset = load("polnear", DATA / "qa")
    counted = tags(dataset)

    assert (counted["who_said"], counted["what_said"], counted["swap"]) == (300, 300, 120)
    assert all(asked.speaker for asked in dataset.questions)


@pytest.mark.data
@needs_data
def test_realtimeqa_is_asked_at_the_end_of_a_day_and_loads_in_seconds() -> None:
    begun = time.process_time()
    dataset = load("realtimeqa", DATA / "qa")
    taken = time.process_time() - begun

    first = dataset.questions[0]
    assert first.as_of == datetime(2024, 1, 5, 23, 59, 59, 999999, tzinfo=UTC)
    assert tags(dataset)["silver"] == len(dataset.questions)
    assert all(article.published_at and article.outlet for article in dataset.articles)
    assert taken < 15  # 3 s alone; the other workers slow the memory down
