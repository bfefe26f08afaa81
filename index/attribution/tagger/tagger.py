"""Text in, attributions and names found by a trained network out.

A small encoder reads windows of whole paragraphs once; `weights/MODEL_CARD.md` says how it was
trained and how good it is. Knows neither patterns nor entities.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
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
from index.neural.engine_choice import fastest_network
from index.neural.network import Network, NetworkFile
from index.neural.processor import usable_cores
from index.neural.word_pieces import CLS, FILE, SEP, UNKNOWN, word_pieces
from index.statements import Origin

WEIGHTS = Path(__file__).parents[1] / "weights"
NETWORK = WEIGHTS / "tagger.onnx"
HEADS = WEIGHTS / "tagger-heads.safetensors"
NAMES = ("PER", "ORG", "LOC", "MISC")
SOURCE, CONTENT = 0, 1
WINDOWS_AT_ONCE = 8
"""Of one text, on one core: most articles are one such group. The cores share a lone text."""
PADDED_TO = 16
"""Pieces of a window are padded to a multiple of this: 16 lengths instead of 255, of which each
costs an engine 3 ms once, and rows in the number that it computes at a time."""


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

    def read(self, texts: Sequence[str]) -> Iterable[TaggerOutput]:
        """What is found in each text, in their order; perhaps only when it is asked for."""


class LearnedTagger:
    """A tagger with any encoder and its heads; `load_tagger` reads them from files.

    The encoder gives the states of pieces: (windows, pieces, hidden).
    """

    def __init__(
        self,
        encoder: Network,
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

    def read(self, texts: Sequence[str]) -> Iterator[TaggerOutput]:
        """One text after the other, while the next ones are being read."""
        cut = [list(windows(text, self._pieces)) for text in texts]
        at_once = min(WINDOWS_AT_ONCE, -(-sum(map(len, cut)) // self._threads))
        with ThreadPoolExecutor(self._threads) as pool:
            reading = [
                [pool.submit(self._read_some, some) for some in _groups(each, at_once)]
                for each in cut
            ]
            for groups in reading:
                found = [group.result() for group in groups]
                yield TaggerOutput(
                    _in_order([each for attributions, _ in found for each in attributions]),
                    _disjoint([each for _, names in found for each in names]),
                )

    def _read_some(self, some: Sequence[Window]) -> tuple[list[Attribution], list[Mention]]:
        """Windows one by one, and their labels together: a search costs the same for all."""
        states = [self._states(window) for window in some if window.heads.any()]
        return list(self._attributions(states)), list(self._names(states))

    def _states(self, window: Window) -> "_States":
        [hidden] = self._encoder(_padded(encoder_inputs(window)))
        return _States(window, np.flatnonzero(window.heads), hidden[: len(window)])

    def _attributions(self, states: Sequence["_States"]) -> Iterator[Attribution]:
        cue_scores = [self._heads.cues(each.words) for each in states]
        labels = best_labels(cue_scores)
        cues = [each.owned(found) for each, found in zip(states, labels, strict=True)]
        rows = [
            row
            for each, found in zip(states, cues, strict=True)
            if found
            for row in self._heads.roles(each.hidden, each.pieces_of(found), each.heads)
        ]
        cued = [
            (each, scores, cue)
            for each, scores, found in zip(states, cue_scores, cues, strict=True)
            for _, *cue in found
        ]
        chosen = best_labels(rows, self._heads.transitions)
        for (each, scores, (first, last)), roles, filled in zip(cued, rows, chosen, strict=True):
            sure = float(np.exp(scores[first, 1])) * _confidence(roles, filled)
            attribution = Attribution(
                source=each.spans(runs(filled), SOURCE),
                cue=(each.span(first, last),),
                content=each.spans(runs(filled), CONTENT),
                confidence=min(1.0, sure),
                origin=Origin.TAGGER,
            )
            if attribution.content:
                yield attribution

    def _names(self, states: Sequence["_States"]) -> Iterator[Mention]:
        labels = best_labels([self._heads.names(each.words) for each in states])
        for each, found in zip(states, labels, strict=True):
            for kind, first, last in each.owned(found):
                yield Mention(each.span(first, last), NAMES[kind])


@dataclass(frozen=True, slots=True)
class _States:
    """A window, and what the encoder makes of it."""

    window: Window
    heads: NDArray[np.int64]
    """The first piece of each word."""
    hidden: Matrix
    """(pieces, hidden)."""

    @property
    def words(self) -> Matrix:
        """(words, hidden)."""
        rows: Matrix = self.hidden[self.heads]
        return rows

    def owned(self, labels: NDArray[np.int64]) -> list[tuple[int, int, int]]:
        """The kind, first and last word of each span of labels that begins outside of context."""
        return [run for run in runs(labels) if self.window.owned[self.heads[run[1]]]]

    def pieces_of(self, found: Sequence[tuple[int, int, int]]) -> NDArray[np.bool_]:
        """(spans, pieces): those of each span of words."""
        places = np.arange(len(self.window))
        ends = self._ends()
        inside = [(places >= self.heads[first]) & (places < ends[last]) for _, first, last in found]
        return np.stack(inside)

    def span(self, first: int, last: int) -> Span:
        """From one word to another, as code points."""
        start = self.window.spans[self.heads[first], 0]
        return Span(int(start), int(self.window.spans[self._ends()[last] - 1, 1]))

    def spans(self, filled: Sequence[tuple[int, int, int]], role: int) -> tuple[Span, ...]:
        return tuple(self.span(first, last) for kind, first, last in filled if kind == role)

    def _ends(self) -> NDArray[np.int64]:
        """Behind the last piece of each word."""
        return np.append(self.heads[1:], len(self.window) - 1)


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

    def read(self, texts: Sequence[str]) -> Iterator[TaggerOutput]:
        return self._tagger.read(texts)


def load_tagger(network: Path, heads: Path, *, threads: int | None = None) -> LearnedTagger:
    """From the files of `training.export_tagger`; raises ModelError if they cannot be read.

    Each thread reads its own window: on two cores twice as fast as two threads for one window.
    """
    pieces = word_pieces(bundled_folder() / FILE)
    _one_thread_each()
    weights = {name: array.astype(np.float32) for name, array in load_file(heads).items()}
    return LearnedTagger(
        fastest_network(NetworkFile(network, bits=8), _typical()).network,
        Heads(weights),
        pieces,
        fingerprint(network, heads),
        threads=threads or usable_cores(),
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
    """The encoder's inputs by name, each of shape (1, pieces)."""
    return {
        "ids": window.ids[None],
        "mask": np.ones((1, len(window)), np.int64),
        "shapes": window.shapes[None],
        "quoting": window.quoting[None],
        "starting": window.starting[None],
    }


def _padded(inputs: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    """With masked pieces at the end; what is read of a window depends on no other."""
    return {
        name: np.pad(rows, ((0, 0), (0, -rows.shape[1] % PADDED_TO)))
        for name, rows in inputs.items()
    }


def _typical() -> dict[str, NDArray[np.int64]]:
    """As long as a window of news, to try engines with."""
    ids = np.array([[CLS, *[UNKNOWN] * 206, SEP]], np.int64)
    names = ("mask", "shapes", "quoting", "starting")
    return {"ids": ids, **{name: np.ones_like(ids) for name in names}}


def _groups(cut: Iterable[Window], size: int) -> Iterator[list[Window]]:
    iterator = iter(cut)
    while some := list(islice(iterator, size)):
        yield some


def _confidence(roles: Matrix, labels: NDArray[np.int64]) -> float:
    """The mean probability of the labels of source and content, of one cue."""
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
