"""Short texts to unit vectors, one at a time, on one core and without torch.

The graph from `training.export_encoder` refers to each weight by its place in the model's own file,
so the weights are on disk only once.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.neural.onnx_network import Network
from index.neural.word_pieces import FILE, word_pieces

GRAPH = Path(__file__).with_suffix(".onnx")
WEIGHTS = "model.safetensors"
"""In the model's folder; the graph fits only the published file, so check its hash."""
INPUT = "pieces"
DIMENSIONS = 384


class SentenceEncoder:
    """Safe to use from many threads."""

    def __init__(self, folder: Path, *, max_pieces: int) -> None:
        self._tokenizer = word_pieces(folder / FILE)
        # Questions run in parallel: more threads for each would only wait for one another.
        # ONNX Runtime refuses weights behind a link, so it gets their real location.
        weights = (folder / WEIGHTS).resolve().parent
        self._network = Network(GRAPH, threads=1, weights=weights)
        self._max_pieces = max_pieces

    def count(self, texts: Sequence[str]) -> list[int]:
        """Word-pieces of each text, [CLS] and [SEP] included, without truncation."""
        return [len(encoded.ids) for encoded in self._tokenizer.encode_batch(list(texts))]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, DIMENSIONS); a text is cut at `max_pieces`."""
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._network({INPUT: self._pieces(text)})
        return vectors

    def _pieces(self, text: str) -> NDArray[np.int64]:
        ids = self._tokenizer.encode(text).ids
        if len(ids) > self._max_pieces:
            ids = [*ids[: self._max_pieces - 1], ids[-1]]
        return np.array(ids, np.int64)
