"""The tagger over a toy encoder: each word's state says outright what it is."""

import math
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.attribution.tagger.heads import HALF, Heads, buckets, gelu
from index.attribution.tagger.tagger import (
    HEADS,
    NETWORK,
    LearnedTagger,
    encoder_inputs,
    load_tagger,
)
from index.attribution.tagger.windows import windows
from index.errors import ModelError
from index.neural.embedder import bundled_folder
from index.neural.engine_choice import ENGINES, MOST_DIFFERENT
from index.neural.network import Engine, Inputs, NetworkFile
from index.neural.onnxruntime_network import OnnxRuntimeNetwork
from index.neural.word_pieces import FILE, word_pieces
from tests.support.engines import difference_to_the_first
from tests.support.places import ROOT

WORDS = {"said": 0, "ann": 1, "lee": 2, "rain": 3, "fell": 4, "again": 4}
"""Cue; B of a source and a person; I of them; B of content; I of it."""
LARGE = 50.0


def toy(text: str, *, threads: int = 1) -> LearnedTagger:
    pieces = word_pieces(bundled_folder() / FILE)
    known = {pieces.token_to_id(word): axis for word, axis in WORDS.items()}

    def encode(inputs: Inputs) -> NDArray[np.float32]:
        states = np.zeros((*inputs["ids"].shape, 6), np.float32)
        for place, piece in np.ndenumerate(inputs["ids"]):
            states[(*place, known.get(int(piece), 5))] = LARGE
        return states

    return LearnedTagger(encode, Heads(_weights()), pieces, "toy", threads=threads)


def _weights() -> dict[str, NDArray[np.float32]]:
    """Rows are labels, columns the axes of WORDS and a last one for all other words."""
    eye = np.eye(6, dtype=np.float32)
    other, cue, ann, lee, rain, fell = eye[5], eye[0], eye[1], eye[2], eye[3], eye[4]
    none = np.zeros((6, 6), np.float32)
    return {
        "cue.weight": np.stack([other + ann + lee + rain + fell, cue, none[0]]),
        "cue.bias": np.zeros(3, np.float32),
        "name.weight": np.stack([other + cue + rain + fell, ann, lee, *none]),
        "name.bias": np.zeros(9, np.float32),
        "of_word.weight": eye,
        "of_word.bias": np.zeros(6, np.float32),
        "of_cue.weight": none,
        "distance.weight": np.zeros((2 * HALF + 1, 6), np.float32),
        "smooth.weight": np.zeros((6, 6, 3), np.float32),
        "smooth.bias": np.zeros(6, np.float32),
        "role.weight": np.stack([other + cue, ann, lee, rain, fell]),
        "role.bias": np.zeros(5, np.float32),
        "transitions": np.zeros((5, 5), np.float32),
    }


def read(text: str) -> tuple[list[tuple[list[str], list[str], list[str]]], list[tuple[str, str]]]:
    [reading] = toy(text).read([text])
    found = [
        tuple([span.of(text) for span in spans] for spans in (each.source, each.cue, each.content))
        for each in reading.attributions
    ]
    names = [(name.span.of(text), name.kind) for name in reading.names]
    return found, names  # type: ignore[return-value]


def test_a_cue_brings_its_source_and_its_content() -> None:
    found, _ = read("Ann Lee said rain fell.")

    assert found == [(["Ann Lee"], ["said"], ["rain fell"])]


def test_content_that_continues_after_the_cue_has_two_spans() -> None:
    found, _ = read("Rain fell, Ann said, rain fell again.")

    assert found == [(["Ann"], ["said"], ["Rain fell", "rain fell again"])]


def test_a_cue_without_content_is_not_an_attribution() -> None:
    found, _ = read("Ann said.")

    assert found == []


def test_names_are_spans_of_the_text() -> None:
    _, names = read("Ann Lee met Ann.")

    assert names == [("Ann Lee", "PER"), ("Ann", "PER")]


def test_each_text_is_read_separately() -> None:
    tagger = toy("")

    readings = list(
        tagger.read(["", "Ann said rain.", "Nothing here.", "Lee. Ann said rain fell."])
    )

    assert [len(each.attributions) for each in readings] == [0, 1, 0, 1]
    assert [len(each.names) for each in readings] == [0, 1, 0, 1]


def test_confidence_is_a_probability() -> None:
    [reading] = toy("").read(["Ann said rain fell."])

    assert 0.9 < reading.attributions[0].confidence <= 1.0


def test_windows_have_few_lengths_and_what_is_added_is_masked() -> None:
    tagger = toy("")
    asked: list[Inputs] = []
    encode = tagger._encoder
    tagger._encoder = lambda inputs: asked.append(inputs) or encode(inputs)  # type: ignore[func-returns-value]

    [reading] = tagger.read(["Ann Lee said rain fell."])

    assert asked[0]["ids"].shape == (1, 16)
    assert asked[0]["mask"].tolist() == [[1] * 8 + [0] * 8]
    assert len(reading.attributions) == 1


def test_a_cue_in_repeated_context_is_reported_once() -> None:
    text = "\n".join(["word " * 200, "Ann said rain fell.", "more " * 150])

    [reading] = toy(text).read([text])

    assert len(reading.attributions) == 1


def test_small_distances_from_the_cue_have_their_own_bucket_and_large_ones_share() -> None:
    cues = np.zeros((1, 200), np.bool_)
    cues[0, 100:102] = True

    steps = buckets(cues)[0]

    assert steps[100] == steps[101] == HALF
    assert steps[96:100].tolist() == [HALF - 4, HALF - 3, HALF - 2, HALF - 1]
    assert steps[102:105].tolist() == [HALF + 1, HALF + 2, HALF + 3]
    assert steps[0] >= 0
    assert steps[199] <= 2 * HALF
    assert (np.diff(steps) >= 0).all()


def test_a_file_that_is_not_a_network_raises_a_model_error(tmp_path: Path) -> None:
    path = tmp_path / "tagger.onnx"
    path.write_bytes(b"not a network")

    with pytest.raises(ModelError, match="cannot be read as a network"):
        OnnxRuntimeNetwork(NetworkFile(path))


@pytest.mark.real
def test_the_shipped_tagger_finds_a_plain_statement_and_its_speaker() -> None:
    text = (
        "The ferry company apologised on Monday. “We should have checked the engine,” "
        "Marit Solheim, its director, told reporters in Bergen, “and we did not.”"
    )

    [reading] = load_tagger(NETWORK, HEADS, threads=1).read([text])

    told = next(
        each for each in reading.attributions if text[each.cue[0].start :].startswith("told")
    )
    assert "Marit Solheim" in text[told.source[0].start : told.source[0].end]
    assert [span.of(text).strip("“”,.") for span in told.content] == [
        "We should have checked the engine",
        "and we did not",
    ]
    assert ("Marit Solheim", "PER") in [(name.span.of(text), name.kind) for name in reading.names]


@pytest.mark.real
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_every_engine_gives_nearly_the_same_states(engine: Engine) -> None:
    pieces = word_pieces(bundled_folder() / FILE)
    [window] = windows("“It will rain,” Ann Obi told reporters in Oslo on Monday.", pieces)

    difference = difference_to_the_first(engine, NETWORK, encoder_inputs(window))

    assert difference < MOST_DIFFERENT[8]


@pytest.mark.real
@pytest.mark.parametrize("instructions", ["SSE41", "AVX2", "AVX512_CORE"])
def test_a_processor_without_bfloat16_or_avx512_finds_the_same(
    tmp_path: Path, instructions: str
) -> None:
    program = (
        "import sys; from index.attribution.tagger.tagger import ShippedTagger; "
        "[found] = ShippedTagger().read(sys.argv[1:]); "
        "print([[*map(str, (each.source, each.cue, each.content))] for each in found.attributions])"
    )
    text = "“It will rain,” Ann Obi told reporters in Oslo on Monday."
    older = {"ONEDNN_MAX_CPU_ISA": instructions, "ONRECORD_ENGINE_CACHE": str(tmp_path)}

    printed = [
        subprocess.run(
            [sys.executable, "-c", program, text],
            check=True,
            cwd=ROOT,
            env=os.environ | given,
            capture_output=True,
        ).stdout
        for given in (older, {})
    ]

    assert printed[0] == printed[1] != b"[]\n"


@pytest.mark.real
def test_the_result_for_an_article_does_not_depend_on_other_articles() -> None:
    short = "“It will rain,” Ann Obi said. She hoped that the harvest was in."
    long = "The minister told reporters that the bridge would open in June, Lee said. " * 20

    tagger = load_tagger(NETWORK, HEADS, threads=1)

    assert list(tagger.read([long, short]))[1:] == list(tagger.read([short]))


def test_the_shipped_tagger_is_small_on_disk() -> None:
    assert sum(path.stat().st_size for path in (NETWORK, HEADS)) < 30e6


def test_smoothing_is_a_convolution_over_the_pieces() -> None:
    random = np.random.default_rng(0)
    kernel = random.normal(size=(6, 6, 3)).astype(np.float32)
    heads = Heads({"smooth.weight": kernel, "smooth.bias": np.ones(6, np.float32)})
    pair = random.normal(size=(5, 6)).astype(np.float32)
    words = np.array([0, 2, 4])

    smoothed = heads._smooth(pair, words)

    padded = np.pad(pair, ((1, 1), (0, 0)))
    expected = [
        1 + sum(kernel[:, :, at] @ padded[place + at] for at in range(3)) for place in words
    ]
    assert np.allclose(smoothed, expected, atol=1e-4)


def test_gelu_is_near_the_exact_one() -> None:
    rows = np.linspace(-30, 30, 6001, dtype=np.float32)
    exact = [each * 0.5 * (1 + math.erf(each / math.sqrt(2))) for each in rows.tolist()]

    gelu(rows)

    assert np.abs(rows - exact).max() < 5e-4


def test_the_windows_of_a_text_alone_are_shared_by_the_cores() -> None:
    tagger = toy("", threads=2)
    text = "\n".join(["Ann said rain fell. " * 30] * 4)
    both = threading.Barrier(2, timeout=5)
    encode = tagger._encoder

    def waiting(inputs: Inputs) -> NDArray[np.float32]:
        both.wait()  # passes when two windows are read at the same time
        return encode(inputs)

    tagger._encoder = waiting

    [reading] = tagger.read([text])

    assert len(reading.attributions) == 120


def test_a_text_is_done_while_the_next_one_is_being_read() -> None:
    tagger = toy("")
    first_used = threading.Event()
    encode = tagger._encoder

    def waiting(inputs: Inputs) -> NDArray[np.float32]:
        assert inputs["ids"].shape == (1, 16) or first_used.wait(5)
        return encode(inputs)

    tagger._encoder = waiting

    readings = tagger.read(["Ann said rain fell.", "Ann said rain fell. " * 20])
    first = next(readings)
    first_used.set()

    assert len(first.attributions) == 1
    assert len(next(readings).attributions) == 20
