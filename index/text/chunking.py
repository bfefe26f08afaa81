"""An article -> passages that fit the encoder, and the text each is encoded from."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import Article, Boilerplate, Span
from index.neural.embedder import Embedder
from index.settings import IndexSettings
from index.text.boilerplate import find_boilerplate
from index.text.passages import split
from index.text.token_counts import encoding

TITLE_CHARACTERS = 160
"""How much of a title the encoder reads, so that most of its window is left for the passage."""


@dataclass(frozen=True, slots=True)
class Chunks:
    """The passages of one article, and the boilerplate between them."""

    boilerplate: tuple[Boilerplate, ...]
    spans: Sequence[Span]
    keys: Sequence[bytes]
    """The embedding key of each span."""


class Chunker:
    """Cuts articles into passages that fit both the token budget and the encoder's window."""

    def __init__(self, settings: IndexSettings, embedder: Embedder) -> None:
        self._settings = settings
        self._embedder = embedder
        self._encoding = encoding(settings.encoding)

    def chunk(self, article: Article) -> Chunks:
        boilerplate = find_boilerplate(article.text, article.title)
        room = self._room(article)
        spans = split(
            article.text,
            boilerplate,
            size=lambda text: self._size(text, room),
            budget=self._settings.passage_tokens,
            overlap=self._settings.overlap_tokens,
        )
        fingerprint = self._embedder.identity.fingerprint
        inputs = (encoder_input(article, span.of(article.text)) for span in spans)
        return Chunks(boilerplate, spans, [embedding_key(fingerprint, text) for text in inputs])

    def _room(self, article: Article) -> int:
        """Word-pieces left for the passage after title and date."""
        [taken] = self._embedder.count([encoder_input(article, "")])
        return max(1, self._embedder.identity.max_pieces - taken)

    def _size(self, text: str, room: int) -> int:
        """Tokens, or word-pieces on the same scale if those would overflow first."""
        tokens = len(self._encoding.encode_ordinary(text))
        [pieces] = self._embedder.count([text])
        return max(tokens, -(-pieces * self._settings.passage_tokens // room))


def encoder_input(article: Article, passage: str) -> str:
    """What the encoder reads: title and date as context, then the passage itself."""
    day = f" ({article.published_at:%-d %B %Y})" if article.published_at else ""
    return f"{article.title[:TITLE_CHARACTERS]}{day}\n{passage}"


def embedding_key(fingerprint: str, text: str) -> bytes:
    """The name of a vector: same weights and same input, same vector."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()
