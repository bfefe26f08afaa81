"""How near statements are to a topic in meaning, by vectors. Decides nothing.

The passages of the archive have vectors already, so a cosine with them costs next to nothing; a
text gets its vector at the time of the question, which costs milliseconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.neural.embedder import Embedder
from index.statements import Statement
from index.stores.search.passage_table import PassageTable
from index.stores.vectors.store import Vectors, VectorSearch

FARTHEST = -1.0
"""The cosine of what has no vector yet."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Of the passages of a generation, and of texts."""

    table: PassageTable
    vectors: VectorSearch
    embedder: Callable[[], Embedder]

    def of(self, words: str) -> Vectors:
        """(d,): the unit vector of a topic."""
        vector: Vectors = self.embedder().embed_questions([words])[0]
        return vector

    def of_texts(self, topic: Vectors, texts: Sequence[str]) -> Vectors:
        """(n,): the cosine of each text with the topic."""
        return np.asarray(self.embedder().embed_passages(texts) @ topic, np.float32)

    def of_passages(self, topic: Vectors, statements: Sequence[Statement]) -> Vectors:
        """(n,): the cosine of the passage in which each statement begins; of two, the nearer's."""
        articles = [self.table.article_row(each.article_id) for each in statements]
        wanted = [row for row in set(articles) if row is not None]
        rows = np.flatnonzero(np.isin(self.table.article, wanted)).astype(np.int64)
        cosines = np.nan_to_num(self.vectors.scores(topic, rows), nan=FARTHEST)
        begins = [each.content[0].start for each in statements]
        found = (
            cosines[self._holds(rows, row, start)].max(initial=FARTHEST)
            for row, start in zip(articles, begins, strict=True)
        )
        return np.fromiter(found, np.float32, len(statements))

    def nearest_articles(self, topic: Vectors, passages: int, least: float) -> tuple[str, ...]:
        """Those of so many passages with at least this cosine, nearest first."""
        rows, cosines = self.vectors.search(topic, passages)
        near = self.table.article[rows[cosines >= least]].tolist()
        return tuple(self.table.article_ids[row] for row in dict.fromkeys(near))

    def _holds(self, rows: NDArray[np.int64], article: int | None, at: int) -> NDArray[np.bool_]:
        table = self.table
        if article is None:
            return np.zeros(len(rows), np.bool_)
        inside = (table.start[rows] <= at) & (at < table.end[rows])
        return np.asarray(inside & (table.article[rows] == article), np.bool_)
