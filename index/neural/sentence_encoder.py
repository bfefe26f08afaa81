"""Texts to unit vectors, by the bundled weights and without torch.

The graph from `training.export_encoder` refers to each weight by its place in the model's own file,
so the weights are on disk only once. `training.quantise_encoder` wrote the same network in 8 bits,
which runs instead where it is faster: an index may hold vectors of both, and questions of either
are compared with them (`MODEL_CARD.md`). Both take one text at a time: a batch is hardly faster
(1.05 times), is padded, and its vectors depend on what else is in it.
"""

import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.neural.engine_choice import ChosenNetwork, fastest_network
from index.neural.network import Network, NetworkFile
from index.neural.processor import usable_cores
from index.neural.word_pieces import FILE, word_pieces

GRAPH = Path(__file__).with_suffix(".onnx")
GRAPH_INT8 = Path(__file__).with_name("sentence_encoder_int8.onnx")
"""With its weights."""
WEIGHTS = "model.safetensors"
"""In the model's folder; the graph fits only the published file, so check its hash."""
INPUT = "pieces"
DIMENSIONS = 384
MARKS = 2
"""[CLS] and [SEP]."""
WORDS_KEPT, LONGEST_KEPT = 2**16, 40
"""Words whose pieces are remembered, since an archive writes them again and again; characters."""
_SPACED = re.compile(r"[^ \t\n\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""The tokeniser splits at these first; other control characters it drops."""
TYPICAL = """Harbour town votes on new sea wall (3 March 2025)
Residents of the harbour district voted on Monday to build a sea wall along the northern shore,
after storms had flooded the market three times in two years. The council said that the work would
cost 4.2 million and take eighteen months. "We cannot wait for another winter," said the mayor, who
had asked the regional government for help since the first flood. Fishermen fear that the wall will
close the small slipway, from which eleven boats still sail. An engineer of the port authority told
the meeting that a gate could be left open in calm weather. Shops near the quay reported losses of
about 300,000 after the last storm, and two of them have not opened again. Opponents argue that
dunes would protect the coast for a third of the price, but a study by the university found that
they would wash away within ten years. The first stones are to be laid in autumn.
"""
"""As long as a passage of news, to try engines with."""


class SentenceEncoder:
    """Safe to use from many threads.

    The network is loaded for the first text to embed: who only counts, or is answered from
    statements, does not wait for it.
    """

    def __init__(self, folder: Path, *, max_pieces: int, network: Network | None = None) -> None:
        """With the fastest engine, unless a `network` is given."""
        self._tokenizer = word_pieces(folder / FILE)
        self._file = NetworkFile(GRAPH, folder / WEIGHTS)
        self._chosen = ChosenNetwork(network, "given") if network else None
        self._loading = threading.Lock()
        self._max_pieces = max_pieces
        self._cores = usable_cores()
        self._pieces_of = _PiecesOf(self._tokenizer)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Word-pieces of each text, [CLS] and [SEP] included, without truncation."""
        return [
            MARKS + sum(map(self._pieces_of.__getitem__, _SPACED.findall(text))) for text in texts
        ]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, DIMENSIONS); a text is cut at `max_pieces`.

        ModelError if no engine runs the network.
        """
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        network = self._loaded().network
        if len(texts) == 1:  # a question: no thread is worth starting
            vectors[0] = self._vector(network, texts[0])
        else:
            with ThreadPoolExecutor(self._cores, thread_name_prefix="encoder") as pool:
                for row, vector in enumerate(pool.map(partial(self._vector, network), texts)):
                    vectors[row] = vector
        return vectors

    @property
    def engine(self) -> str:
        """The name of the fastest one; ModelError if no engine runs the network."""
        return self._loaded().name

    def _loaded(self) -> ChosenNetwork:
        with self._loading:
            if self._chosen is None:
                self._chosen = fastest_network(
                    self._file,
                    {INPUT: self._pieces(TYPICAL)},
                    instead=[NetworkFile(GRAPH_INT8, bits=8)],
                )
            return self._chosen

    def _vector(self, network: Network, text: str) -> NDArray[np.float32]:
        return network({INPUT: self._pieces(text)})

    def _pieces(self, text: str) -> NDArray[np.int64]:
        ids = self._tokenizer.encode(text).ids
        if len(ids) > self._max_pieces:
            ids = [*ids[: self._max_pieces - 1], ids[-1]]
        return np.array(ids, np.int64)


class _PiecesOf(dict[str, int]):
    """How many word-pieces a word is cut into; the first words that come are remembered."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def __missing__(self, word: str) -> int:
        pieces = len(self._tokenizer.encode(word, add_special_tokens=False).ids)
        if len(word) <= LONGEST_KEPT and len(self) < WORDS_KEPT:
            self[word] = pieces
        return pieces
