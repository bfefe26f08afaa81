"""The encoder: the published weights, and two ways through them that agree."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.neural import embedder as embedding
from index.neural.embedder import BundledEmbedder, load_embedder
from index.neural.sentence_encoder import GRAPH, WEIGHTS, SentenceEncoder
from index.settings import BUNDLED_EMBEDDER
from tests.support.places import ROOT

PINNED = [-0.11709, 0.02575, 0.00047, -0.04191]
TEXTS = [
    "What did the harbour master say about the ferry?",
    "Nguyễn Thị Lan, 48, said “no” — twice. 😀",
    "",
    "word " * 400,
]


@pytest.fixture(scope="module")
def bundled() -> BundledEmbedder:
    return BundledEmbedder()


@pytest.mark.real
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch's and transformers' own
def test_questions_and_passages_of_one_text_get_the_same_vector(bundled: BundledEmbedder) -> None:
    ours = bundled.embed_questions(TEXTS)
    theirs = bundled.embed_passages(TEXTS)

    cosines = (ours * theirs).sum(axis=1)

    assert cosines.min() > 0.9995  # bfloat16 on one side where the CPU has it


@pytest.mark.real
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_counter_agrees_with_the_tokenizer_of_sentence_transformers(
    bundled: BundledEmbedder,
) -> None:
    assert bundled.count(TEXTS) == bundled._passages.count(TEXTS)


@pytest.mark.real
def test_a_pinned_vector_has_not_moved(bundled: BundledEmbedder) -> None:
    [vector] = bundled.embed_questions(["On the record."])

    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector[:4] == pytest.approx(PINNED, abs=1e-4)


@pytest.mark.real
def test_alike_questions_are_nearer_than_unlike_ones(bundled: BundledEmbedder) -> None:
    ask, paraphrase, other = bundled.embed_questions(
        ["Who won the election?", "Which candidate was elected?", "How deep is the lake?"]
    )

    assert ask @ paraphrase > ask @ other + 0.3


@pytest.mark.real
def test_questions_asked_at_once_get_the_vectors_they_get_alone(bundled: BundledEmbedder) -> None:
    alone = bundled.embed_questions(TEXTS)

    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(bundled.embed_questions, [[text] for text in TEXTS] * 5))

    assert np.array_equal(np.concatenate(at_once), np.concatenate([alone] * 5))


@pytest.mark.real
def test_a_text_is_cut_where_the_encoder_of_passages_cuts_it(bundled: BundledEmbedder) -> None:
    fits, longer = bundled.embed_questions(["word " * 254, "word " * 255])

    assert np.array_equal(fits, longer)


@pytest.mark.real
def test_weights_may_lie_behind_a_link(bundled: BundledEmbedder, tmp_path: Path) -> None:
    for name in ("tokenizer.json", WEIGHTS):
        (tmp_path / name).symlink_to(embedding.bundled_folder() / name)

    linked = SentenceEncoder(tmp_path, max_pieces=256)

    assert np.array_equal(linked.embed(TEXTS[:1]), bundled.embed_questions(TEXTS[:1]))


@pytest.mark.real
def test_the_shipped_graph_is_the_one_its_script_writes(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="needs the `training` extra")
    made = tmp_path / "made.onnx"
    command = [sys.executable, "-m", "training.export_encoder", "--out", str(made)]

    subprocess.run(command, check=True, cwd=ROOT)

    assert made.read_bytes() == GRAPH.read_bytes()


def test_altered_weights_are_refused_by_name(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"not the published file")

    with pytest.raises(ModelError, match="not all-MiniLM-L6-v2"):
        embedding._check_weights(weights)


@pytest.mark.real
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_folder_that_holds_no_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="could not be loaded"):
        load_embedder(str(tmp_path))


@pytest.mark.real
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_sentence_transformers_folder_serves_as_embedder() -> None:
    folder = str(embedding.bundled_folder())

    hub = load_embedder(folder)

    assert hub.identity.name == folder
    assert hub.identity.dimensions == 384
    assert hub.identity != load_embedder(BUNDLED_EMBEDDER).identity
    cosine = hub.embed_questions(TEXTS[:1]) @ hub.embed_passages(TEXTS[:1]).T
    assert cosine[0, 0] > 0.9995
