"""What a trained network is to its users, and where its file lies. Knows no engine."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Inputs = Mapping[str, NDArray[np.int64]]
"""Arrays by the names that the graph gives its inputs."""


class Network(Protocol):
    """Safe to use from many threads. Each call takes one core, and depends on its inputs alone."""

    def __call__(self, inputs: Inputs) -> NDArray[np.float32]:
        """The network's only output."""
        ...


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """A network in ONNX."""

    graph: Path
    weights: Path | None = None
    """The file of external weights, for a graph that refers to them by this file's name."""
    bits: Literal[8, 32] = 32
    """Of the weights and of what they are multiplied with."""

    @property
    def fingerprint(self) -> str:
        """Of the graph alone; OSError if it cannot be read."""
        return hashlib.sha256(self.graph.read_bytes()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Engine:
    """A library that runs networks, in one precision."""

    name: str
    version: Callable[[], str]
    load: Callable[[NetworkFile, int], Network]
    """With the number of calls that run at the same time; ModelError if it cannot."""
