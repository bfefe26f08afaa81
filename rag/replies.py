"""What comes back from a question: an answer with citations, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from index.documents import Passage
from index.statements import Speaker
from rag.citations import Citation

AnswerKind = Literal["sentence", "sentences", "statement", "statements"]
Agreement = Literal["alone", "agree", "differ"]
"""Of the articles that answer: one alone does, others say the same, or others say otherwise."""
HowRead = Literal["full", "partial", "none"]
"""How much of what was to be read was: there may have been no time, or no reader."""


class RefusalReason(StrEnum):
    """Why there is no answer; the value is part of the HTTP contract."""

    NO_EVIDENCE = "no_evidence"
    NO_SUCH_NAME = "no_such_name"
    OUTSIDE_FILTERS = "outside_filters"
    LOW_CONFIDENCE = "low_confidence"
    OUTSIDE_DATES = "outside_dates"
    """Nothing published in the dates that the question names answers; the nearest is of others."""
    NOT_A_QUESTION = "not_a_question"
    NO_SUCH_SPEAKER = "no_such_speaker"
    """Nobody of that name is quoted; who is, by nearly that name, the message says."""
    NOT_ABOUT_TOPIC = "not_about_topic"
    """That speaker is quoted, but never on this."""
    SAID_BY_OTHER = "said_by_other"
    """Somebody else said this, whom the message names."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Verbatim sentences. `confidence` is an estimated probability that they answer.

    Statements are cited speaker by speaker, as `Reply.speakers` has them; those of one speaker by
    relevance to the subject, then newest first. `text` is the first one's quote.
    """

    text: str
    kind: AnswerKind
    confidence: float
    citations: tuple[Citation, ...]
    agreement: Agreement = "alone"
    agreeing: tuple[Citation, ...] = ()
    """From other stories, with the same short answer."""
    differing: tuple[Citation, ...] = ()
    """From other stories, with another short answer that is as sure: both are on the record."""

    @property
    def short(self) -> str | None:
        """The short answer, verbatim; None where the sentences are the answer."""
        first = self.citations[0]
        return first.reads(first.short) if first.short else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not on the record: why, in words, and the nearest passages there are."""

    reason: RefusalReason
    message: str
    nearest: tuple[Citation, ...] = ()
    names: tuple[Speaker, ...] = ()
    """The nearest names that are quoted, best first, where no such speaker is: to ask again."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which generation answered."""

    generation: str
    built_at: datetime
    newest_article: datetime | None
    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class InterpretedDates:
    """What the question was taken to say of dates; both days are in it, None where it is open."""

    words: str
    first: date | None
    last: date | None
    derived: bool
    """Whether the days were worked out from the instant of asking."""
    narrowed: bool
    """Whether only what was published then, or in the few days after, was searched."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores: `score` in [0, 1] is comparable within one question only."""

    passage: Passage
    score: float
    lexical: float
    """BM25, 0 where it is not among the best by terms."""
    dense: float
    """Cosine of question and passage."""
    parts: Mapping[str, float]
    """What `score` is the sum of, by name."""

    def blended(self, added: Mapping[str, tuple[float, float]]) -> "Hit":
        """With a share of the score for each value in [0, 1], and all else for the rest of it."""
        left = 1 - sum(share for share, _ in added.values())
        parts = {name: left * worth for name, worth in self.parts.items()}
        parts |= {name: share * value for name, (share, value) in added.items()}
        score = left * self.score + sum(share * value for share, value in added.values())
        return replace(self, score=score, parts=parts)


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole outcome of one question."""

    question: str
    outcome: Answer | Refusal
    alternatives: tuple[Citation, ...]
    """Evidence from other articles, best first; empty when refused."""
    index: IndexState
    timings_ms: Mapping[str, float]
    speakers: tuple[Speaker, ...] = ()
    """Whose words were asked for, of those the archive quotes; two who share a surname are both
    here, and are never merged."""
    total: int | None = None
    """How many statements there are in all, copies counted once; None where none were asked for.
    At most `answer.citations` of them are shown."""
    period: InterpretedDates | None = None
    """Of the question's own words; None where they name no dates."""
    hits: tuple[Hit, ...] = ()
    """What was retrieved, best first; empty where statements answered."""
    reading: HowRead | None = None
    """None where statements answered, or there was nothing to read."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One passage of a search, best first."""

    citation: Citation
    hit: Hit


@dataclass(frozen=True, slots=True)
class SearchReply:
    """Passages for a question, nothing decided."""

    question: str
    hits: tuple[SearchHit, ...]
    index: IndexState
    timings_ms: Mapping[str, float]
    period: InterpretedDates | None = None
    note: str | None = None
    """Why there is nothing, where the filters let no article through."""


@dataclass(frozen=True, slots=True)
class StatementsReply:
    """Statements for a listing, nothing decided: by relevance to the subject, else newest first."""

    speakers: tuple[Speaker, ...]
    """Whom the name asked for may mean; empty without a name, or with one that nobody bears."""
    total: int
    """Of all pages, each wire copy counted, because a listing shows what there is."""
    citations: tuple[Citation, ...]
    """Each with its statement; copies are not collapsed."""
    index: IndexState
    timings_ms: Mapping[str, float]
    nearest: tuple[Speaker, ...] = ()
    """Names that are nearly the one asked for, where nobody of that name is quoted."""
    note: str | None = None
    """Why there is nothing, where the filters let no article through."""
