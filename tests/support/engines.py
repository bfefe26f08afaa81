"""Engines without a network in them, and how far a real one is from the first."""

from collections.abc import Sequence
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import ModelError
from index.neural.engine_choice import ENGINES
from index.neural.network import Engine, Inputs, Network, NetworkFile

EXAMPLE = {"ids": np.arange(4)}


class SpinningNetwork:
    """Gives the same output after some milliseconds of the processor's time."""

    def __init__(self, milliseconds: float, output: Sequence[float] = (1, 2, 3)) -> None:
        self.calls = 0
        self._seconds = milliseconds / 1000
        self._output = np.array(output, np.float32)

    def __call__(self, inputs: Inputs) -> NDArray[np.float32]:
        self.calls += 1
        end = process_time() + self._seconds
        while process_time() < end:
            pass
        return self._output


class UnableNetwork:
    """Loads, but cannot compute."""

    def __call__(self, inputs: Inputs) -> NDArray[np.float32]:
        raise ModelError("no such instruction")


def engine(name: str, network: Network, version: str = "1.0") -> Engine:
    return Engine(name, lambda: version, lambda _file, _calls: network)


def broken(name: str, fault: str = "it does not load") -> Engine:
    def load(_file: NetworkFile, _calls: int) -> Network:
        raise ModelError(fault)

    return Engine(name, lambda: "1.0", load)


def difference_to_the_first(engine: Engine, network: Path, inputs: Inputs) -> float:
    """Of the outputs, relative to the length of the first engine's; skips where it cannot run."""
    try:
        output = engine.load(NetworkFile(network), 1)(inputs)
    except ModelError as error:
        pytest.skip(str(error))

    reference = ENGINES[0].load(NetworkFile(network), 1)(inputs)

    return float(np.linalg.norm(output - reference) / np.linalg.norm(reference))
