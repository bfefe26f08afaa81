"""Stand-ins checkable by eye. Nothing here patches our own code: they are handed in."""

import re
import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Span
from index.language.word_classes import FUNCTION_WORDS
from index.neural.embedder import EmbedderIdentity
from index.statements import Act, Origin, Polarity, Resolution, SourceType, Statement, StatementKind
from rag.reading.reader import Text
from rag.reading.spans import SpanPrediction

DIMENSIONS = 64
FAINT = 0.1
_SAID = re.compile(r'((?:[A-Z]\w+ ?)+) said: "([^"]+)"')


class FakeEmbedder:
    """One axis per hashed word: a shared word is a shared axis, nothing else is alike.

    Words without a meaning of their own count little, as they do for a real one.
    """

    def __init__(self, name: str = "fake", fingerprint: str = "f0", max_pieces: int = 256) -> None:
        self.identity = EmbedderIdentity(name, fingerprint, DIMENSIONS, max_pieces)
        self.engine = "fake"
        self.embedded: list[str] = []
        """Every passage text encoded so far."""

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(_words(text)) + 2 for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return self.embed_questions(texts)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            for word in _words(text) or [""]:
                weight = FAINT if word in FUNCTION_WORDS else 1.0
                rows[row, zlib.crc32(word.encode()) % DIMENSIONS] += weight
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / lengths, np.float32)


class ConceptEmbedder(FakeEmbedder):
    """One axis per concept, of which any word may stand; words of no concept share the last one."""

    def __init__(self, *concepts: str) -> None:
        super().__init__("concepts")
        self._axis = {word: at for at, line in enumerate(concepts) for word in line.split()}

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            rows[row, DIMENSIONS - 1] = 0.1
            for word in _words(text):
                if word in self._axis:
                    rows[row, self._axis[word]] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / lengths, np.float32)


class FakeAttributor:
    """`Ann Lee said: "..."` is Ann Lee's; one word, as in `Experts said: "..."`, is a group's."""

    def __init__(self, identity: str = "fake") -> None:
        self.identity = identity
        self.attributed: list[str] = []
        """The id of every article attributed so far."""

    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        self.attributed += [article.id for article in articles]
        return [
            [said(article, match) for match in _SAID.finditer(article.text)] for article in articles
        ]


def said(article: Article, match: re.Match[str]) -> Statement:
    source = Span(*match.span(1))
    person = " " in match[1]
    return Statement(
        article_id=article.id,
        revision=article.revision,
        kind=StatementKind.DIRECT,
        act=Act.SAY,
        polarity=Polarity.POSITIVE,
        cue=Span(source.end + 1, source.end + 5),
        lemma="say",
        content=(Span(*match.span(2)),),
        source=source,
        source_type=SourceType.PERSON if person else SourceType.GROUP,
        speaker=match[1],
        resolution=Resolution.FULL_NAME if person else Resolution.ITSELF,
        resolution_path=(source,),
        candidates=(),
        role=None,
        confidence=0.9,
        origin=Origin.PATTERN,
    )


class FakeReader:
    """A sentence with one of `answers` holds it, at the odds given; all others hold none."""

    def __init__(self, answers: Mapping[str, float], unread: int = 0) -> None:
        self.answers = answers
        self.unread = unread
        """How many of the last texts are left unread."""
        self.asked: list[str] = []

    def read(
        self, question: str, texts: Sequence[Text], *, deadline: float | None = None
    ) -> list[tuple[SpanPrediction, ...] | None]:
        self.asked.append(question)
        read = [tuple(self._reading(text, each) for each in text.sentences) for text in texts]
        return [*read[: len(read) - self.unread], *[None] * min(self.unread, len(read))]

    def _reading(self, text: Text, sentence: Span) -> SpanPrediction:
        for answer, odds in self.answers.items():
            at = text.text.find(answer, sentence.start, sentence.end)
            if at >= 0:
                return SpanPrediction(Span(at, at + len(answer)), odds)
        return SpanPrediction(sentence, -10.0)


def no_reader(_: str) -> None:
    """For what is answered by words alone."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
