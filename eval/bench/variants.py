"""More articles than there are: stored articles with words swapped, their vectors and statements.

A word gives way to another of the same length, so every offset of the stored article holds in its
variant: statements are taken over, vectors too with noise, and nothing is tagged or encoded.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.documents import Article
from index.neural.embedder import Embedder
from index.statements import Statement
from index.text.chunking import encoder_input

SWAPPED = 0.5
"""Share of lower-case words that give way; every name does, each alike in the whole article."""
KEPT, KEPT_SHARE = 200, 0.05
"""The most frequent words stay, of few words at most this share: they hold sentences together."""
NOISE = 0.5
"""Length of the noise on a unit vector: the cosine of a variant's vector to its origin is .89."""
_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True, slots=True)
class Stock:
    """What is stored: articles, and of each the vectors of its passages and its statements."""

    articles: Sequence[Article]
    vectors: Mapping[str, NDArray[np.float32]]
    """By article id: (n, d), at least one row."""
    statements: Mapping[str, Sequence[Statement]]


class Variants:
    """Articles numbered from 0: first the stored ones, then variants of them, as many as asked."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        counts = Counter(word for each in articles for word in _WORD.findall(each.text))
        most = counts.most_common(min(KEPT, round(KEPT_SHARE * len(counts))))
        self._kept = frozenset(word for word, _ in most if word.islower())
        self._words = _by_shape(word for word in counts if word not in self._kept)

    def between(self, first: int, last: int) -> Iterator[Article]:
        """The articles from number `first` to the one before `last`."""
        return (self._article(number) for number in range(first, last))

    def _article(self, number: int) -> Article:
        origin = self._articles[number % len(self._articles)]
        if number < len(self._articles):
            return origin
        swap = _Swap(self._words, self._kept, np.random.default_rng(number))
        return replace(
            origin,
            id=variant_id(origin.id, number),
            title=_WORD.sub(swap, origin.title),
            text=_WORD.sub(swap, origin.text),
        )


class _Swap:
    """The replacement of each word of one article."""

    def __init__(
        self, words: Mapping[str, Sequence[str]], kept: frozenset[str], draws: np.random.Generator
    ) -> None:
        self._words = words
        self._kept = kept
        self._draws = draws
        self._names: dict[str, str] = {}

    def __call__(self, match: re.Match[str]) -> str:
        word = match[0]
        if word in self._kept or (word.islower() and self._draws.random() >= SWAPPED):
            return word
        if word.islower():
            return self._drawn(word)
        return self._names.setdefault(word, self._drawn(word))

    def _drawn(self, word: str) -> str:
        choices = self._words.get(_shape(word), (word,))
        place = int(self._draws.integers(len(choices)))
        return choices[place] if choices[place] != word else choices[place - 1]


class NoisyEmbedder:
    """Encodes passages of variants as a stored vector with noise, anything else as `real` does."""

    def __init__(self, real: Embedder, stock: Stock) -> None:
        self._real = real
        self._stock = stock
        self._origins: dict[str, str] = {}
        self.identity = real.identity
        self.count, self.embed_questions = real.count, real.embed_questions

    @property
    def engine(self) -> str:
        return self._real.engine

    def expect(self, article: Article) -> Article:
        """The article, whose passages are from now on taken from its origin's vectors."""
        self._origins[encoder_input(article, "")] = origin_id(article.id)
        return article

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.concatenate([self._vectors(text) for text in texts])

    def _vectors(self, text: str) -> NDArray[np.float32]:
        """Of one text, (1, d)."""
        first, _, _ = text.partition("\n")
        origin = self._origins.get(f"{first}\n")
        if origin is None:
            return self._real.embed_passages([text])
        seed = crc32(text.encode())
        rows = self._stock.vectors[origin]
        return noisy(rows[[seed % len(rows)]], seed)


class StoredAttributor:
    """Gives a variant the statements of its origin, with the names that stand at their places."""

    def __init__(self, identity: str, stock: Stock) -> None:
        self._stock = stock
        self.identity = identity

    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        return [
            [_moved(each, article) for each in self._stock.statements[origin_id(article.id)]]
            for article in articles
        ]


def noisy(vectors: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Unit rows (n, d) near to those given."""
    draws = np.random.default_rng(seed)
    dimensions = vectors.shape[1]
    noise = draws.standard_normal(vectors.shape, np.float32) * np.float32(NOISE / dimensions**0.5)
    moved = vectors + noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


def variant_id(origin: str, number: int) -> str:
    return f"{origin}~{number}"


def origin_id(article_id: str) -> str:
    """Of a variant; a stored article is its own origin."""
    return article_id.rpartition("~")[0] or article_id


def _moved(statement: Statement, article: Article) -> Statement:
    path = statement.resolution_path
    return replace(
        statement,
        article_id=article.id,
        revision=article.revision,
        speaker=path[-1].of(article.text) if path else statement.speaker,
    )


def _by_shape(words: Iterator[str]) -> dict[str, list[str]]:
    """Words by length and capitals, in an order that does not change."""
    found = defaultdict(list)
    for word in sorted(words):
        found[_shape(word)].append(word)
    return found


def _shape(word: str) -> str:
    return re.sub(r"[a-z]", "x", re.sub(r"[A-Z]", "X", word))
