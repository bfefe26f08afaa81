"""What comes back from a question: an answer with citations, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from index.documents import Article
from index.errors import CitationError

CONTEXT = 32
"""Code points of prefix and suffix in a citation, as W3C TextQuoteSelector suggests."""
TOLD = ("note", "correction")
"""Metadata that no reader of a quote should miss."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and its place; making one fails unless the article reads so at that range."""

    article: Article
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not self.quote or self.article.text[self.start : self.end] != self.quote:
            raise CitationError(
                f"article {self.article.id!r} does not read {self.quote!r} "
                f"at {self.start}:{self.end}"
            )

    @property
    def prefix(self) -> str:
        return self.article.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def suffix(self) -> str:
        return self.article.text[self.end : self.end + CONTEXT]

    @property
    def paragraph(self) -> tuple[int, int]:
        """The range of the lines around the quote, for showing it in place."""
        text = self.article.text
        end = text.find("\n", self.end)
        return text.rfind("\n", 0, self.start) + 1, len(text) if end < 0 else end

    @property
    def notes(self) -> tuple[str, ...]:
        """What the source says of the article itself, such as `Correction: ...`."""
        known = ((name, self.article.metadata.get(name)) for name in TOLD)
        return tuple(f"{name.capitalize()}: {said}" for name, said in known if _is_told(said))


def _is_told(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())


class RefusalReason(StrEnum):
    """Why there is no answer; the value is part of the HTTP contract."""

    NO_EVIDENCE = "no_evidence"
    NO_SUCH_NAME = "no_such_name"
    OUTSIDE_FILTERS = "outside_filters"
    LOW_CONFIDENCE = "low_confidence"
    NOT_A_QUESTION = "not_a_question"


@dataclass(frozen=True, slots=True)
class Answer:
    """Verbatim sentences. `confidence` is an estimated probability that they answer."""

    text: str
    kind: Literal["sentence", "sentences"]
    confidence: float
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not on the record: why, in words, and the nearest passages there are."""

    reason: RefusalReason
    message: str
    nearest: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which generation answered."""

    generation: str
    built_at: datetime
    newest_article: datetime | None
    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole outcome of one question."""

    question: str
    outcome: Answer | Refusal
    alternatives: tuple[Citation, ...]
    """Evidence from other articles, best first; empty when refused."""
    index: IndexState
    timings_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One passage of a search, best first; `score` is the fused score in [0, 1]."""

    citation: Citation
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class SearchReply:
    """Passages for a question, nothing decided."""

    question: str
    hits: tuple[Found, ...]
    index: IndexState
    timings_ms: Mapping[str, float]
