"""The encoder beside the machine's ceiling, and the stages of an ask."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.bench.limit import encoder_speed, limit, operations, stage_shares
from eval.bench.programs import ceiling
from index.errors import OnRecordError
from index.neural.embedder import EmbedderIdentity
from tests.support.fakes import FakeEmbedder, silent
from tests.support.newsroom import newsroom

CONFIG = {"hidden_size": 4, "intermediate_size": 16, "num_hidden_layers": 2}


@pytest.fixture
def embedder(tmp_path: Path) -> FakeEmbedder:
    """One with a folder of its own, as a model has."""
    (tmp_path / "config.json").write_text(json.dumps(CONFIG))
    found = FakeEmbedder(name=str(tmp_path))
    found.identity = EmbedderIdentity(str(tmp_path), "f0", 64, 5)
    return found


class Programs:
    """The default encoder takes a second; the machine is a little slower each time."""

    def __init__(self, bf16: float | None = 400.0, int8: float = 800.0) -> None:
        self.bf16 = bf16
        self.int8 = int8
        self.texts: list[str] = []
        self.rounds = 0

    def __call__(self, command: Sequence[str]) -> Mapping[str, Any]:
        if command[2].endswith("encoder"):
            lines = (Path(command[-1]) / "articles.jsonl").read_text().splitlines()
            self.texts = [json.loads(line)["text"] for line in lines]
            return {"seconds": 1.0}
        self.rounds += 1
        return {
            "fp32_gflops": 200.0 / self.rounds,
            "bf16_gflops": self.bf16,
            "int8_gops": self.int8,
        }


def test_the_operations_of_a_network_are_counted_by_hand() -> None:
    # a layer, a piece: 4 * 16 + 2 * 64 multiplications; a pair: 2 * 4; two layers, and additions
    assert operations(CONFIG, [3]) == 2 * 2 * (3 * 192 + 9 * 8)


def test_longer_texts_cost_more_than_their_length() -> None:
    assert operations(CONFIG, [10]) > operations(CONFIG, [5, 5])


def test_our_encoder_is_compared_with_the_default_over_the_same_texts(
    embedder: FakeEmbedder,
) -> None:
    programs = Programs()

    found = encoder_speed(embedder, ["one two", "three"], run=programs, progress=silent, rounds=2)

    assert programs.texts == ["one two", "three"]
    assert (found.passages, found.tokens) == (2, 4 + 3)
    assert found.default_tokens_per_second == (7.0, 7.0)
    assert found.over_default.pairs == 2
    assert len(found.tokens_per_second) == 2


def test_the_ceiling_is_the_best_round_and_shares_are_of_it(embedder: FakeEmbedder) -> None:
    found = encoder_speed(embedder, ["one"], run=Programs(), progress=silent, rounds=3)

    assert (found.fp32_gflops, found.bf16_gflops) == (200.0, 400.0)
    assert found.shares == {
        "fp32": round(found.gflops / 200, 3),
        "bf16": round(found.gflops / 400, 3),
    }


def test_a_processor_without_bf16_has_one_ceiling(embedder: FakeEmbedder) -> None:
    found = encoder_speed(embedder, ["one"], run=Programs(None), progress=silent, rounds=1)

    assert found.bf16_gflops is None
    assert list(found.shares) == ["fp32"]


def test_only_an_encoder_in_int8_is_held_against_that_ceiling(embedder: FakeEmbedder) -> None:
    embedder.engine = "openvino-bf16-int8"

    found = encoder_speed(embedder, ["one"], run=Programs(), progress=silent, rounds=1)

    assert found.engine == "openvino-bf16-int8"
    assert found.shares["int8"] == round(found.gflops / 800, 3)


def test_a_processor_without_instructions_for_int8_has_no_such_ceiling(
    embedder: FakeEmbedder,
) -> None:
    embedder.engine = "openvino-f32-int8"

    found = encoder_speed(
        embedder, ["one"], run=Programs(None, int8=2.5), progress=silent, rounds=1
    )

    assert found.int8_gops == 2.5
    assert list(found.shares) == ["fp32"]


@pytest.mark.parametrize(("seconds", "largest"), [(0.3, 512), (0.2, 1024), (0.001, 2048)])
def test_a_ceiling_is_looked_for_in_larger_products_only_while_they_are_quick(
    seconds: float, largest: int
) -> None:
    """Eight bits took half a minute for one product of the largest matrices, in plain code."""
    sides: list[int] = []

    def product(side: int) -> Callable[[], object]:
        sides.append(side)
        return lambda: seconds * (side / 512) ** 3

    assert ceiling.most(product, lambda multiply: float(str(multiply()))) > 0
    assert sides[-1] == largest


def test_a_text_counts_up_to_what_the_encoder_reads(embedder: FakeEmbedder) -> None:
    found = encoder_speed(
        embedder, ["one two three four five six"], run=Programs(), progress=silent, rounds=1
    )

    assert found.tokens == 5


def test_nothing_to_encode_is_said(embedder: FakeEmbedder) -> None:
    with pytest.raises(OnRecordError, match="no passages"):
        encoder_speed(embedder, [], run=Programs(), progress=silent, rounds=1)


def test_a_model_whose_size_is_not_known_is_refused() -> None:
    with pytest.raises(OnRecordError, match=r"config\.json"):
        encoder_speed(FakeEmbedder(), ["one"], run=Programs(), progress=silent, rounds=1)


def test_stages_share_the_whole_and_the_rest_is_named() -> None:
    found = list(stage_shares([{"a": 2.0, "b": 6.0, "total": 10.0}, {"a": 4.0, "total": 10.0}]))

    assert [(each.stage, each.mean_ms, each.share) for each in found] == [
        ("a", 3.0, 0.3),
        ("b", 3.0, 0.3),
        ("other", 4.0, 0.4),
    ]


def test_no_questions_have_no_stages_that_took_time() -> None:
    assert [each.mean_ms for each in stage_shares([])] == [0.0]


def test_the_texts_are_the_passages_of_the_archive(tmp_path: Path, embedder: FakeEmbedder) -> None:
    programs = Programs()
    with newsroom(tmp_path / "data") as service:
        report = limit(service, embedder, ["Who spoke?"], run=programs, progress=silent, rounds=1)

    assert any("swing bridge will cost" in text for text in programs.texts)
    assert sum(each.share for each in report.stages) == pytest.approx(1, abs=0.01)
