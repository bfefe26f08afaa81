"""OpenVINO: what it needs from its files, and that it tells nobody of its use."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.neural.embedder import bundled_folder
from index.neural.network import Engine, NetworkFile
from index.neural.openvino_network import OPENVINO_BF16, OPENVINO_F32
from index.neural.sentence_encoder import GRAPH, INPUT, WEIGHTS
from tests.support.places import ROOT

PIECES = np.arange(2000, 2185)
ENGINES = pytest.mark.parametrize(
    "engine", [OPENVINO_BF16, OPENVINO_F32], ids=lambda engine: engine.name
)


@pytest.mark.real
def test_openvino_is_imported_without_its_telemetry(tmp_path: Path) -> None:
    program = (
        "import sys; from index.neural.openvino_network import _openvino; _openvino(); "
        "sys.exit('openvino_telemetry' in sys.modules)"
    )

    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        cwd=ROOT,
        env=os.environ | {"HOME": str(tmp_path)},
    )

    assert list(tmp_path.iterdir()) == []


@pytest.mark.real
@ENGINES
@pytest.mark.parametrize("content", [b"", b"not a network"], ids=["empty", "nonsense"])
def test_a_damaged_graph_is_a_model_error(engine: Engine, tmp_path: Path, content: bytes) -> None:
    graph = tmp_path / "network.onnx"
    graph.write_bytes(content)

    with pytest.raises(ModelError):
        engine.load(NetworkFile(graph), 1)


@pytest.mark.real
@ENGINES
def test_missing_weights_are_a_model_error(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        engine.load(NetworkFile(GRAPH, tmp_path / WEIGHTS), 1)


@pytest.mark.real
def test_weights_on_another_file_system_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    file = NetworkFile(GRAPH, bundled_folder() / WEIGHTS)

    vector = OPENVINO_F32.load(file, 1)({INPUT: PIECES})

    assert vector.shape == (384,)


@pytest.mark.real
def test_what_a_call_returned_stays_when_the_next_call_is_made() -> None:
    file = NetworkFile(GRAPH, bundled_folder() / WEIGHTS)
    network = OPENVINO_F32.load(file, 1)

    first = network({INPUT: PIECES})
    kept = first.copy()
    network({INPUT: PIECES[:9]})

    assert (first == kept).all()


@pytest.mark.real
def test_no_temporary_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    OPENVINO_F32.load(NetworkFile(GRAPH, bundled_folder() / WEIGHTS), 1)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.real
def test_the_first_calls_of_a_process_may_come_from_many_threads() -> None:
    program = (
        "import numpy as np\n"
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "from index.neural.embedder import bundled_folder\n"
        "from index.neural.network import NetworkFile\n"
        "from index.neural.openvino_network import OPENVINO_F32\n"
        "from index.neural.sentence_encoder import GRAPH, INPUT, WEIGHTS\n"
        "network = OPENVINO_F32.load(NetworkFile(GRAPH, bundled_folder() / WEIGHTS), 8)\n"
        "print(len(list(Pool(8).map(network, [{INPUT: np.arange(n)} for n in range(2, 18)]))))"
    )

    found = [
        subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, capture_output=True)
        for _ in range(3)
    ]

    assert [each.stdout for each in found] == [b"16\n"] * 3
