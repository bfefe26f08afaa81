"""The plain script: sentence-transformers, exact vectors by faiss, BM25, reciprocal rank fusion."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import faiss
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix
from sentence_transformers import SentenceTransformer

from eval.bench.programs import protocol
from eval.bench.programs.protocol import Indexed, Work

K1, B = 1.5, 0.75
POOL = 50
RANK = 60
"""The constant of reciprocal rank fusion (Cormack et al. 2009)."""


class Terms:
    """BM25 with every score computed when the index is made (Lu 2024, arXiv:2407.03618)."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_words(text)) for text in texts]
        columns: dict[str, int] = {}
        rows, places, frequencies = [], [], []
        for row, count in enumerate(counts):
            for word, n in count.items():
                rows.append(row)
                places.append(columns.setdefault(word, len(columns)))
                frequencies.append(n)
        tf, place = np.array(frequencies, np.float32), np.array(places)
        lengths = np.array([count.total() for count in counts], np.float32)
        having = np.bincount(place)[place]
        idf = np.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        norm = K1 * (1 - B + B * lengths[rows] / lengths.mean())
        scores = idf * tf * (K1 + 1) / (tf + norm)
        shape = (len(texts), len(columns))
        self._columns = columns
        self._scores = csc_matrix((scores, (rows, place)), shape=shape, dtype=np.float32)

    def best(self, question: str) -> NDArray[np.int64]:
        """Rows, best first."""
        known = [self._columns[word] for word in _words(question) if word in self._columns]
        scores = np.asarray(self._scores[:, known].sum(axis=1)).ravel()
        return np.argsort(-scores, kind="stable")[:POOL]


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?\"'“”‘’()") for word in text.lower().split()]


def fused(rankings: Iterable[Iterable[int]]) -> list[int]:
    """Rows by the sum of `1 / (RANK + rank)`, best first."""
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, row in enumerate(ranking):
            scores[row] += 1 / (RANK + rank)
    return sorted(scores, key=lambda row: -scores[row])


def main() -> None:
    work = Work.read(protocol.folder())
    model = SentenceTransformer(work.request.model, device="cpu")
    model.encode(["ready"])

    def index(work: Work) -> Indexed:
        passages = work.passages()
        texts = [text for _, text in passages]
        vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        nearest = faiss.IndexFlatIP(vectors.shape[1])
        nearest.add(vectors)
        terms = Terms(texts)

        def search(question: str) -> list[str]:
            vector = model.encode([question], normalize_embeddings=True, show_progress_bar=False)
            _, rows = nearest.search(vector, min(POOL, len(texts)))
            best = fused([rows[0].tolist(), terms.best(question).tolist()])
            return [passages[row][0] for row in best[: work.request.limit]]

        return len(texts), search

    protocol.measure(work, index, ["sentence-transformers", "faiss-cpu", "scipy", "torch"])


if __name__ == "__main__":
    main()
