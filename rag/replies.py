"""What comes back from a question: an answer with citations, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from index.documents import Article, Span
from index.errors import CitationError
from index.statements import Speaker, Statement
from rag.merged_hit import Hit

CONTEXT = 32
"""Code points of prefix and suffix in a citation, as W3C TextQuoteSelector suggests."""
TOLD = ("note", "correction")
"""Metadata that no reader of a quote should miss."""


@dataclass(frozen=True, slots=True)
class ResolvedDays:
    """The days meant by words that tell them by the day of publication: "on Tuesday"."""

    words: str
    """As the article has them."""
    first: date
    last: date
    """The same day, or the last of a week, a month, a year."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and its place; making one fails unless the article reads so at that range."""

    article: Article
    start: int
    end: int
    quote: str
    statement: Statement | None = None
    """Whose words the quote holds, where that is known; its spans are of this article."""
    copies: tuple[Article, ...] = ()
    """Other articles that carry these very words: shown once, counted once."""
    versions: tuple[Article, ...] = ()
    """Other articles of the story without these words: an update may have corrected them."""
    short: Span | None = None
    """Where in the quote the short answer stands, if it has one."""
    resolved: ResolvedDays | None = None
    """What day the short answer means, where it had to be worked out."""

    def __post_init__(self) -> None:
        if not self.quote or self.article.text[self.start : self.end] != self.quote:
            raise CitationError(
                f"article {self.article.id!r} does not read {self.quote!r} "
                f"at {self.start}:{self.end}"
            )
        if self.short and not self.start <= self.short.start < self.short.end <= self.end:
            raise CitationError(
                f"the short answer at {self.short.start}:{self.short.end} is not in the quote "
                f"at {self.start}:{self.end} of article {self.article.id!r}"
            )
        if self.statement and not _is_of(self.statement, self.article):
            raise CitationError(
                f"statement {self.statement.id} is of article {self.statement.article_id!r} "
                f"in another revision than the {self.article.id!r} cited"
            )

    def reads(self, span: Span) -> str:
        """What the article reads there: the content, the cue or the source of the statement."""
        return span.of(self.article.text)

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


def _is_of(statement: Statement, article: Article) -> bool:
    return statement.article_id == article.id and statement.revision == article.revision


def _is_told(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())


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
