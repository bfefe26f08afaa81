"""Larger and larger archives, and stores of made-up passages, at sizes that take a moment."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.bench.grown import GrowthRequest, grown, read_stock
from eval.bench.growth import growth
from eval.bench.stores import FIFTY, SyntheticArchive, stores
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.newsroom import ARTICLES, newsroom

WORDS = [f"word{n}" for n in range(500)]


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stock")
    with newsroom(folder):
        return folder


def synthetic(passages: int, vectors: int = 40) -> SyntheticArchive:
    base = FakeEmbedder().embed_questions(WORDS[:vectors])
    return SyntheticArchive(base, WORDS, passages)


def test_the_stock_is_what_the_data_folder_holds(stock: Path) -> None:
    found = read_stock(stock)

    assert {each.id for each in found.articles} == {each.id for each in ARTICLES}
    assert all(len(found.vectors[each.id]) for each in found.articles)
    assert found.statements.keys() == found.vectors.keys()


def test_an_archive_of_any_size_is_built_added_to_and_asked(stock: Path) -> None:
    embedder, attributor = FakeEmbedder(), FakeAttributor()
    request = GrowthRequest(str(stock), 20, ["What will the swing bridge cost?"])

    found = grown(request, embedder=embedder, attributor=attributor, reader=no_reader)

    assert found.size == 20
    assert found.passages >= 20 + 51
    assert len(attributor.attributed) == 51  # those added; the 20 took over what is stored
    assert found.search_p50_ms > 0
    assert 0 < found.ask_p50_ms <= found.ask_p95_ms
    assert min(found.build_seconds, found.add_one_seconds, found.add_fifty_seconds) > 0
    assert found.disk_mb > 0


def test_stores_are_built_added_to_and_searched() -> None:
    archive = synthetic(300)

    found = stores(archive)

    assert (found.passages, archive.passages) == (300, 300 + FIFTY)
    assert found.recall == 1.0
    assert min(found.build_seconds, found.add_fifty_seconds, found.vectors_p50_ms) > 0
    assert found.terms_p50_ms > 0
    assert found.disk_mb > 0


def test_made_up_passages_are_the_same_each_time_they_are_read() -> None:
    archive = synthetic(3000)
    ids = archive.passage_table().passage
    some = ids[[5, 1500, 2999]]

    assert np.array_equal(archive.vectors(ids)[[5, 1500, 2999]], archive.vectors(some))
    texts = {number: text for number, _, text in archive.texts(ids)}
    assert {number: text for number, _, text in archive.texts(some)} == {
        number: texts[number] for number in some.tolist()
    }


def test_frequent_words_are_drawn_more_often() -> None:
    drawn = " ".join(text for _, _, text in synthetic(200).texts(np.arange(1, 201))).split()

    assert drawn.count("word0") > 3 * drawn.count("word20") > 0


class Machine:
    """Plays the programs: times in proportion, searches that take the root."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []

    def __call__(self, command: Sequence[str]) -> Mapping[str, Any]:
        request = json.loads(command[-1])
        self.requests.append(request)
        if command[2].endswith("grown"):
            assert len(request["questions"]) == 1
            return dict.fromkeys(
                "passages statements build_seconds add_one_seconds add_fifty_seconds ask_p50_ms "
                "ask_p95_ms search_p50_ms resident_mb disk_mb".split(),
                request["size"] / 10,
            ) | {"size": request["size"], "search_p50_ms": request["size"] ** 0.5}
        assert np.load(request["vectors"]).shape[1] == 64
        assert len(Path(request["words"]).read_text().split()) > 20
        n = request["passages"]
        return dict.fromkeys(
            "build_seconds add_fifty_seconds vectors_p50_ms terms_p50_ms resident_mb".split(), 1.0
        ) | {"passages": n, "disk_mb": float(n), "recall": 0.99}


def test_exponents_say_how_each_measure_grows(stock: Path) -> None:
    report = growth(
        stock,
        ["Who?"],
        sizes=[800, 100, 800],
        passages=[2000, 1000],
        run=Machine(),
        progress=silent,
    )

    assert [each.size for each in report.archives] == [100, 800]
    assert [each.passages for each in report.stores] == [1000, 2000]
    assert report.archive_exponents["build_seconds"] == 1.0
    assert report.archive_exponents["search_p50_ms"] == 0.5
    assert report.store_exponents["vectors_p50_ms"] == 0.0
    assert report.store_exponents["disk_mb"] == 1.0
    assert "size" not in report.archive_exponents


def test_one_size_has_no_exponents(stock: Path) -> None:
    report = growth(stock, ["Who?"], sizes=[100], passages=[1000], run=Machine(), progress=silent)

    assert (report.archive_exponents, report.store_exponents) == ({}, {})
