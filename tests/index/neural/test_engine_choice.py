"""The fastest engine is found once and remembered; one that is broken or wrong is never chosen."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import Literal

import numpy as np
import pytest

from index.errors import ModelError
from index.neural.engine_choice import FILE, StoredChoices, fastest_network
from index.neural.network import Engine, Network, NetworkFile
from tests.support.engines import EXAMPLE, SpinningNetwork, UnableNetwork, broken, engine


@pytest.fixture
def file(tmp_path: Path) -> NetworkFile:
    graph = tmp_path / "network.onnx"
    graph.write_bytes(b"a network")
    return NetworkFile(graph)


@pytest.fixture
def choices(tmp_path: Path) -> StoredChoices:
    return StoredChoices(tmp_path / "cache" / FILE)


def test_the_engine_with_the_shortest_call_is_chosen(
    file: NetworkFile, choices: StoredChoices
) -> None:
    slow, fast = SpinningNetwork(8), SpinningNetwork(1)

    chosen = fastest_network(
        file, EXAMPLE, engines=[engine("slow", slow), engine("fast", fast)], choices=choices
    )

    assert chosen.network is fast


def test_the_choice_is_remembered_and_nothing_else_is_loaded(
    file: NetworkFile, choices: StoredChoices
) -> None:
    slow, fast = SpinningNetwork(8), SpinningNetwork(1)
    engines = [engine("slow", slow), engine("fast", fast)]
    fastest_network(file, EXAMPLE, engines=engines, choices=choices)
    tried = slow.calls, fast.calls

    again = fastest_network(file, EXAMPLE, engines=engines, choices=choices)

    assert again.network is fast
    assert (slow.calls, fast.calls) == tried


@pytest.mark.parametrize("change", ["other network", "other version", "one engine more"])
def test_the_engines_are_tried_again_when_what_they_depend_on_changes(
    file: NetworkFile, choices: StoredChoices, change: str
) -> None:
    first, second = SpinningNetwork(1), SpinningNetwork(4)
    fastest_network(
        file, EXAMPLE, engines=[engine("a", first), engine("b", second)], choices=choices
    )
    tried = second.calls
    engines = [engine("a", first), engine("b", second)]
    if change == "other network":
        file.graph.write_bytes(b"another network")
    elif change == "other version":
        engines[1] = engine("b", second, version="2.0")
    else:
        engines.append(broken("c"))

    fastest_network(file, EXAMPLE, engines=engines, choices=choices)

    assert second.calls > tried


def test_an_engine_that_computes_something_else_is_not_chosen_however_fast(
    file: NetworkFile, choices: StoredChoices
) -> None:
    reference = SpinningNetwork(4)
    others = [
        SpinningNetwork(0, output=[3, 2, 1]),
        SpinningNetwork(0, output=[1, 2]),
        SpinningNetwork(0, output=[np.nan, 2, 3]),
        SpinningNetwork(0, output=[0, 0, 0]),
    ]
    engines = [engine("right", reference), *(engine(f"{n}", o) for n, o in enumerate(others))]

    assert fastest_network(file, EXAMPLE, engines=engines, choices=choices).network is reference


@pytest.mark.parametrize(("bits", "name"), [(32, "first"), (8, "rounded-int8")])
def test_how_far_an_engine_may_be_from_the_first_depends_on_the_bits_of_the_network(
    file: NetworkFile, choices: StoredChoices, bits: Literal[8, 32], name: str
) -> None:
    first, rounded = SpinningNetwork(4), SpinningNetwork(0, output=(1.2, 2, 3))
    engines = [engine("first", first), engine("rounded", rounded)]

    chosen = fastest_network(
        NetworkFile(file.graph, bits=bits), EXAMPLE, engines=engines, choices=choices
    )

    assert chosen.name == name


def test_a_slow_engine_is_not_called_again_and_again(
    file: NetworkFile, choices: StoredChoices
) -> None:
    slow, fast = SpinningNetwork(8), SpinningNetwork(2)

    fastest_network(
        file, EXAMPLE, engines=[engine("slow", slow), engine("fast", fast)], choices=choices
    )

    assert slow.calls == 2  # to compare its output, and to time it
    assert fast.calls > 5


def test_an_engine_that_does_not_load_is_passed_over(
    file: NetworkFile, choices: StoredChoices
) -> None:
    works = SpinningNetwork(1)

    chosen = fastest_network(
        file, EXAMPLE, engines=[broken("x"), engine("works", works), broken("y")], choices=choices
    )

    assert chosen.network is works


@pytest.mark.parametrize("first", [True, False], ids=["reference", "another"])
def test_an_engine_that_loads_but_cannot_compute_is_passed_over(
    file: NetworkFile, choices: StoredChoices, first: bool
) -> None:
    works = SpinningNetwork(1)
    engines = [engine("works", works), engine("unable", UnableNetwork())]

    chosen = fastest_network(file, EXAMPLE, engines=engines[:: -1 if first else 1], choices=choices)

    assert chosen.network is works


def test_if_no_engine_loads_the_error_says_why_for_each(
    file: NetworkFile, choices: StoredChoices
) -> None:
    with pytest.raises(ModelError, match=r"the first fault\nthe second fault"):
        fastest_network(
            file,
            EXAMPLE,
            engines=[broken("x", "the first fault"), broken("y", "the second fault")],
            choices=choices,
        )


def test_a_remembered_engine_that_no_longer_loads_gives_way_to_another(
    file: NetworkFile, choices: StoredChoices
) -> None:
    slow, fast = SpinningNetwork(4), SpinningNetwork(0)
    fastest_network(
        file, EXAMPLE, engines=[engine("slow", slow), engine("fast", fast)], choices=choices
    )

    chosen = fastest_network(
        file, EXAMPLE, engines=[engine("slow", slow), broken("fast")], choices=choices
    )

    assert chosen.network is slow


def test_a_network_that_is_not_there_is_a_model_error(
    tmp_path: Path, choices: StoredChoices
) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        fastest_network(NetworkFile(tmp_path / "none.onnx"), EXAMPLE, choices=choices)


@pytest.mark.parametrize(
    "damaged", [b"", b'{"ab', b"\xff\xfe\x00", b"[1, 2]", b'{"k": 3}', b"null"], ids=repr
)
def test_a_damaged_memory_is_written_again(
    file: NetworkFile, tmp_path: Path, damaged: bytes
) -> None:
    path = tmp_path / FILE
    path.write_bytes(damaged)
    only = SpinningNetwork(0)

    fastest_network(file, EXAMPLE, engines=[engine("only", only)], choices=StoredChoices(path))

    assert "only" in json.loads(path.read_text("utf-8")).values()


@pytest.mark.parametrize("folder", ["network.onnx", "network.onnx/below", "/proc/none"])
def test_without_write_access_the_engines_are_tried_at_each_start(
    file: NetworkFile, tmp_path: Path, folder: str
) -> None:
    choices = StoredChoices(tmp_path / folder / FILE)  # a file is in the place of the folder
    only = SpinningNetwork(0)
    tried = []

    for _ in range(2):
        fastest_network(file, EXAMPLE, engines=[engine("only", only)], choices=choices)
        tried.append(only.calls)

    assert tried[0] < tried[1]


def test_two_networks_are_remembered_in_one_file(tmp_path: Path) -> None:
    choices = StoredChoices(tmp_path / FILE)

    choices.put("one", "a")
    choices.put("two", "b")

    assert (choices.get("one"), choices.get("two"), choices.get("three")) == ("a", "b", None)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_threads_load_one_network_after_the_other(tmp_path: Path) -> None:
    (graph := tmp_path / "graph").write_bytes(b"graph")
    loading: list[int] = []
    most: list[int] = []

    def load(file: NetworkFile, cores: int) -> Network:
        loading.append(1)
        most.append(len(loading))
        sleep(0.01)
        loading.pop()
        return SpinningNetwork(0)

    engines, choices = [Engine("slow", lambda: "1", load)], StoredChoices(tmp_path / FILE)
    with ThreadPoolExecutor(4) as pool:
        loads = [
            pool.submit(
                fastest_network, NetworkFile(graph), EXAMPLE, engines=engines, choices=choices
            )
            for _ in range(4)
        ]
        networks = [each.result() for each in loads]

    assert len(networks) == 4
    assert max(most) == 1
