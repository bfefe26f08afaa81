"""The stores alone, over made-up passages: build, add 50, search, memory, disk and recall.

A program for a process of its own: its argument is the JSON of a `StoresRequest`. It prints the
JSON of a `StoresTimes`. Vectors are stored ones with noise, texts are drawn word by word.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from eval.bench.load import percentile
from eval.bench.programs import protocol
from eval.bench.speed import bytes_under
from eval.bench.variants import noisy
from eval.runs.environment import resident_mb
from index.language.terms import analyze
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings
from index.statements import Speaker
from index.stores.generation.generation import Generation, Generations
from index.stores.generation.parent import Continuation
from index.stores.generation.publication import publish
from index.stores.generation.statement_rows import StoredStatement
from index.stores.generation.writer import Provenance
from index.stores.search.passage_table import PassageTable

FIFTY = 50
PASSAGE_WORDS, QUESTION_WORDS = 80, 5
PER_ARTICLE = 10
QUESTIONS = 50
NEAREST, POOL = 10, 100
BLOCK = 1024
"""Passages made together, from one seed."""
CHARACTERS = 500
SETTINGS = IndexSettings()


@dataclass(frozen=True, slots=True)
class StoresRequest:
    """How many passages to make, and of what."""

    passages: int
    vectors: str
    """A npy file of unit rows (n, d)."""
    words: str
    """A text file of words, the most frequent first, one a line."""


@dataclass(frozen=True, slots=True)
class StoresTimes:
    """One size."""

    passages: int
    build_seconds: float
    """A first generation, written and published."""
    add_fifty_seconds: float
    """A second generation with 50 passages more."""
    vectors_p50_ms: float
    """The 100 nearest to one vector."""
    terms_p50_ms: float
    """The 100 best of five words."""
    resident_mb: float
    """With the generation open, before anything is searched exactly."""
    disk_mb: float
    recall: float
    """Of the ten nearest, over 50 vectors that are none of the rows."""


@dataclass
class SyntheticArchive:
    """What a generation is written from, made from seeds: the same passage each time it is read."""

    base: NDArray[np.float32]
    words: Sequence[str]
    passages: int
    identity: str = "synthetic"
    generation: str = ""

    def latest_generation(self) -> str:
        return self.generation

    def record_generation(self, generation: str) -> None:
        self.generation = generation

    def passage_table(self, before: PassageTable | None = None) -> PassageTable:
        """All of it each time: to make it takes no longer than to bring one up to date."""
        del before
        n, articles = self.passages, -(-self.passages // PER_ARTICLE)
        rows = np.arange(n, dtype=np.int64)
        names = tuple(f"a{number:09}" for number in range(articles))
        start = (rows % PER_ARTICLE * CHARACTERS).astype(np.int32)
        return PassageTable(
            passage=rows + 1,
            article=(rows // PER_ARTICLE).astype(np.int32),
            start=start,
            end=start + CHARACTERS,
            embedded=np.ones(n, np.bool_),
            article_ids=names,
            revisions=names,
            published=np.full(articles, 1_700_000_000, np.int64),
            outlet=np.full(articles, -1, np.int32),
            outlets=(),
            statement=np.zeros(0, np.int64),
            story=np.arange(articles, dtype=np.int32),
        )

    def engines(self) -> tuple[str, ...]:
        return (self.identity,)

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        found = np.empty((len(passage_ids), self.base.shape[1]), np.float32)
        for block in np.unique(passage_ids // BLOCK):
            places = np.flatnonzero(passage_ids // BLOCK == block)
            found[places] = self._block(int(block))[passage_ids[places] % BLOCK]
        return found

    def _block(self, block: int) -> NDArray[np.float32]:
        rows = np.random.default_rng(block).integers(len(self.base), size=BLOCK)
        return noisy(self.base[rows], block)

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterator[tuple[int, str, str]]:
        for block, ids in groupby(passage_ids.tolist(), lambda number: number // BLOCK):
            made = self.drawn(np.random.default_rng(block), BLOCK, PASSAGE_WORDS)
            yield from ((each, f"Report {each // PER_ARTICLE}", made[each % BLOCK]) for each in ids)

    def drawn(self, draws: np.random.Generator, n: int, length: int) -> list[str]:
        """Texts whose words have the frequencies of Zipf's law."""
        frequency = np.cumsum(1 / np.arange(1, len(self.words) + 1))
        drawn = np.searchsorted(frequency, draws.random((n, length)) * frequency[-1])
        return [" ".join(self.words[at] for at in row) for row in drawn.tolist()]

    def statements_by_id(self, _: NDArray[np.int64]) -> Iterator[StoredStatement]:
        return iter(())

    def refresh_speakers(self, *, fresh: bool) -> None:
        """There are none."""

    def changed_speakers(self) -> list[str]:
        return []

    def speakers(self, keys: Iterable[str] | None = None) -> Iterator[Speaker]:
        del keys
        return iter(())


def stores(archive: SyntheticArchive) -> StoresTimes:
    """Of a generation over the archive, which has 50 passages more afterwards."""
    identity = EmbedderIdentity("synthetic", "synthetic", archive.base.shape[1], 256)
    made_by = Provenance(SETTINGS, identity, "none")
    with TemporaryDirectory(prefix="onrecord-stores-") as aside:
        folder, n = Path(aside), archive.passages
        build = _seconds(lambda: publish(folder, archive, provenance=made_by, after=None))
        archive.passages += FIFTY
        add = _seconds(
            lambda: publish(
                folder, archive, provenance=made_by, after=Continuation.of(folder, archive)
            )
        )
        generations = Generations(folder, settings=SETTINGS, embedder=identity)
        current = generations.current()
        vectors, words = _questions(archive)
        by_vector = [_seconds(partial(current.vectors.search, each, POOL)) for each in vectors]
        by_terms = [_seconds(partial(current.terms.search, each, POOL)) for each in words]
        return StoresTimes(
            passages=n,
            build_seconds=round(build, 3),
            add_fifty_seconds=round(add, 3),
            vectors_p50_ms=percentile([1000 * each for each in by_vector], 50),
            terms_p50_ms=percentile([1000 * each for each in by_terms], 50),
            resident_mb=round(resident_mb(), 1),
            disk_mb=round(bytes_under(folder / "generations" / current.name) / 2**20, 1),
            recall=recall(archive, current, vectors),
        )


def _questions(archive: SyntheticArchive) -> tuple[NDArray[np.float32], list[list[str]]]:
    """Vectors near to stored ones, and as many sets of words."""
    draws = np.random.default_rng(0)
    rows = draws.integers(len(archive.base), size=QUESTIONS)
    texts = archive.drawn(draws, QUESTIONS, QUESTION_WORDS)
    return noisy(archive.base[rows], 1_000_003), [analyze(text) for text in texts]


def recall(archive: SyntheticArchive, current: Generation, questions: NDArray[np.float32]) -> float:
    """The share of the ten nearest rows of each question that the index finds."""
    ids = archive.passage_table().passage
    best = np.full((len(questions), NEAREST), -np.inf, np.float32)
    for start in range(0, len(ids), BLOCK):
        cosines = questions @ archive.vectors(ids[start : start + BLOCK]).T
        best = np.partition(np.hstack([best, cosines]), -NEAREST)[:, -NEAREST:]
    found = 0
    for question, least in zip(questions, best.min(axis=1), strict=True):
        rows, _ = current.vectors.search(question, NEAREST)
        found += int(np.sum(archive.vectors(ids[rows]) @ question >= least - 1e-6))
    return round(found / (NEAREST * len(questions)), 4)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    request = StoresRequest(**json.loads(sys.argv[1]))
    words = Path(request.words).read_text("utf-8").split()
    archive = SyntheticArchive(np.load(request.vectors), words, request.passages)
    protocol.answer(**asdict(stores(archive)))


if __name__ == "__main__":
    main()
