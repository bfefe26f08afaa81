"""The encoder: the published weights, and several ways through them that agree."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.errors import ModelError
from index.neural import embedder as embedding
from index.neural.embedder import BundledEmbedder, HubEmbedder, load_embedder
from index.neural.engine_choice import ENGINES
from index.neural.network import Engine, NetworkFile
from index.neural.openvino_network import OPENVINO_BF16
from index.neural.sentence_encoder import GRAPH, GRAPH_INT8, WEIGHTS, SentenceEncoder
from index.neural.word_pieces import FILE, word_pieces
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


@pytest.fixture(scope="module")
def theirs() -> HubEmbedder:
    """The same weights, as sentence-transformers runs them."""
    return HubEmbedder(str(embedding.bundled_folder()))


def encoder(engine: Engine, bits: int) -> SentenceEncoder:
    """Skips where the engine cannot run it."""
    folder = embedding.bundled_folder()
    whole, small = NetworkFile(GRAPH, folder / WEIGHTS), NetworkFile(GRAPH_INT8, bits=8)
    try:
        network = engine.load(small if bits == 8 else whole, 2)
    except ModelError as error:
        pytest.skip(str(error))
    return SentenceEncoder(folder, max_pieces=256, network=network)


def every_engine(test: Callable[..., None]) -> Callable[..., None]:
    engines = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
    marked: Callable[..., None] = pytest.mark.parametrize("bits", [32, 8])(engines(test))
    return marked


@pytest.mark.real
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch's and transformers' own
@every_engine
def test_every_engine_gives_the_vectors_of_sentence_transformers(
    theirs: HubEmbedder, engine: Engine, bits: int
) -> None:
    ours = encoder(engine, bits)

    cosines = (ours.embed(TEXTS) * theirs.embed_questions(TEXTS)).sum(axis=1)

    if bits == 8:
        # .993 and .962 without AVX-512, whose products of 8 bits saturate; .995 and .975 with it
        assert cosines[:2].min() > 0.99
        assert cosines.min() > 0.95  # one word again and again is no text it was calibrated on
    else:
        assert cosines.min() > (0.9995 if engine is OPENVINO_BF16 else 0.999999)


@pytest.mark.real
@every_engine
def test_a_vector_does_not_depend_on_the_texts_beside_it(engine: Engine, bits: int) -> None:
    ours = encoder(engine, bits)
    texts = [*TEXTS, *(f"{text} and more" for text in TEXTS)]

    together = ours.embed(texts)
    alone = np.concatenate([ours.embed([text]) for text in reversed(texts)])[::-1]

    assert np.array_equal(together, alone)


@pytest.mark.real
@every_engine
def test_texts_encoded_by_many_threads_get_their_own_vectors(engine: Engine, bits: int) -> None:
    ours = encoder(engine, bits)
    alone = ours.embed(TEXTS)

    with ThreadPoolExecutor(5) as pool:
        at_once = list(pool.map(lambda text: ours.embed([text]), TEXTS * 5))

    assert np.array_equal(np.concatenate(at_once), np.concatenate([alone] * 5))


@pytest.mark.real
def test_questions_and_passages_of_one_text_get_the_same_vector(bundled: BundledEmbedder) -> None:
    assert np.array_equal(bundled.embed_questions(TEXTS), bundled.embed_passages(TEXTS))


@pytest.mark.real
def test_the_network_is_loaded_once_for_the_first_vectors_and_not_to_count() -> None:
    fresh = SentenceEncoder(embedding.bundled_folder(), max_pieces=256)

    assert fresh.count(["one word"]) == [4]
    assert fresh._chosen is None

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fresh.embed, [["one"], ["two"], ["three"], ["four"]]))
    loaded = fresh._chosen
    fresh.embed(["five"])
    assert loaded is not None
    assert fresh._chosen is loaded
    assert fresh.engine == loaded.name


@pytest.mark.real
def test_no_texts_have_no_vectors(bundled: BundledEmbedder) -> None:
    assert bundled.embed_passages([]).shape == (0, 384)


@pytest.mark.real
def test_the_bundled_embedder_imports_no_torch() -> None:
    program = (
        "import sys; from index.neural.embedder import BundledEmbedder; "
        "BundledEmbedder().embed_passages(['one', 'two']); sys.exit('torch' in sys.modules)"
    )

    finished = subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT)

    assert finished.returncode == 0


@pytest.mark.real
@pytest.mark.parametrize("instructions", ["SSE41", "AVX2", "AVX512_CORE"])
def test_a_processor_without_bfloat16_or_avx512_gets_the_same_vectors(
    bundled: BundledEmbedder, tmp_path: Path, instructions: str
) -> None:
    """oneDNN, which computes for OpenVINO, takes the older processor from the environment."""
    program = (
        "import sys, numpy; from index.neural.embedder import BundledEmbedder; "
        "numpy.save(sys.argv[1], BundledEmbedder().embed_passages(sys.argv[2:]))"
    )
    saved = tmp_path / "vectors.npy"
    command = [sys.executable, "-c", program, str(saved), *TEXTS]
    older = {"ONEDNN_MAX_CPU_ISA": instructions, "ONRECORD_ENGINE_CACHE": str(tmp_path)}

    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | older)

    cosines = (np.load(saved) * bundled.embed_passages(TEXTS)).sum(axis=1)
    assert cosines[:2].min() > 0.995
    assert cosines.min() > 0.97


@pytest.mark.real
def test_one_core_encodes_what_many_threads_ask(tmp_path: Path) -> None:
    program = (
        "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "from index.neural.embedder import BundledEmbedder\n"
        "encode = BundledEmbedder().embed_passages\n"
        "print(sum(len(each) for each in Pool(4).map(encode, [['a', 'b']] * 8)))"
    )
    alone = {"ONRECORD_ENGINE_CACHE": str(tmp_path)}

    found = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        cwd=ROOT,
        env=os.environ | alone,
        capture_output=True,
    )

    assert found.stdout == b"16\n"


@pytest.mark.real
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_counter_agrees_with_the_tokenizer_of_sentence_transformers(
    bundled: BundledEmbedder, theirs: HubEmbedder
) -> None:
    assert bundled.count(TEXTS) == theirs.count(TEXTS)


SPACES = " \t\n\r\x0b\x1c\x85\xa0\u2028\u200b\u3000\xad"
CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(f"{SPACES}b\u0301漢,.'’—[SEP]")
)


@pytest.mark.real
@given(st.text(CHARACTERS))
def test_pieces_counted_word_by_word_are_those_of_the_whole_text(text: str) -> None:
    counter, tokenizer = _counter()

    assert counter.count([text]) == [len(tokenizer.encode(text).ids)]


@cache
def _counter() -> tuple[SentenceEncoder, Tokenizer]:
    folder = embedding.bundled_folder()
    nowhere = SentenceEncoder(folder, max_pieces=256, network=lambda _: np.zeros(0, np.float32))
    return nowhere, word_pieces(folder / FILE)


@pytest.mark.real
def test_a_pinned_vector_has_not_moved(bundled: BundledEmbedder) -> None:
    [vector] = bundled.embed_questions(["On the record."])

    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector[:4] == pytest.approx(PINNED, abs=1e-2)  # 8 bits have two digits


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
    assert hub.engine.startswith("torch")
