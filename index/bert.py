"""A BERT sentence encoder's forward pass in NumPy, for one short question at a time.

The architecture of Devlin et al. 2019 (arXiv:1810.04805) with mean pooling as in Sentence-BERT
(Reimers and Gurevych 2019, arXiv:1908.10084). Exact float32 and no torch: loads in .2 s.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from index.errors import ModelError

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bert:
    """Weights and tokenizer of one model folder; safe to use from many threads."""

    weights: Mapping[str, Matrix]
    tokenizer: Tokenizer
    layers: int
    heads: int
    dimensions: int
    epsilon: float
    max_pieces: int

    @classmethod
    def load(cls, folder: Path, *, max_pieces: int) -> "Bert":
        config = _config(folder)
        one_thread_each()
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(
            weights=load_file(folder / "model.safetensors"),
            tokenizer=tokenizer,
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            dimensions=config["hidden_size"],
            epsilon=config["layer_norm_eps"],
            max_pieces=max_pieces,
        )

    def count(self, texts: Sequence[str]) -> list[int]:
        """Word-pieces of each text, [CLS] and [SEP] included, nothing cut."""
        return [len(encoded.ids) for encoded in self.tokenizer.encode_batch(list(texts))]

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, shape (n, dimensions); a text is cut at `max_pieces`."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._embed_one(text)
        return vectors

    def _embed_one(self, text: str) -> Matrix:
        ids = self.tokenizer.encode(text).ids
        if len(ids) > self.max_pieces:
            ids = [*ids[: self.max_pieces - 1], ids[-1]]
        hidden = self._layer_norm(self._embeddings(ids), "embeddings.LayerNorm")
        for layer in range(self.layers):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        mean: Matrix = hidden.mean(axis=0)
        return mean / max(float(np.linalg.norm(mean)), 1e-12)

    def _embeddings(self, ids: list[int]) -> Matrix:
        table = "embeddings.{}_embeddings.weight".format
        words, positions = self.weights[table("word")], self.weights[table("position")]
        kinds = self.weights[table("token_type")]
        summed: Matrix = words[ids] + positions[: len(ids)] + kinds[0]
        return summed

    def _layer(self, hidden: Matrix, name: str) -> Matrix:
        attended = self._linear(self._attention(hidden, name), f"{name}.attention.output.dense")
        hidden = self._layer_norm(hidden + attended, f"{name}.attention.output.LayerNorm")
        widened = gelu(self._linear(hidden, f"{name}.intermediate.dense"))
        narrowed = self._linear(widened, f"{name}.output.dense")
        return self._layer_norm(hidden + narrowed, f"{name}.output.LayerNorm")

    def _attention(self, hidden: Matrix, name: str) -> Matrix:
        query, key, value = (
            self._split_heads(self._linear(hidden, f"{name}.attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        joined: Matrix = mixed.transpose(1, 0, 2).reshape(hidden.shape)
        return joined

    def _split_heads(self, rows: Matrix) -> Matrix:
        split: Matrix = rows.reshape(len(rows), self.heads, -1).transpose(1, 0, 2)
        return split

    def _linear(self, rows: Matrix, name: str) -> Matrix:
        product: Matrix = rows @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return product

    def _layer_norm(self, rows: Matrix, name: str) -> Matrix:
        centred = rows - rows.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self.epsilon)
        scaled: Matrix = centred / deviation * self.weights[f"{name}.weight"]
        return scaled + self.weights[f"{name}.bias"]


def one_thread_each() -> None:
    """One BLAS thread a question: more of them fight as soon as two questions are asked at once."""
    ThreadpoolController().limit(limits=1, user_api="blas")


def _config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / "config.json").read_text())
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise ModelError(
            f"{folder} holds a {config.get('model_type')!r} model with "
            f"{config.get('hidden_act')!r}; wanted BERT with gelu."
        )
    return config


def gelu(rows: Matrix) -> Matrix:
    return rows * np.float32(0.5) * (1 + _erf(rows * np.float32(1 / np.sqrt(2))))


def _erf(x: Matrix) -> Matrix:
    """Abramowitz and Stegun 1964, formula 7.1.26; absolute error under 1.5e-7."""
    t = 1 / (1 + np.float32(0.3275911) * np.abs(x))
    polynomial = np.zeros_like(x)
    for coefficient in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        polynomial = t * (np.float32(coefficient) + polynomial)
    curve: Matrix = np.sign(x) * (1 - polynomial * np.exp(-x * x))
    return curve
