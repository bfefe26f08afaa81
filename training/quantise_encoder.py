"""Write the bundled sentence encoder with weights and activations of 8 bits.

    python -m training.quantise_encoder

Needs `onnx` (the `training` extra). Activations have fixed scales, calibrated on the sample
archive, so a vector does not depend on other texts. Large channels are first divided among
activations and weights (SmoothQuant, Xiao et al. 2022, arXiv:2211.10438), and each bias takes up
the mean error of its product (Nagel et al. 2019, arXiv:1906.04721). Products of attention, sums and
norms are not quantised.
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import load_file

from index.documents import Article
from index.neural.embedder import BUNDLED_PIECES, BundledEmbedder, bundled_folder
from index.neural.onnxruntime_network import WEIGHTS_FOLDER
from index.neural.sentence_encoder import GRAPH_INT8, INPUT, WEIGHTS
from index.neural.word_pieces import FILE, word_pieces
from index.settings import IndexSettings
from index.sources.jsonl import read_jsonl
from index.sources.sample import sample_path
from index.text.chunking import Chunker, encoder_input
from training.export_encoder import Graph, model

Matrix = NDArray[np.float32]
SHARED = 0.75
"""The exponent by which large channels are divided: 0 leaves them to the activations. Over 80
passages the least cosine to 32 bits was .978 with .5, .9966 with .75 and .9964 with .85."""


class Recorder(Graph):
    """The plain graph; remembers what each linear layer multiplies."""

    def __init__(self, weights: Path) -> None:
        super().__init__(weights)
        self.multiplied: dict[str, list[str]] = defaultdict(list)
        """By the name of the rows, the layers that multiply them."""

    def linear(self, rows: str, name: str) -> str:
        self.multiplied[rows].append(name)
        return super().linear(rows, name)


@dataclass(frozen=True, slots=True)
class Quantised:
    """Layers that multiply the same rows, with their common input."""

    smoothing: Matrix
    """(channels,); rows are divided and weights multiplied by it."""
    scale: np.float32
    zero: np.uint8
    weights: Mapping[str, tuple[NDArray[np.int8], Matrix]]
    """(inputs, outputs) with a scale for each output."""
    biases: Mapping[str, Matrix]


class QuantisedGraph(Graph):
    """Linear layers and word-piece embeddings in 8 bits, other weights in 32."""

    def __init__(self, weights: Path, layers: Mapping[str, Quantised]) -> None:
        super().__init__(weights)
        self._layers = layers
        self._arrays = load_file(weights)
        self._inputs: dict[str, str] = {}

    def weight(self, name: str) -> str:
        rows = self._arrays[name]
        return self._store(name, rows[:BUNDLED_PIECES] if "position" in name else rows)

    def lookup(self, name: str, rows: str) -> str:
        table, scale = by_row(self._arrays[name])
        found = self.apply("Gather", self._store(name, table), rows)
        sizes = self.apply("Gather", self._store(f"{name}.scale", scale), rows)
        return self.apply("Mul", self.apply("Cast", found, to=1), sizes)

    def linear(self, rows: str, name: str) -> str:
        layer = self._layers[name]
        if rows not in self._inputs:
            self._inputs[rows] = self._reduced(rows, name, layer)
        weight, scale = layer.weights[name]
        whole = self.apply(
            "DequantizeLinear",
            self._store(f"{name}.weight", weight),
            self._store(f"{name}.scale", scale),
            self._store(f"{name}.zero", np.zeros(len(scale), np.int8)),
            axis=1,
        )
        product = self.apply("MatMul", self._inputs[rows], whole)
        return self.apply("Add", product, self._store(f"{name}.bias", layer.biases[name]))

    def _reduced(self, rows: str, name: str, layer: Quantised) -> str:
        even = self.apply("Mul", rows, self._store(f"{name}.smoothing", 1 / layer.smoothing))
        steps = self._store(f"{name}.step", layer.scale), self._store(f"{name}.from", layer.zero)
        return self.apply("DequantizeLinear", self.apply("QuantizeLinear", even, *steps), *steps)

    def _store(self, name: str, array: NDArray[np.generic]) -> str:
        return self._keep(numpy_helper.from_array(np.asarray(array), name))


def quantised(
    rows: Matrix, weights: Mapping[str, Matrix], biases: Mapping[str, Matrix]
) -> Quantised:
    """`rows` (words, inputs) are activations; weights are (outputs, inputs)."""
    stacked = np.concatenate(list(weights.values()))
    largest = np.maximum(np.abs(rows).max(0), 1e-5), np.maximum(np.abs(stacked).max(0), 1e-5)
    smoothing = np.asarray(largest[0] ** SHARED / largest[1] ** (1 - SHARED), np.float32)
    even = rows / smoothing
    low, high = min(float(even.min()), 0.0), max(float(even.max()), 0.0)
    scale = np.float32((high - low) / 255)
    zero = np.uint8(round(-low / scale))
    seen = (np.clip(np.round(even / scale) + zero, 0, 255) - np.float32(zero)) * scale
    small, corrected = {}, {}
    for name, weight in weights.items():
        small[name] = by_column((weight * smoothing).T)
        whole = small[name][0] * small[name][1]
        corrected[name] = biases[name] + (rows @ weight.T - seen @ whole).mean(0)
    return Quantised(smoothing, scale, zero, small, corrected)


def by_column(matrix: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    scale = np.asarray(np.maximum(np.abs(matrix).max(0), 1e-8) / 127, np.float32)
    return np.round(matrix / scale).astype(np.int8), scale


def by_row(matrix: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    columns, scale = by_column(matrix.T)
    return np.ascontiguousarray(columns.T), scale[:, None]


def activations(
    folder: Path, texts: Sequence[str]
) -> tuple[dict[str, list[str]], dict[str, Matrix]]:
    """For each input, the layers that multiply it, and its rows for all words of the texts."""
    recorder = Recorder(folder / WEIGHTS)
    model(folder, recorder)
    names = list(recorder.multiplied)
    graph = model(folder, Graph(folder / WEIGHTS), names).SerializeToString()
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry(WEIGHTS_FOLDER, str((folder / WEIGHTS).resolve().parent))
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    tokenizer = word_pieces(folder / FILE)
    found: dict[str, list[Matrix]] = defaultdict(list)
    for text in texts:
        ids = tokenizer.encode(text).ids[:BUNDLED_PIECES]
        for name, rows in zip(names, session.run(names, {INPUT: ids}), strict=True):
            found[name].append(rows)
    return recorder.multiplied, {name: np.concatenate(rows) for name, rows in found.items()}


def layers(folder: Path, texts: Sequence[str]) -> dict[str, Quantised]:
    arrays = load_file(folder / WEIGHTS)
    multiplied, rows = activations(folder, texts)
    made = {}
    for name, users in multiplied.items():
        weights = {user: arrays[f"{user}.weight"] for user in users}
        biases = {user: arrays[f"{user}.bias"] for user in users}
        made |= dict.fromkeys(users, quantised(rows[name], weights, biases))
    return made


def calibration_texts() -> list[str]:
    """The passages of the sample archive as the encoder reads them, and its titles."""
    articles = [item for item in read_jsonl(sample_path()) if isinstance(item, Article)]
    chunker = Chunker(IndexSettings(), BundledEmbedder())
    passages = [
        encoder_input(article, span.of(article.text))
        for article in articles
        for span in chunker.chunk(article).spans
    ]
    return passages + [article.title for article in articles]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=GRAPH_INT8)
    out = parser.parse_args().out
    folder = bundled_folder()
    graph = QuantisedGraph(folder / WEIGHTS, layers(folder, calibration_texts()))
    out.write_bytes(model(folder, graph).SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
