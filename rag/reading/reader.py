"""A question and passages -> for each sentence the likeliest answer span and its log odds.

The network is an extractive reader with a score for "no answer" (Devlin et al. 2019), trained by
`training/train_reader.py`. `rag/reading/weights/MODEL_CARD.md` lists its training data and scores.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.documents import Span
from index.errors import ModelError
from index.neural.embedder import bundled_folder
from index.neural.network import NetworkFile
from index.neural.onnxruntime_network import OnnxRuntimeNetwork
from index.neural.processor import usable_cores
from index.neural.word_pieces import FILE, UNKNOWN, word_pieces
from rag.reading.language_id import is_english
from rag.reading.spans import UNSEEN, Packed, PieceScores, SpanPrediction, best_span, pack, snapped

NETWORK = Path(__file__).parent / "weights" / "reader.onnx"
BUNDLED, NO_READER = "bundled", "none"
WINDOW = 320
"""Word-pieces of a sequence; a longer passage is read in windows that overlap by half."""
MOST_UNKNOWN = 0.3
"""Share of unknown word-pieces above which a text is in a language the reader does not know."""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to be read, as sentences of an article in ascending order."""

    text: str
    """Of the whole article."""
    sentences: tuple[Span, ...]


class Reader(Protocol):
    """Safe to use from many threads."""

    def read(
        self, question: str, texts: Sequence[Text], *, deadline: float | None = None
    ) -> list[tuple[SpanPrediction, ...] | None]:
        """One prediction for each sentence of each text.

        None for a text in a language it does not read, and for one not started before the
        `deadline` (on the clock of `time.monotonic`).
        """
        ...


class SpanReader:
    """The bundled reader, or another network of the same form."""

    def __init__(
        self, network: Path = NETWORK, tokenizer: Path | None = None, *, english: bool = True
    ) -> None:
        """With `english`, other languages stay unread. ModelError when a file cannot be read."""
        self._english = english
        self._tokenizer = _tokenizer(tokenizer or bundled_folder() / FILE)
        # One thread per passage, and as many passages at once as there are cores: a network on two
        # threads is not twice as fast. Each text has another length, and OpenVINO prepares and
        # keeps something for each: with 300 of them it takes a third more time, and 950 MB.
        self._network = OnnxRuntimeNetwork(NetworkFile(network))
        self._check(network)
        self._pool = ThreadPoolExecutor(usable_cores(), thread_name_prefix="reader")

    def _check(self, file: Path) -> None:
        """Another network loads as well, and would fail at the first question."""
        packed = pack((UNKNOWN,), (UNKNOWN,))
        wanted = (
            f"a start and an end for each of {len(packed)} word-pieces, given `ids` and `kinds`"
        )
        try:
            shape = self._network({"ids": packed.ids[None], "kinds": packed.kinds[None]}).shape
        except Exception as error:
            raise ModelError(f"{file} is no reader: expected {wanted} ({error}).") from error
        if shape != (1, len(packed), 2):
            raise ModelError(f"{file} is no reader: it gives the shape {shape}; expected {wanted}.")

    def read(
        self, question: str, texts: Sequence[Text], *, deadline: float | None = None
    ) -> list[tuple[SpanPrediction, ...] | None]:
        asked = self._pieces(question)
        if self._is_foreign(question, asked):
            return [None] * len(texts)
        return list(self._pool.map(lambda text: self._in_time(asked, text, deadline), texts))

    def _in_time(
        self, question: NDArray[np.int64], text: Text, deadline: float | None
    ) -> tuple[SpanPrediction, ...] | None:
        if not text.sentences or (deadline is not None and monotonic() >= deadline):
            return None
        first = text.sentences[0].start
        part = text.text[first : text.sentences[-1].end]
        encoded = self._tokenizer.encode(part, add_special_tokens=False)
        ids = np.array(encoded.ids, np.int64)
        if self._is_foreign(part, ids):
            return None
        offsets = np.array(encoded.offsets, np.int64).reshape(-1, 2) + first
        room = WINDOW - len(pack(question, ()))
        windows = [
            self._scored(pack(question, ids[at : at + room]), offsets[at : at + room])
            for at in _starts(len(ids), room)
        ]
        return tuple(_prediction(text.text, sentence, windows) for sentence in text.sentences)

    def _scored(self, packed: Packed, offsets: NDArray[np.int64]) -> PieceScores:
        """Of one window; the network gives a start and an end score for each word-piece."""
        inputs = {"ids": packed.ids[None], "kinds": packed.kinds[None]}
        scores = self._network(inputs)[0].astype(np.float64)
        inside = scores[packed.start : packed.start + packed.size] - scores[0]
        return PieceScores(offsets, inside[:, 0], inside[:, 1])

    def _is_foreign(self, text: str, ids: NDArray[np.int64]) -> bool:
        unknown = not len(ids) or bool(np.mean(ids == UNKNOWN) > MOST_UNKNOWN)
        return unknown or (self._english and not is_english(text))

    def _pieces(self, text: str) -> NDArray[np.int64]:
        return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, np.int64)


def reader_files(setting: str) -> list[Path]:
    """The network that a setting names, and its tokenizer if it has one; empty without a reader."""
    if setting == NO_READER:
        return []
    place = NETWORK if setting == BUNDLED else Path(setting)
    network = place if place.is_file() else place / NETWORK.name
    return [path for path in (network, network.with_name(FILE)) if path.is_file()]


def load_reader(setting: str) -> Reader | None:
    """The reader that `ONRECORD_READER` names; ModelError when it cannot be loaded."""
    if setting == NO_READER:
        return None
    if setting == BUNDLED:
        return SpanReader()
    try:
        return reader_in(Path(setting))
    except ModelError as error:
        raise ModelError(
            f"ONRECORD_READER is {setting!r}: {error} "
            f"Give a folder with a reader, its file, {BUNDLED} or {NO_READER}."
        ) from error


def reader_in(place: Path) -> Reader:
    """The reader of a folder, or of the file of its network; ModelError when none works.

    Without a tokenizer beside it, it uses the bundled one and reads English.
    """
    network = place if place.is_file() else place / NETWORK.name
    if not network.is_file():
        raise ModelError(f"{network} does not exist; training/export_reader.py writes it.")
    tokenizer = network.parent / FILE
    own = tokenizer.is_file()
    return SpanReader(network, tokenizer if own else None, english=not own)


def _tokenizer(path: Path) -> Tokenizer:
    try:
        return word_pieces(path)
    except Exception as error:
        raise ModelError(f"{path} cannot be read as a tokenizer ({error}).") from error


def _prediction(text: str, sentence: Span, windows: Sequence[PieceScores]) -> SpanPrediction:
    found = [each for part in windows if (each := best_span(part, sentence))]
    if not found:
        return SpanPrediction(sentence, UNSEEN)
    answer, odds = max(found, key=lambda each: each[1])  # the best of overlapping windows
    return SpanPrediction(snapped(text, sentence, answer), odds)


def _starts(count: int, room: int) -> Sequence[int]:
    """Starts of the windows; the last window ends with the text."""
    last = max(0, count - room)
    return [*range(0, last, room // 2), last]
