"""Text in, attributions and names found by a trained network out.

A small encoder reads windows of whole paragraphs once; `weights/MODEL_CARD.md` says how it was
trained and how good it is. Knows neither patterns nor entities.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer as WordPieces

from index.attribution.annotations import Attribution, Mention
from index.attribution.tagger.heads import Heads, Matrix
from index.attribution.tagger.viterbi import best_labels, runs
from index.attribution.tagger.windows import Window, windows
from index.documents import Span
from index.neural.embedder import bundled_folder
from index.neural.onnx_network import Network
from index.neural.word_pieces import FILE, word_pieces
from index.statements import Origin

WEIGHTS = Path(__file__).parents[1] / "weights"
NETWORK = WEIGHTS / "tagger.onnx"
HEADS = WEIGHTS / "tagger-heads.safetensors"
NAMES = ("PER", "ORG", "LOC", "MISC")
SOURCE, CONTENT = 0, 1


@dataclass(frozen=True, slots=True)
class TaggerOutput:
    """Found in one text, in its order."""

    attributions: tuple[Attribution, ...]
    names: tuple[Mention, ...]
    """Disjoint."""


class Tagger(Protocol):
    """Tags texts; `identity` changes with the weights."""

    @property
    def identity(self) -> str: ...

    def read(self, texts: Sequence[str]) -> list[TaggerOutput]: ...


class Encoder(Protocol):
    """The states of pieces: (windows, pieces, hidden)."""

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> Matrix: ...


class LearnedTagger:
    """A tagger with any encoder and its heads; `load_tagger` reads them from files."""

    def __init__(
        self,
        encoder: Encoder,
        heads: Heads,
        pieces: WordPieces,
        identity: str,
        *,
        threads: int = 1,
    ) -> None:
        self._encoder = encoder
        self._heads = heads
        self._pieces = pieces
        self._threads = threads
        self.identity = identity

    def read(self, texts: Sequence[str]) -> list[TaggerOutput]:
        found: list[list[Attribution]] = [[] for _ in texts]
        named: list[list[Mention]] = [[] for _ in texts]
        cut = [(at, each) for at, text in enumerate(texts) for each in windows(text, self._pieces)]
        with ThreadPoolExecutor(self._threads) as pool:
            read = pool.map(self._read_one, [window for _, window in cut])
            for (at, _), (attributions, names) in zip(cut, read, strict=True):
                found[at] += attributions
                named[at] += names
        return [
            TaggerOutput(_in_order(attributions), _disjoint(names))
            for attributions, names in zip(found, named, strict=True)
        ]

    def _read_one(self, window: Window) -> tuple[list[Attribution], list[Mention]]:
        [hidden] = self._encoder(encoder_inputs(window))
        return list(self._attributions(window, hidden)), list(self._names(window, hidden))

    def _attributions(self, window: Window, hidden: Matrix) -> Iterator[Attribution]:
        heads = np.flatnonzero(window.heads)
        if not len(heads):
            return
        scores = self._heads.cues(hidden[heads])
        cues = [
            (first, last)
            for _, first, last in runs(best_labels(scores[None])[0])
            if window.owned[heads[first]]
        ]
        if not cues:
            return
        marks = np.stack([_pieces_of(window, heads, first, last) for first, last in cues])
        roles = self._heads.roles(hidden, marks)[:, heads]
        labels = best_labels(roles, self._heads.transitions)
        for row, (first, last) in enumerate(cues):
            sure = float(np.exp(scores[first, 1])) * _confidence(roles[row], labels[row])
            filled = runs(labels[row])
            attribution = Attribution(
                source=_spans(window, heads, filled, SOURCE),
                cue=_spans(window, heads, [(0, first, last)], 0),
                content=_spans(window, heads, filled, CONTENT),
                confidence=min(1.0, sure),
                origin=Origin.TAGGER,
            )
            if attribution.content:
                yield attribution

    def _names(self, window: Window, hidden: Matrix) -> Iterator[Mention]:
        heads = np.flatnonzero(window.heads)
        if not len(heads):
            return
        labels = best_labels(self._heads.names(hidden[heads])[None])[0]
        for kind, first, last in runs(labels):
            if window.owned[heads[first]]:
                [span] = _spans(window, heads, [(0, first, last)], 0)
                yield Mention(span, NAMES[kind])


@dataclass(frozen=True)
class ShippedTagger:
    """The tagger with the weights of this package, loaded at first use."""

    threads: int | None = None
    """One for each core if None."""

    @cached_property
    def _tagger(self) -> LearnedTagger:
        return load_tagger(NETWORK, HEADS, threads=self.threads)

    @cached_property
    def identity(self) -> str:
        return fingerprint(NETWORK, HEADS)

    def read(self, texts: Sequence[str]) -> list[TaggerOutput]:
        return self._tagger.read(texts)


def load_tagger(network: Path, heads: Path, *, threads: int | None = None) -> LearnedTagger:
    """From the files of `training.export_tagger`; raises ModelError if they cannot be read.

    Each thread reads its own window: on two cores twice as fast as two threads for one window.
    """
    pieces = word_pieces(bundled_folder() / FILE)
    _one_thread_each()
    weights = {name: array.astype(np.float32) for name, array in load_file(heads).items()}
    return LearnedTagger(
        Network(network, threads=1),
        Heads(weights),
        pieces,
        fingerprint(network, heads),
        threads=threads or os.cpu_count() or 1,
    )


def _one_thread_each() -> None:
    """NumPy's matrix products in the heads use one thread, because every window has its own."""
    ThreadpoolController().limit(limits=1, user_api="blas")


def fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def encoder_inputs(window: Window) -> dict[str, NDArray[np.int64]]:
    """The encoder's inputs by name, each of shape (1, pieces).

    One window at a time, because 8-bit activations are scaled over the whole batch: the result for
    an article must not depend on other articles.
    """
    return {
        "ids": window.ids[None],
        "mask": np.ones((1, len(window)), np.int64),
        "shapes": window.shapes[None],
        "quoting": window.quoting[None],
        "starting": window.starting[None],
    }


def _pieces_of(
    window: Window, heads: NDArray[np.int64], first: int, last: int
) -> NDArray[np.bool_]:
    end = heads[last + 1] if last + 1 < len(heads) else len(window) - 1
    places = np.arange(len(window))
    inside: NDArray[np.bool_] = (places >= heads[first]) & (places < end)
    return inside


def _spans(
    window: Window,
    heads: NDArray[np.int64],
    filled: Sequence[tuple[int, int, int]],
    role: int,
) -> tuple[Span, ...]:
    ends = [*heads[1:].tolist(), len(window) - 1]
    return tuple(
        Span(int(window.spans[heads[first], 0]), int(window.spans[ends[last] - 1, 1]))
        for kind, first, last in filled
        if kind == role
    )


def _confidence(roles: Matrix, labels: NDArray[np.int64]) -> float:
    """The mean probability of the labels of source and content."""
    chosen = np.exp(np.take_along_axis(roles, labels[:, None], axis=1)[:, 0])
    filled = chosen[labels > 0]
    return float(filled.mean()) if len(filled) else 0.0


def _in_order(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    return tuple(sorted(attributions, key=lambda each: (each.cue, each.content)))


def _disjoint(names: Sequence[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for name in sorted(names, key=lambda each: each.span):
        if not kept or kept[-1].span.end <= name.span.start:
            kept.append(name)
    return tuple(kept)
