"""The network of 8 bits: chosen where it is faster and right, passed over where it is damaged."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.neural.embedder import bundled_folder
from index.neural.engine_choice import ENGINES, FILE, StoredChoices, fastest_network
from index.neural.network import Engine, Network, NetworkFile
from index.neural.sentence_encoder import GRAPH, GRAPH_INT8, INPUT, WEIGHTS
from tests.support.engines import EXAMPLE, SpinningNetwork, UnableNetwork
from tests.support.places import ROOT


@pytest.fixture
def file(tmp_path: Path) -> NetworkFile:
    graph = tmp_path / "network.onnx"
    graph.write_bytes(b"a network")
    return NetworkFile(graph)


@pytest.fixture
def choices(tmp_path: Path) -> StoredChoices:
    return StoredChoices(tmp_path / "cache" / FILE)


@pytest.fixture
def small(tmp_path: Path) -> NetworkFile:
    graph = tmp_path / "small.onnx"
    graph.write_bytes(b"the same with 8 bits")
    return NetworkFile(graph, bits=8)


def by_bits(name: str, large: Network, small: Network) -> Engine:
    """An engine that runs two networks."""
    return Engine(name, lambda: "1.0", lambda file, _: small if file.bits == 8 else large)


@pytest.mark.parametrize(
    ("milliseconds", "name"), [(1, "only-int8"), (9, "only")], ids=["faster", "slower"]
)
def test_eight_bits_are_chosen_only_where_they_are_faster(
    file: NetworkFile, small: NetworkFile, choices: StoredChoices, milliseconds: int, name: str
) -> None:
    engines = [by_bits("only", SpinningNetwork(4), SpinningNetwork(milliseconds))]

    chosen = [
        fastest_network(file, EXAMPLE, instead=[small], engines=engines, choices=choices).name
        for _ in range(2)
    ]

    assert chosen == [name, name]


def test_eight_bits_that_compute_something_else_are_not_chosen(
    file: NetworkFile, small: NetworkFile, choices: StoredChoices
) -> None:
    engines = [by_bits("only", SpinningNetwork(4), SpinningNetwork(0, output=(1.5, 2, 3)))]

    chosen = fastest_network(file, EXAMPLE, instead=[small], engines=engines, choices=choices)

    assert chosen.name == "only"


@pytest.mark.parametrize("damage", ["missing", "unable"])
def test_eight_bits_that_cannot_be_read_or_computed_are_passed_over(
    file: NetworkFile, small: NetworkFile, choices: StoredChoices, damage: str
) -> None:
    engines = [by_bits("only", SpinningNetwork(4), UnableNetwork())]
    if damage == "missing":
        small.graph.unlink()

    chosen = fastest_network(file, EXAMPLE, instead=[small], engines=engines, choices=choices)

    assert chosen.name == "only"


@pytest.mark.real
@pytest.mark.parametrize(
    "content", [b"", b"not a network", None], ids=["empty", "nonsense", "half"]
)
def test_where_the_network_of_eight_bits_is_damaged_the_other_runs(
    tmp_path: Path, content: bytes | None
) -> None:
    damaged = tmp_path / GRAPH_INT8.name
    damaged.write_bytes(GRAPH_INT8.read_bytes()[:9_000_000] if content is None else content)
    folder = bundled_folder()

    chosen = fastest_network(
        NetworkFile(GRAPH, folder / WEIGHTS),
        {INPUT: np.arange(2000, 2185)},
        instead=[NetworkFile(damaged, bits=8)],
        choices=StoredChoices(tmp_path / "engines.json"),
    )

    assert chosen.name in {engine.name for engine in ENGINES}


@pytest.mark.real
def test_the_shipped_network_of_eight_bits_is_the_one_its_script_writes(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="needs the `training` extra")
    made = tmp_path / "made.onnx"
    command = [sys.executable, "-m", "training.quantise_encoder", "--out", str(made)]

    subprocess.run(command, check=True, cwd=ROOT)

    # sums of activations in another order may end a digit apart, so only what is fixed is compared
    ours, theirs = onnx.load(GRAPH_INT8).graph, onnx.load(made).graph
    assert [node.SerializeToString() for node in ours.node] == [
        node.SerializeToString() for node in theirs.node
    ]
